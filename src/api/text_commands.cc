#include "api/text_commands.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <optional>

#include "api/arithmetic.h"
#include "api/time_text.h"
#include "base/text.h"
#include "dialplan/expand.h"

namespace api {
namespace {

// What ${…} means without a dialplan: the leg's variables if there is one, then the globals.
class EvalLookup final : public dialplan::Lookup {
 public:
  // Lifetime: both outlive the lookup. `uuid` may be empty.
  EvalLookup(Targets& targets, std::string_view uuid) : targets_(targets), uuid_(uuid) {}

  std::optional<std::string> variable(std::string_view name) override {
    if (!uuid_.empty()) {
      if (auto value = targets_.calls.variable(uuid_, name)) return value;
    }
    const auto& globals = targets_.around.globals();
    const auto global = globals.find(std::string(name));
    if (global == globals.end()) return std::nullopt;
    return global->second;
  }

  std::string function(std::string_view name, std::string_view arguments) override {
    std::string command(name);
    if (!arguments.empty()) command.append(" ").append(arguments);
    return targets_.around.run_api(command);
  }

 private:
  Targets& targets_;
  std::string_view uuid_;
};

constexpr std::string_view kTimeOutOfRange = "-ERR the time is out of range\n";

// [EPOCH|]FORMAT of strftime.
struct TimeWish {
  bool is_now = true;
  bool is_in_range = true;
  std::int64_t epoch = 0;
  std::string_view format;
};

TimeWish wish_of(std::string_view arguments, const Targets& targets) {
  const std::size_t bar = arguments.find('|');
  const auto epoch = base::parse_integer(arguments.substr(0, bar));
  if (bar == std::string_view::npos || !epoch) {
    return {.epoch = targets.unix_seconds(),
            .format = arguments.empty() ? "%Y-%m-%d %T" : arguments};
  }
  return {.is_now = false,
          .is_in_range = *epoch >= 0 && *epoch <= kEpochMax,
          .epoch = *epoch,
          .format = arguments.substr(bar + 1)};
}

}  // namespace

std::string echo(std::string_view arguments, Targets&) {
  return std::string(arguments);
}

std::string eval(std::string_view arguments, Targets& targets) {
  constexpr std::string_view kUuid = "uuid:";
  std::string_view uuid;
  if (arguments.substr(0, kUuid.size()) == kUuid) {
    const std::size_t space = arguments.find(' ');
    if (space == std::string_view::npos) return "-USAGE: [uuid:<uuid> ]<expression>\n";
    uuid = arguments.substr(kUuid.size(), space - kUuid.size());
    arguments = base::trim(arguments.substr(space));
  }
  if (arguments.empty()) return "-USAGE: [uuid:<uuid> ]<expression>\n";
  EvalLookup lookup(targets, uuid);
  return dialplan::expand(arguments, lookup);
}

std::string expr(std::string_view arguments, Targets&) {
  const auto result = calculate(arguments);
  return result ? *result : "-ERR " + result.error() + "\n";
}

std::string md5(std::string_view arguments, Targets&) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  // Fails where a system's policy forbids MD5; then there is no answer to give.
  if (EVP_Digest(arguments.data(), arguments.size(), digest.data(), &size, EVP_md5(), nullptr) !=
      1) {
    return "-ERR MD5 is not available\n";
  }
  std::string text;
  for (unsigned int i = 0; i < size; ++i) {
    text += kDigits[digest.at(i) >> 4];
    text += kDigits[digest.at(i) & 0xf];
  }
  return text;
}

std::string format_time(std::string_view arguments, Targets& targets) {
  const TimeWish wish = wish_of(arguments, targets);
  if (!wish.is_in_range) return std::string(kTimeOutOfRange);
  const auto time =
      wish.is_now ? targets.around.local_time() : targets.around.local_time_at(wish.epoch);
  return time_text(wish.format, time, wish.epoch);
}

std::string format_time_in_zone(std::string_view arguments, Targets& targets) {
  const std::size_t end = std::min(arguments.find(' '), arguments.size());
  const TimeWish wish = wish_of(base::trim(arguments.substr(end)), targets);
  if (!wish.is_in_range) return std::string(kTimeOutOfRange);
  const auto time = targets.around.local_time_in(arguments.substr(0, end), wish.epoch);
  return time ? time_text(wish.format, *time, wish.epoch) : "-ERR Invalid Timezone\n";
}

std::string url_encode(std::string_view arguments, Targets&) {
  return base::url_encode(arguments);
}

std::string url_decode(std::string_view arguments, Targets&) {
  return base::url_decode(arguments);
}

}  // namespace api
