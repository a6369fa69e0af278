// The event HEARTBEAT, by which programs that watch the server see that it is there and how busy it
// is: every 20 s, as in the original.
//
// Of its headers Idle-CPU is left out: it tells of the machine, not of the server.
#pragma once

#include "base/esl_event.h"
#include "base/time.h"
#include "core/core.h"

namespace app {

inline constexpr base::Duration kHeartbeatInterval{20'000};

class Heartbeat {
 public:
  explicit Heartbeat(base::Instant started) : started_(started), beaten_at_(started) {}

  bool is_due(base::Instant now) const { return now - beaten_at_ >= kHeartbeatInterval; }
  // Requires: it is due.
  base::EslEvent beat(const core::Floor& floor, base::Instant now);

 private:
  const base::Instant started_;
  base::Instant beaten_at_;
  std::uint64_t legs_at_last_beat_ = 0;
  std::uint64_t busiest_ = 0;  // Legs per second, between two beats.
  std::size_t most_legs_ = 0;
};

}  // namespace app
