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

// What the host's clock shows to people: the file of its zone.
inline constexpr const char* kLocalTimeZone = "/etc/localtime";
// The rule of the host's own zone. `tz` is the environment's TZ (a rule, or the name of one of
// `zones`), nullptr when it is not set; then `file` says it. Empty: neither does.
std::string local_time_zone(const char* tz, const std::map<std::string, std::string>& zones,
                            const std::filesystem::path& file);

// Adds the zones of timezones.conf.xml.
void read_time_zones(const Element& configuration, std::map<std::string, std::string>& zones,
                     Problems& problems);

}  // namespace config
