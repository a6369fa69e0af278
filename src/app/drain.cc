#include "app/drain.h"

#include <fmt/format.h>

#include "base/log.h"

namespace app {
namespace {

const char* describe(Drain::Mode mode) {
  switch (mode) {
    case Drain::Mode::Open:
      return "new calls are taken again";
    case Drain::Mode::Paused:
      return "paused: no new calls are taken";
    case Drain::Mode::EndingInTime:
      return "the server ends as soon as there are no calls";
    case Drain::Mode::Draining:
      break;
  }
  return "draining: no new calls are taken, and the server ends after the last one";
}

}  // namespace

bool Drain::takes_new_calls() const {
  const Mode mode = mode_;
  return mode == Mode::Open || mode == Mode::EndingInTime;
}

bool Drain::ends_when_empty() const {
  const Mode mode = mode_;
  return mode == Mode::Draining || mode == Mode::EndingInTime;
}

bool Drain::is_over(const core::Floor& floor, std::size_t waiting_inputs, base::Instant now) {
  const Mode mode = mode_;
  const std::string rest = under_way(floor);
  const bool changed = mode != told_mode_;
  if (changed) base::log_info("{}; now {}", describe(mode), rest);
  const bool repeats = ends_when_empty() && rest != told_ && now - told_at_ >= kTellInterval;
  if (!changed && repeats) base::log_info("draining: {}", rest);
  if (changed || repeats) {
    told_mode_ = mode;
    told_ = rest;
    told_at_ = now;
  }
  const bool nobody_is_left =
      floor.waiting == 0 && floor.talking == 0 && floor.legs == floor.standing_by;
  if (!ends_when_empty() || !nobody_is_left || waiting_inputs > 0) return false;
  base::log_info("drained: the last call has ended");
  return true;
}

std::string under_way(const core::Floor& floor) {
  std::string text =
      fmt::format("{} waiting, {} talking, {} legs", floor.waiting, floor.talking, floor.legs);
  if (floor.standing_by > 0) text += fmt::format(" ({} standing by)", floor.standing_by);
  return text;
}

}  // namespace app
