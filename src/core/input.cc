#include "core/input.h"

namespace core {

void describe(base::Archive& archive, Founded& input) {
  archive.field("seed", input.seed);
  archive.field("unix_ms_at_origin", input.unix_ms_at_origin);
}

void describe(base::Archive& archive, Configured& input) {
  archive.field("configuration", input.configuration);
  archive.field("utc_offset_seconds", input.utc_offset_seconds);
  archive.field("occasion", input.occasion);
}

void describe(base::Archive&, Restarted&) {}

void describe(base::Archive&, DeadlineReached&) {}

void describe(base::Archive& archive, ApiRequested& input) {
  archive.field("ticket", input.ticket);
  archive.field("command", input.command);
  archive.field("job_uuid", input.job_uuid);
}

void describe(base::Archive& archive, MessageSent& input) {
  archive.field("ticket", input.ticket);
  archive.field("uuid", input.uuid);
  archive.field("headers", input.headers);
  archive.field("body", input.body);
}

void describe(base::Archive& archive, EventSent& input) {
  archive.field("event", input.event);
}

void describe(base::Archive& archive, ViolationSeen& input) {
  archive.field("violation", input.violation);
}

void describe(base::Archive& archive, RowsImported& input) {
  archive.field("rows", input.rows);
}

void describe(base::Archive& archive, RecordsKept& input) {
  archive.field("last", input.last);
}

}  // namespace core
