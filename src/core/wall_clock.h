// The wall clock as dialplans read it, from an instant and nothing else.
#pragma once

#include <cstdint>

#include "dialplan/local_time.h"
#include "dialplan/time_zone.h"

namespace core {

// Date and time of this Unix second where clocks are `utc_offset_seconds` ahead of UTC.
dialplan::LocalTime local_time_at(std::int64_t unix_seconds, int utc_offset_seconds);
// The same in a zone, which knows when its clocks change.
dialplan::LocalTime local_time_at(std::int64_t unix_seconds, const dialplan::TimeZone& zone);

}  // namespace core
