#include "sip/trace/selection.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "sip/trace/fields.h"

namespace sip::trace {
namespace {

bool concerns_number(const Message& message, std::string_view number) {
  const std::string_view text = message.text;
  if (!is_response(text) && user_of(first_line(text)) == number) return true;
  return user_of(header(text, "From", 'f')) == number || user_of(header(text, "To", 't')) == number;
}

bool is_asked_for(const Message& message, const base::CallName* name, const Selection& selection) {
  if (selection.by == Selection::By::Number) return concerns_number(message, selection.value);
  if (message.call_id == selection.value) return true;
  if (name == nullptr) return false;
  return name->uuid == selection.value || name->call == selection.value ||
         name->member == selection.value;
}

}  // namespace

Messages select(const Messages& messages, const Names& names, const Selection& selection) {
  if (selection.by == Selection::By::All) return messages;
  if (selection.value.empty()) return {};
  const auto name_of = [&names](const Message& message) {
    const auto found = names.find(message.call_id);
    return found == names.end() ? nullptr : &found->second;
  };
  std::set<std::string_view> dialogs;
  std::set<std::string_view> calls;
  for (const MessagePtr& message : messages) {
    const base::CallName* name = name_of(*message);
    if (!is_asked_for(*message, name, selection)) continue;
    dialogs.insert(message->call_id);
    if (name != nullptr) calls.insert(name->call);
  }
  Messages chosen;
  std::copy_if(messages.begin(), messages.end(), std::back_inserter(chosen),
               [&](const MessagePtr& message) {
                 const base::CallName* name = name_of(*message);
                 return dialogs.contains(message->call_id) ||
                        (name != nullptr && calls.contains(name->call));
               });
  return chosen;
}

}  // namespace sip::trace
