#include "call/fifo_line.h"

namespace call {

using base::Archive;

void describe(Archive& archive, InFifo& running) {
  archive.field("line", running.line);
  archive.field("priority", running.priority);
  archive.field("since", running.since);
  archive.field("music", running.music);
  archive.field("announcement", running.announcement);
  archive.field("chimes", running.chimes);
  archive.field("next_chime", running.next_chime);
  archive.field("chime_every", running.chime_every);
  archive.field("chime_at", running.chime_at);
  archive.field("orbit_at", running.orbit_at);
  archive.field("orbit_extension", running.orbit_extension);
  archive.field("sound", running.sound);
  archive.field("consumer", running.consumer);
}

void describe(Archive& archive, ServesFifo& running) {
  archive.field("lines", running.lines);
  archive.field("stays", running.stays);
  archive.field("phase", running.phase);
  archive.field("since", running.since);
  archive.field("music", running.music);
  archive.field("announcement", running.announcement);
  archive.field("sound", running.sound);
  archive.field("caller", running.caller);
}

void describe(Archive& archive, FifoLine& line) {
  archive.field("importance", line.importance);
}

}  // namespace call
