// What people see of the loop: for the live screen and metrics.
#pragma once

#include <cstdint>

#include "core/core.h"

namespace app {

// A value, copied under a lock.
struct LoopStatus {
  core::Floor floor;
  bool is_protected = true;
  std::uint64_t protection_lost = 0;  // How often, since the start.
  std::uint64_t violations = 0;       // That the self-check has reported since the start.
  std::uint64_t inputs = 0;           // Applied since the start.
  std::uint64_t inputs_refused = 0;   // Lost because the inbox was full.
  bool takes_new_calls = true;        // False while draining or paused.
};

}  // namespace app
