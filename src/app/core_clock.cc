#include "app/core_clock.h"

#include <time.h>

#include <algorithm>
#include <chrono>
#include <fstream>

#include "base/text.h"

namespace app {
namespace {

constexpr const char* kBootId = "clock.boot_id";
constexpr const char* kOffset = "clock.offset_ms";
constexpr const char* kOrigin = "clock.origin_unix_ms";

}  // namespace

ClockReading read_clock() {
  static const std::string boot_id = [] {
    std::ifstream file("/proc/sys/kernel/random/boot_id");
    std::string id;
    std::getline(file, id);
    return id;
  }();
  timespec boot{};
  clock_gettime(CLOCK_BOOTTIME, &boot);
  const auto wall = std::chrono::system_clock::now().time_since_epoch();
  return {.boot_id = boot_id,
          .boot_ms = boot.tv_sec * 1000 + boot.tv_nsec / 1'000'000,
          .unix_ms = std::chrono::duration_cast<std::chrono::milliseconds>(wall).count()};
}

CoreClock CoreClock::found(const ClockReading& reading) {
  return {reading.boot_id, -reading.boot_ms, {.unix_ms_at_origin = reading.unix_ms}};
}

CoreClock CoreClock::resume(const ClockReading& reading,
                            const std::map<std::string, std::string>& values, base::Instant last) {
  const auto value = [&](const char* key) {
    const auto found = values.find(key);
    return found == values.end() ? std::string() : found->second;
  };
  const std::int64_t last_ms = base::to_ms(last);
  const base::WallAnchor anchor{
      base::parse_integer(value(kOrigin)).value_or(reading.unix_ms - last_ms)};
  const std::int64_t since_boot =
      value(kBootId) == reading.boot_id
          ? base::lenient_integer(value(kOffset))
          : reading.unix_ms - anchor.unix_ms_at_origin - reading.boot_ms;
  return {reading.boot_id, std::max(since_boot, last_ms - reading.boot_ms), anchor};
}

base::Instant CoreClock::at(std::int64_t boot_ms) const {
  return base::instant_ms(boot_ms + offset_ms_);
}

std::map<std::string, std::string> CoreClock::values() const {
  return {{kBootId, boot_id_},
          {kOffset, std::to_string(offset_ms_)},
          {kOrigin, std::to_string(anchor_.unix_ms_at_origin)}};
}

}  // namespace app
