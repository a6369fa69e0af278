#include "config/local_streams.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <utility>

#include "base/text.h"
#include "config/parameters.h"

namespace config {
namespace {

constexpr Range kIntervalMs = {0, 24 * 60 * 60 * 1000};
constexpr Range kChimeSeconds = {0, 24 * 60 * 60};
// More chimes than anybody could tell apart; each is tried in its turn.
constexpr std::size_t kChimesMax = 100;
// Rates for which the original knows entries.
constexpr std::array<std::string_view, 8> kRates = {"8000",  "12000", "16000", "22050",
                                                    "24000", "32000", "44100", "48000"};

void read_rate(Parameters& parameters, const std::string& what, const std::string& name,
               Problems& problems) {
  const auto* const given = parameters.find("rate");
  if (given == nullptr) return;
  const bool known = std::find(kRates.begin(), kRates.end(), given->value) != kRates.end();
  if (!known) {
    problems.warning(given->place,
                     what + ": rate is \"" + given->value +
                         "\", expected a sample rate such as 8000; files are played whatever their "
                         "rate is");
    return;
  }
  const std::size_t slash = name.rfind('/');
  if (slash == name.npos || name.substr(slash + 1) == given->value) return;
  problems.warning(given->place, what + ": rate is " + given->value +
                                     ", which the name contradicts; the name is what counts");
}

void read_channels(Parameters& parameters, const std::string& what, Problems& problems) {
  int channels = 1;
  parameters.integer("channels", {1, 2}, channels);
  if (channels == 1) return;
  problems.note(parameters.find("channels")->place,
                what + ": channels is 2; calls have one, so both are mixed into it");
}

void read_chimes(Parameters& parameters, const std::string& what, call::LocalStream& stream,
                 Problems& problems) {
  if (const auto* const given = parameters.find("chime-list")) {
    for (const std::string& part : base::split(given->value, ',')) {
      const std::string_view chime = base::trim(part);
      if (!chime.empty()) stream.chimes.emplace_back(chime);
    }
    if (stream.chimes.size() > kChimesMax) {
      problems.warning(given->place, what + ": chime-list names more than " +
                                         std::to_string(kChimesMax) + "; the others are left out");
      stream.chimes.resize(kChimesMax);
    }
  }
  parameters.integer("chime-freq", kChimeSeconds, stream.chime_seconds);
  parameters.integer("chime-max", kChimeSeconds, stream.chime_seconds_max);
  const auto* const list = parameters.find("chime-list");
  if (list != nullptr && !stream.chimes.empty() && stream.chime_seconds == 0) {
    problems.warning(list->place, what + ": chime-list without chime-freq; no chime is heard");
  }
}

std::string folder_of(const std::string& path, const std::map<std::string, std::string>& globals) {
  if (path.empty() || path.front() == '/') return path;
  const auto sounds = globals.find("sounds_dir");
  if (sounds == globals.end()) return path;
  return (std::filesystem::path(sounds->second) / path).lexically_normal().string();
}

call::LocalStream read_stream(const Element& element, std::string name, const std::string& path,
                              const std::map<std::string, std::string>& globals,
                              Problems& problems) {
  const std::string what = "stream " + name;
  call::LocalStream stream;
  stream.name = std::move(name);
  stream.path = folder_of(path, globals);
  Parameters parameters(element, what, problems);
  read_rate(parameters, what, stream.name, problems);
  read_channels(parameters, what, problems);
  parameters.boolean("shuffle", stream.shuffle);
  parameters.integer("interval", kIntervalMs, stream.interval_ms);
  read_chimes(parameters, what, stream, problems);
  // There is one clock for all that is played.
  parameters.accept({"timer-name", "prebuf"});
  parameters.finish();
  return stream;
}

}  // namespace

std::vector<call::LocalStream> read_local_streams(const Element& configuration,
                                                  const std::map<std::string, std::string>& globals,
                                                  Problems& problems) {
  std::vector<call::LocalStream> streams;
  for (const Element& child : configuration.children) {
    const std::string* const name = child.attribute("name");
    const std::string* const path = child.attribute("path");
    if (child.name != "directory" || name == nullptr || name->empty() || path == nullptr ||
        path->empty()) {
      problems.error(child.place, "<" + child.name +
                                      "> in local_stream.conf, expected <directory name=\"…\" "
                                      "path=\"…\">");
      continue;
    }
    const bool is_there = std::any_of(streams.begin(), streams.end(),
                                      [&](const auto& other) { return other.name == *name; });
    if (is_there) {
      problems.warning(child.place, "stream " + *name + " stands twice; the first one is used");
      continue;
    }
    streams.push_back(read_stream(child, *name, *path, globals, problems));
  }
  return streams;
}

}  // namespace config
