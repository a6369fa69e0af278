#include "app/drain_commands.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"

namespace app {
namespace {

using Words = std::vector<std::string>;
using Mode = Drain::Mode;

constexpr std::string_view kDrainUsage = "-USAGE: drain [status|cancel]\n";
constexpr std::string_view kPauseUsage = "-USAGE: fsctl pause|resume [inbound]\n";
constexpr std::string_view kShutdownUsage = "-USAGE: fsctl shutdown [elegant|asap|now|cancel]\n";
// More words than any of these commands has.
constexpr std::size_t kTextMax = 256;

// In lower case: the original takes them in any.
Words words_of(std::string_view command) {
  Words words;
  for (std::string& word : base::split(base::to_lower(command.substr(0, kTextMax)), ' ')) {
    if (!word.empty()) words.push_back(std::move(word));
  }
  return words;
}

std::string_view word(const Words& words, std::size_t at) {
  return at < words.size() ? std::string_view(words[at]) : std::string_view();
}

// `drain` may have any word behind it; of `fsctl` these are answered here.
constexpr std::array<std::string_view, 6> kNames = {"drain",          "fsctl pause",
                                                    "fsctl resume",   "fsctl pause_check",
                                                    "fsctl shutdown", "fsctl shutdown_check"};

std::string truth(bool is_true) {
  return is_true ? "true" : "false";
}

}  // namespace

bool DrainCommands::knows(std::string_view command) {
  const Words words = words_of(command);
  const std::string first(word(words, 0));
  const std::string name = first == "drain" ? first : first + " " + std::string(word(words, 1));
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

std::span<const std::string_view> DrainCommands::names() {
  return kNames;
}

std::string DrainCommands::run(std::string_view command) {
  const Words words = words_of(command);
  if (words[0] == "drain")
    return words.size() > 2 ? std::string(kDrainUsage) : drain(word(words, 1));
  const std::string_view what = word(words, 1);
  const std::string_view how = word(words, 2);
  if (what == "shutdown") return shut_down(how);
  if (what == "shutdown_check") return truth(server_.drain.ends_when_empty());
  if (what == "pause_check") return truth(!server_.drain.takes_new_calls());
  // To pause what goes out would be to offer no calls to agents: no queue server wants that.
  if (words.size() > 3 || (!how.empty() && how != "inbound")) return std::string(kPauseUsage);
  server_.drain.set(what == "pause" ? Mode::Paused : Mode::Open);
  return "+OK\n";
}

std::string DrainCommands::drain(std::string_view what) {
  if (what == "cancel") {
    server_.drain.set(Mode::Open);
  } else if (what.empty()) {
    server_.drain.set(Mode::Draining);
  } else if (what != "status") {
    return std::string(kDrainUsage);
  }
  return standing();
}

std::string DrainCommands::shut_down(std::string_view how) {
  if (how == "cancel") {
    server_.drain.set(Mode::Open);
  } else if (how == "elegant") {
    server_.drain.set(Mode::EndingInTime);
  } else if (how == "asap") {
    server_.drain.set(Mode::Draining);
  } else if (how == "now" || how.empty()) {
    server_.stop();
  } else {
    return std::string(kShutdownUsage);
  }
  return "+OK\n";
}

std::string DrainCommands::standing() const {
  const std::string rest = under_way(server_.floor());
  switch (server_.drain.mode()) {
    case Mode::Open:
      return "+OK taking new calls: " + rest + "\n";
    case Mode::Paused:
      return "+OK paused: " + rest + "\n";
    case Mode::EndingInTime:
      return "+OK ending when there are no calls: " + rest + "\n";
    case Mode::Draining:
      break;
  }
  return "+OK draining: " + rest + "\n";
}

}  // namespace app
