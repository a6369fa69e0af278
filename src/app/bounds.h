// How much the server may write and keep: what an operator may set, with the defaults.
#pragma once

#include <cstdint>

#include "base/time.h"

namespace app {

// When a new snapshot is taken, after which the records before the last but one go: as soon as one
// of these is reached. Two such portions are what the journal holds.
struct JournalBounds {
  std::uint64_t records = 20'000;
  std::uint64_t bytes = std::uint64_t{64} << 20;
  base::Duration age{60'000};  // When anything happened meanwhile.
};

// What stays in a folder of files that nobody needs to go on.
struct KeepBounds {
  std::chrono::hours age{0};  // 0: as old as they like.
  std::uint64_t bytes = 0;    // 0: as much as they like.
};

struct Bounds {
  JournalBounds journal;
  // With less free on the disk the journal is not written any more (store/disk_space.h).
  std::uint64_t free_bytes_min = std::uint64_t{256} << 20;
  KeepBounds quarantine{.age = std::chrono::hours(24 * 90), .bytes = std::uint64_t{1} << 30};
  // What the journal has forgotten, for `ringmaster why` and `replay`; an age of 0 keeps none.
  KeepBounds history{.age = std::chrono::hours(24), .bytes = std::uint64_t{1} << 30};
  // What a call centre has recorded is its own to delete.
  KeepBounds recordings;
  // Call records as JSON lines; those of the database stay.
  KeepBounds records{.age = std::chrono::hours(24 * 90), .bytes = std::uint64_t{1} << 30};
};

}  // namespace app
