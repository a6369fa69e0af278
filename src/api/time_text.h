// A local time as text, by a format of C's strftime: for the command of that name and the columns
// `created` of lists. English names, whatever the machine's language.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/time.h"
#include "dialplan/local_time.h"

namespace api {

// The end of the year 9999.
inline constexpr std::int64_t kEpochMax = 253'402'300'799;

// Understood: %a %A %b %B %d %D %e %F %H %I %j %k %l %m %M %n %p %R %s %S %t %T %u %w %y %Y %%.
// Anything else stays as it is. `unix_seconds` is what %s shows.
std::string time_text(std::string_view format, const dialplan::LocalTime& time,
                      std::int64_t unix_seconds);

// "0 years, 0 days, 1 hour, 2 minutes, 3 seconds, 4 milliseconds, 0 microseconds"
std::string duration_text(base::Duration duration);

}  // namespace api
