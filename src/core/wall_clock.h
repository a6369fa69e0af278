// The wall clock as dialplans read it, from an instant and nothing else.
#pragma once

#include <cstdint>

#include "dialplan/local_time.h"

namespace core {

// Date and time of this Unix second where clocks are `utc_offset_seconds` ahead of UTC.
dialplan::LocalTime local_time_at(std::int64_t unix_seconds, int utc_offset_seconds);

}  // namespace core
