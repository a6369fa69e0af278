// Music that plays from a folder for all who listen at once: one <directory> of
// local_stream.conf.xml (spec/11 §2). Values only; media/ plays it.
#pragma once

#include <string>
#include <vector>

#include "base/archive.h"

namespace call {

struct LocalStream {
  std::string name;  // As in local_stream://NAME, with or without "/RATE".
  std::string path;  // The folder, absolute.
  bool shuffle = false;
  int interval_ms = 0;  // Silence between two files.
  // Sounds that break in, one after the other, every so many seconds; 0: none do.
  std::vector<std::string> chimes = {};
  int chime_seconds = 0;
  int chime_seconds_max = 0;  // A chime is cut after that; 0: it plays whole.

  bool operator==(const LocalStream&) const = default;
};

void describe(base::Archive& archive, LocalStream& stream);

}  // namespace call
