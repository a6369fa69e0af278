// Where registered users are reached, as dial strings say it: the function sofia_contact.
#pragma once

#include <string>
#include <string_view>

#include "base/time.h"
#include "call/registrations.h"

namespace call {

inline constexpr std::string_view kNotRegistered = "error/user_not_registered";

// `arguments`: [PROFILE/]USER@DOMAIN, where PROFILE may be *. Returns: sofia/… addresses with
// commas between, the latest registration first, or kNotRegistered.
std::string registered_contacts(const Registrations& registrations, std::string_view arguments,
                                base::Instant now);

}  // namespace call
