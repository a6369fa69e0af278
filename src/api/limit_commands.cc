#include "api/limit_commands.h"

#include <optional>
#include <vector>

#include "api/words.h"
#include "base/text.h"
#include "call/limit.h"

namespace api {
namespace {

constexpr std::string_view kNoBackend = "-ERR no such backend; there is hash\n";

std::string usage(std::string_view syntax) {
  return "-USAGE: " + std::string(syntax) + "\n";
}

call::LimitUsage usage_of(const std::vector<std::string>& words, const Targets& targets) {
  return targets.calls.limits().usage(call::limit_key(words[1], words[2]), targets.now);
}

}  // namespace

std::string limit_usage(std::string_view arguments, Targets& targets) {
  const auto words = split_words(arguments, 5);
  if (words.size() < 3) return usage("<backend> <realm> <id> [rate]");
  if (!call::is_limit_backend(words[0])) return std::string(kNoBackend);
  const call::LimitUsage used = usage_of(words, targets);
  const bool rate = words.size() > 3 && base::equal_ignoring_case(words[3], "rate");
  return std::to_string(rate ? used.taken : used.held);
}

std::string limit_reset(std::string_view arguments, Targets& targets) {
  const auto words = split_words(arguments, 2);
  if (words.empty()) return usage("<backend>");
  if (!call::is_limit_backend(words[0])) return std::string(kNoBackend);
  targets.calls.reset_limits();
  return "+OK\n";
}

std::string limit_interval_reset(std::string_view arguments, Targets& targets) {
  const auto words = split_words(arguments, 4);
  if (words.size() < 3) return usage("<backend> <realm> <id>");
  if (!call::is_limit_backend(words[0])) return std::string(kNoBackend);
  targets.calls.reset_limit_interval(call::limit_key(words[1], words[2]));
  return "+OK\n";
}

std::string limit_status(std::string_view arguments, Targets& targets) {
  const auto words = split_words(arguments, 2);
  if (words.empty()) return usage("<backend>");
  if (!call::is_limit_backend(words[0])) return std::string(kNoBackend);
  return "Tracked Resources: " + std::to_string(targets.calls.limits().size()) + "\n";
}

std::string uuid_limit_release(std::string_view arguments, Targets& targets) {
  const auto words = split_words(arguments, 5);
  if (words.size() < 2 || words.size() == 3) return usage("<uuid> <backend> [<realm> <id>]");
  if (!call::is_limit_backend(words[1])) return std::string(kNoBackend);
  std::optional<call::LimitKey> key;
  if (words.size() > 3) key = call::limit_key(words[2], words[3]);
  const bool found = targets.calls.release_limits(words[0], key);
  return found ? "+OK\n" : "-ERR No such channel!\n";
}

}  // namespace api
