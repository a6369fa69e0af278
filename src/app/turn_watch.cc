#include "app/turn_watch.h"

#include <algorithm>
#include <ctime>

#include "base/log.h"

namespace app {
namespace {

constexpr std::int64_t kLateMs = 100;
constexpr std::int64_t kTellIntervalMs = 1000;

std::int64_t read_ms(clockid_t clock) {
  timespec time{};
  clock_gettime(clock, &time);
  return std::int64_t{time.tv_sec} * 1000 + time.tv_nsec / 1'000'000;
}

}  // namespace

void TurnWatch::begin() {
  computed_ms_ = read_ms(CLOCK_THREAD_CPUTIME_ID);
  began_ms_ = read_ms(CLOCK_MONOTONIC);
}

void TurnWatch::end(std::size_t inputs) {
  const std::int64_t now = read_ms(CLOCK_MONOTONIC);
  const std::int64_t took = now - began_ms_;
  took_ms_ = took;
  began_ms_ = 0;
  if (took <= kLateMs || now - told_ms_ < kTellIntervalMs) return;
  told_ms_ = now;
  base::log_warning(
      "the core was late: {} inputs took {} ms; it computed for {} of them, and the machine held "
      "it up for the rest",
      inputs, took, read_ms(CLOCK_THREAD_CPUTIME_ID) - computed_ms_);
}

std::chrono::milliseconds TurnWatch::lag(bool is_waited_for) const {
  const std::int64_t began = began_ms_;
  const std::int64_t running = began == 0 ? 0 : read_ms(CLOCK_MONOTONIC) - began;
  return std::chrono::milliseconds(std::max(running, is_waited_for ? took_ms_.load() : 0));
}

}  // namespace app
