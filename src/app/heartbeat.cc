#include "app/heartbeat.h"

#include <algorithm>
#include <string>

#include "api/time_text.h"
#include "base/version.h"
#include "call/leg.h"

namespace app {

base::EslEvent Heartbeat::beat(const core::Floor& floor, base::Instant now) {
  const auto seconds = static_cast<std::uint64_t>((now - beaten_at_).count() / 1000);
  const std::uint64_t per_second = (floor.legs_since_start - legs_at_last_beat_) / seconds;
  busiest_ = std::max(busiest_, per_second);
  most_legs_ = std::max(most_legs_, floor.legs);
  legs_at_last_beat_ = floor.legs_since_start;
  beaten_at_ = now;

  base::EslEvent event;
  event.name = "HEARTBEAT";
  const auto add = [&event](const char* name, auto number) {
    event.add(name, std::to_string(number));
  };
  event.add("Event-Info", "System Ready");
  event.add("Up-Time", api::duration_text(now - started_));
  event.add("FreeSWITCH-Version", base::kVersion);
  add("Uptime-msec", (now - started_).count());
  add("Session-Count", floor.legs);
  add("Max-Sessions", call::kLegsMax);
  add("Session-Per-Sec-Last", per_second);
  add("Session-Per-Sec-Max", busiest_);
  add("Session-Since-Startup", floor.legs_since_start);
  add("Session-Peak-Max", most_legs_);
  add("Heartbeat-Interval", kHeartbeatInterval.count() / 1000);
  return event;
}

}  // namespace app
