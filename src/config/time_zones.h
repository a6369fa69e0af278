// The time zones that calls can name: those of the system, and those of timezones.conf.xml, which
// go before.
//
// Only their rules for today and later are taken (dialplan/time_zone.h).
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "config/element.h"
#include "config/problem.h"

namespace config {

// Where Debian's tzdata puts them.
inline constexpr const char* kSystemTimeZones = "/usr/share/zoneinfo";

// Names and POSIX rules. A folder that is not there has none; files that are no zones are skipped.
std::map<std::string, std::string> system_time_zones(const std::filesystem::path& folder);

// Adds the zones of timezones.conf.xml.
void read_time_zones(const Element& configuration, std::map<std::string, std::string>& zones,
                     Problems& problems);

}  // namespace config
