#include "call/local_stream.h"

namespace call {

void describe(base::Archive& archive, LocalStream& stream) {
  archive.field("name", stream.name);
  archive.field("path", stream.path);
  archive.field("shuffle", stream.shuffle);
  archive.field("interval_ms", stream.interval_ms);
  archive.field("chimes", stream.chimes);
  archive.field("chime_seconds", stream.chime_seconds);
  archive.field("chime_seconds_max", stream.chime_seconds_max);
}

}  // namespace call
