// Time as the core knows it: milliseconds since an arbitrary origin, given to it from outside.
//
// The core never reads a clock. An Instant is meaningless to people; WallAnchor turns it into Unix
// time at the edges. The anchor belongs to the saved state, so a step of the host's clock changes
// no delay, no order and no wait (spec/10, Times).
#pragma once

#include <chrono>
#include <cstdint>

namespace base {

using Duration = std::chrono::milliseconds;

// A clock without now(): only app and tests make Instants.
struct CoreClock {
  using rep = std::int64_t;
  using period = std::milli;
  using duration = Duration;
  using time_point = std::chrono::time_point<CoreClock>;
  static constexpr bool is_steady = true;
};

using Instant = std::chrono::time_point<CoreClock, Duration>;

constexpr Instant instant_ms(std::int64_t ms) {
  return Instant(Duration(ms));
}
constexpr std::int64_t to_ms(Instant at) {
  return at.time_since_epoch().count();
}

// Which Unix millisecond the origin of all Instants is.
struct WallAnchor {
  std::int64_t unix_ms_at_origin = 0;

  // Whole Unix seconds, rounded down: what lists, events and variables show.
  constexpr std::int64_t unix_seconds(Instant at) const {
    return (unix_ms_at_origin + to_ms(at)) / 1000;
  }
  // Unix microseconds: Event-Date-Timestamp.
  constexpr std::int64_t unix_us(Instant at) const {
    return (unix_ms_at_origin + to_ms(at)) * 1000;
  }
  // The first Instant of a Unix second: for times that operators set (ready_time).
  constexpr Instant instant_of(std::int64_t unix_seconds) const {
    return instant_ms(unix_seconds * 1000 - unix_ms_at_origin);
  }
};

}  // namespace base
