#include "config/time_zones.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <string_view>
#include <system_error>

#include "dialplan/time_zone.h"

namespace config {
namespace {

namespace fs = std::filesystem;

// tzdata has about 600 names; a folder with many times that is something else.
constexpr std::size_t kZonesMax = 5'000;
// Rules are shorter than a line.
constexpr std::streamoff kRuleBytesMax = 128;

// The last line of a TZif file of version 2 or later (RFC 8536 §3.3); empty: not such a file.
std::string rule_in(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::array<char, 5> head{};
  file.read(head.data(), head.size());
  if (!file || std::string_view(head.data(), 4) != "TZif" || head[4] < '2') return {};
  file.seekg(0, std::ios::end);
  file.seekg(-std::min<std::streamoff>(file.tellg(), kRuleBytesMax), std::ios::end);
  std::string tail(std::istreambuf_iterator<char>(file), {});
  if (tail.empty() || tail.back() != '\n') return {};
  tail.pop_back();
  const std::size_t begin = tail.rfind('\n');
  return begin == std::string::npos ? std::string() : tail.substr(begin + 1);
}

// The same zones once more, with and without leap seconds.
bool is_copy(const fs::path& folder) {
  return folder.filename() == "posix" || folder.filename() == "right";
}

void read_zone(const Element& element, std::map<std::string, std::string>& zones,
               Problems& problems) {
  const std::string* const name = element.attribute("name");
  const std::string* const rule = element.attribute("value");
  if (element.name != "zone" || name == nullptr || rule == nullptr) {
    problems.warning(element.place, "time zones: <" + element.name +
                                        "> is ignored; expected <zone name=… value=…>");
  } else if (!dialplan::TimeZone::parse(*rule)) {
    problems.warning(element.place, "time zones: the rule of " + *name + " is \"" + *rule +
                                        "\", expected e.g. CET-1CEST,M3.5.0,M10.5.0/3; the zone "
                                        "is ignored");
  } else {
    zones[*name] = *rule;
  }
}

}  // namespace

std::map<std::string, std::string> system_time_zones(const fs::path& folder) {
  std::map<std::string, std::string> zones;
  std::error_code error;
  fs::recursive_directory_iterator entry(folder, error);
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    std::error_code ignored;
    if (entry->is_directory(ignored)) {
      if (is_copy(entry->path())) entry.disable_recursion_pending();
      continue;
    }
    if (!entry->is_regular_file(ignored) || zones.size() >= kZonesMax) continue;
    const std::string rule = rule_in(entry->path());
    if (!dialplan::TimeZone::parse(rule)) continue;
    zones[entry->path().lexically_relative(folder).string()] = rule;
  }
  return zones;
}

std::string local_time_zone(const char* tz, const std::map<std::string, std::string>& zones,
                            const fs::path& file) {
  std::string name = tz == nullptr ? "" : tz;
  if (name.empty()) return rule_in(file);
  if (dialplan::TimeZone::parse(name)) return name;
  if (name.front() == ':') name.erase(0, 1);
  const auto named = zones.find(name);
  return named == zones.end() ? std::string() : named->second;
}

void read_time_zones(const Element& configuration, std::map<std::string, std::string>& zones,
                     Problems& problems) {
  for (const auto& list : configuration.children) {
    if (list.name != "timezones") {
      problems.warning(list.place, "time zones: unknown element <" + list.name +
                                       "> is ignored; expected <timezones>");
      continue;
    }
    for (const auto& zone : list.children) read_zone(zone, zones, problems);
  }
}

}  // namespace config
