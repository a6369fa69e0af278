#include "app/recovery.h"

#include <fmt/format.h>

#include "base/json_archive.h"

namespace app {
namespace {

base::Result<RecoveredCore> replay(const std::optional<store::Snapshot>& snapshot,
                                   const std::vector<store::JournalRecord>& tail) {
  RecoveredCore recovered;
  std::uint64_t reading = 0;
  try {
    if (snapshot) {
      reading = snapshot->number;
      base::JsonReader reader(snapshot->body);
      reader.item(recovered.core);
      recovered.is_new = false;
      recovered.last_number = snapshot->number;
      recovered.last_instant = base::instant_ms(snapshot->instant_ms);
    }
    core::Commands ignored;
    for (const auto& record : tail) {
      reading = record.number;
      recovered.core.handle(decode(record.body), base::instant_ms(record.instant_ms), ignored);
      ignored.clear();
      recovered.is_new = false;
      recovered.last_number = record.number;
      recovered.last_instant = base::instant_ms(record.instant_ms);
      ++recovered.inputs_replayed;
    }
  } catch (const base::ArchiveError& error) {
    return base::failure(
        fmt::format("the state at record {} cannot be read: {}", reading, error.what()));
  }
  return recovered;
}

}  // namespace

base::Result<RecoveredCore> recover(const store::Recovered& found) {
  auto newest = replay(found.snapshot, found.tail);
  if (newest || !found.older_snapshot) return newest;
  std::vector<store::JournalRecord> records = found.between;
  records.insert(records.end(), found.tail.begin(), found.tail.end());
  auto older = replay(found.older_snapshot, records);
  return older ? std::move(older) : std::move(newest);
}

std::string encode(const core::Input& input) {
  return base::to_json(input);
}

core::Input decode(std::string_view body) {
  return base::from_json<core::Input>(body);
}

std::string encode(const core::Core& core) {
  // Saving changes nothing; describe() serves both directions and so takes a mutable core.
  base::JsonWriter writer;
  writer.item(const_cast<core::Core&>(core));
  return writer.take();
}

}  // namespace app
