// Where Instants come from: the only place outside tests that reads a clock for the core.
//
// An Instant is milliseconds since the data directory was founded. It goes on over restarts: on the
// same boot of the machine by the boot clock, so that the time the server was down counts to the
// millisecond and a step of the wall clock changes nothing; on another boot by the wall clock, but
// never backwards.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "base/time.h"

namespace app {

// What the machine says now. A value, so that tests can invent machines.
struct ClockReading {
  std::string boot_id;       // Changes with every boot.
  std::int64_t boot_ms = 0;  // Since the boot, suspended time included.
  std::int64_t unix_ms = 0;  // Wall clock.
};
ClockReading read_clock();

class CoreClock {
 public:
  // A clock for a new data directory: its origin is now.
  static CoreClock found(const ClockReading& reading);
  // A clock that goes on. `values` are those of an earlier one; `last` is the last instant that
  // the journal knows.
  static CoreClock resume(const ClockReading& reading,
                          const std::map<std::string, std::string>& values, base::Instant last);

  base::Instant now() const { return at(read_clock().boot_ms); }
  // The instant of a reading of the boot clock; never before an earlier one.
  base::Instant at(std::int64_t boot_ms) const;

  // Which Unix millisecond the origin is: fixed when the directory was founded.
  base::WallAnchor anchor() const { return anchor_; }

  // To be kept beside the journal for resume().
  std::map<std::string, std::string> values() const;

 private:
  CoreClock(std::string boot_id, std::int64_t offset_ms, base::WallAnchor anchor)
      : boot_id_(std::move(boot_id)), offset_ms_(offset_ms), anchor_(anchor) {}

  std::string boot_id_;
  std::int64_t offset_ms_;  // Instant = boot clock + offset.
  base::WallAnchor anchor_;
};

}  // namespace app
