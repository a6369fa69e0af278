#include "api/voicemail_commands.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "api/words.h"
#include "base/text.h"
#include "call/message_waiting.h"

namespace api {
namespace {

std::string usage(std::string_view syntax) {
  return "-USAGE: " + std::string(syntax) + "\n";
}

// nullopt: it names no box.
std::optional<call::BoxName> read_box(std::string_view text) {
  const std::size_t at = text.rfind('@');
  if (at == std::string_view::npos) return std::nullopt;
  std::string_view user = text.substr(0, at);
  std::string_view domain = text.substr(at + 1);
  user.remove_prefix(std::min(user.find('/') + 1, user.size()));
  domain = domain.substr(0, domain.find('/'));
  if (user.empty() || domain.empty()) return std::nullopt;
  return call::BoxName{.domain = std::string(domain), .box = std::string(user)};
}

// A colon or a line break in a caller's name would break the line.
std::string in_list(std::string text) {
  for (char& c : text) {
    if (c == ':' || static_cast<unsigned char>(c) < ' ') c = ' ';
  }
  return text;
}

}  // namespace

std::string vm_boxcount(std::string_view arguments, Targets& targets) {
  arguments = base::trim(arguments);
  const std::size_t bar = arguments.find('|');
  const auto box = read_box(base::trim(arguments.substr(0, bar)));
  if (!box) return usage("[profile/]<user>@<domain>[|[new|saved|new-urgent|saved-urgent|all]]");
  std::string_view which = "new";
  if (bar != std::string_view::npos) which = base::trim(arguments.substr(bar + 1));
  const call::MessageCount count = targets.calls.mailboxes().count(*box);
  if (base::equal_ignoring_case(which, "saved")) return std::to_string(count.saved);
  if (base::equal_ignoring_case(which, "all")) {
    return std::to_string(count.fresh) + ":" + std::to_string(count.saved) + ":0:0";
  }
  return base::equal_ignoring_case(which, "new") ? std::to_string(count.fresh) : "0";
}

std::string vm_delete(std::string_view arguments, Targets& targets) {
  const auto words = split_words(arguments, 3);
  const auto box = words.empty() ? std::nullopt : read_box(words[0]);
  if (!box) return usage("<id>@<domain>[/profile] [<uuid>]");
  const std::string uuid = words.size() > 1 ? words[1] : std::string();
  const std::size_t deleted = targets.calls.delete_messages(*box, uuid, targets.moment());
  return deleted == 0 && !uuid.empty() ? "-ERR no such message\n" : "+OK\n";
}

std::string vm_list(std::string_view arguments, Targets& targets) {
  const auto words = split_words(arguments, 2);
  const auto box = words.empty() ? std::nullopt : read_box(words[0]);
  if (!box) return usage("<id>@<domain>[/profile]");
  std::string list;
  for (const call::VoiceMessage& message : targets.calls.mailboxes().messages(*box)) {
    list += std::to_string(message.left_at) + ":" + std::to_string(message.read_at) + ":" +
            box->box + ":" + box->domain + ":inbox:" + message.path + ":" + message.uuid + ":" +
            in_list(message.caller_id_name) + ":" + in_list(message.caller_id_number) + ":" +
            std::to_string(message.milliseconds / 1000) + "\n";
  }
  return list;
}

std::string vm_read(std::string_view arguments, Targets& targets) {
  const auto words = split_words(arguments, 4);
  const auto box = words.empty() ? std::nullopt : read_box(words[0]);
  const bool is_read = words.size() > 1 && base::equal_ignoring_case(words[1], "read");
  const bool is_new = words.size() > 1 && base::equal_ignoring_case(words[1], "unread");
  if (!box || (!is_read && !is_new)) return usage("<id>@<domain>[/profile] <read|unread> [<uuid>]");
  const std::string uuid = words.size() > 2 ? words[2] : std::string();
  const auto mark = is_read ? call::MessageMark::Read : call::MessageMark::New;
  const std::size_t marked = targets.calls.mark_messages(*box, uuid, mark, targets.moment());
  return marked == 0 && !uuid.empty() ? "-ERR no such message\n" : "+OK\n";
}

}  // namespace api
