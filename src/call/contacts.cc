#include "call/contacts.h"

#include "base/text.h"
#include "call/dial_string.h"

namespace call {

std::string registered_contacts(const Registrations& registrations, std::string_view arguments,
                                base::Instant now) {
  std::string_view address = base::trim(arguments);
  std::string_view profile = "*";
  if (const std::size_t slash = address.find('/'); slash != std::string_view::npos) {
    profile = address.substr(0, slash);
    address.remove_prefix(slash + 1);
  }
  // The user part may hold an @ of its own; the domain never does.
  const std::size_t at = address.rfind('@');
  if (at == std::string_view::npos) return std::string(kNotRegistered);

  std::string contacts;
  for (const Binding* binding : registrations.find(address.substr(0, at), address.substr(at + 1))) {
    if (binding->expires_at <= now) continue;
    if (profile != "*" && profile != binding->profile) continue;
    if (!contacts.empty()) contacts += ',';
    const std::string source = binding->source + (binding->over_tcp ? ";transport=tcp" : "");
    contacts += sofia_address(binding->profile, binding->uri, source);
  }
  return contacts.empty() ? std::string(kNotRegistered) : contacts;
}

}  // namespace call
