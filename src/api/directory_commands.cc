#include "api/directory_commands.h"

#include <vector>

#include "api/words.h"
#include "base/text.h"

namespace api {
namespace {

const call::DirectoryUser* find_user(std::string_view user, std::string_view domain,
                                     const Targets& targets) {
  if (!domain.empty()) return targets.around.directory().find(user, domain);
  const auto& globals = targets.around.globals();
  const auto global = globals.find("domain");
  return global == globals.end() ? nullptr : targets.around.directory().find(user, global->second);
}

const call::DirectoryUser* find_user(std::string_view address, const Targets& targets) {
  const std::size_t at = address.rfind('@');
  if (at == std::string_view::npos) return find_user(address, {}, targets);
  return find_user(address.substr(0, at), address.substr(at + 1), targets);
}

std::string param_of(const call::DirectoryUser& user, std::string_view name) {
  if (name == "password") return user.password;
  if (name == "a1-hash") return user.a1_hash;
  return name == "dial-string" ? user.dial_string : std::string();
}

}  // namespace

std::string user_data(std::string_view arguments, Targets& targets) {
  const auto words = split_words(arguments, 3);
  if (words.size() < 3) return "-USAGE: <user>@<domain> [attr|var|param] <name>\n";
  const call::DirectoryUser* const user = find_user(words[0], targets);
  if (user == nullptr) return {};
  if (base::equal_ignoring_case(words[1], "var")) {
    const auto found = user->variables.find(words[2]);
    return found == user->variables.end() ? std::string() : found->second;
  }
  if (base::equal_ignoring_case(words[1], "param")) return param_of(*user, words[2]);
  const bool is_id = base::equal_ignoring_case(words[1], "attr") && words[2] == "id";
  return is_id ? user->id : std::string();
}

std::string user_exists(std::string_view arguments, Targets& targets) {
  const auto words = split_words(arguments, 3);
  if (words.size() < 2) return "-USAGE: <key> <user> [<domain>]\n";
  const bool by_id = base::equal_ignoring_case(words[0], "id");
  const bool has_domain = words.size() > 2;
  const auto* const user =
      has_domain ? find_user(words[1], words[2], targets) : find_user(words[1], targets);
  return by_id && user != nullptr ? "true" : "false";
}

std::string verto_contact(std::string_view arguments, Targets&) {
  if (arguments.empty()) return "-USAGE: <user>@<domain>\n";
  return "error/user_not_registered";
}

}  // namespace api
