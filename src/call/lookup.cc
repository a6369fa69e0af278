#include "call/lookup.h"

#include "base/text.h"
#include "call/channel_data.h"
#include "call/contacts.h"

namespace call {

std::optional<std::string> LegLookup::variable(std::string_view name) {
  if (const std::string* value = extra_.find(name)) return *value;
  if (auto value = variable_or_field(leg_, name)) return value;
  const auto global = around_.globals().find(std::string(name));
  if (global != around_.globals().end()) return global->second;
  return std::nullopt;
}

std::string LegLookup::function(std::string_view name, std::string_view arguments) {
  if (base::equal_ignoring_case(name, "sofia_contact")) {
    return registered_contacts(turn_.state.registrations, arguments, turn_.now);
  }
  std::string command(name);
  if (!arguments.empty()) command.append(" ").append(arguments);
  return around_.run_api(command);
}

std::string expand_for(const Turn& turn, Surroundings& around, const Leg& leg,
                       std::string_view text) {
  if (text.find('$') == std::string_view::npos && text.find('\\') == std::string_view::npos) {
    return std::string(text);
  }
  LegLookup lookup(turn, around, leg);
  return dialplan::expand(text, lookup);
}

}  // namespace call
