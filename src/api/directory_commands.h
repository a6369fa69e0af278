// Commands about the users of the directory: user_data, user_exists, and verto_contact.
#pragma once

#include <string>
#include <string_view>

#include "api/api.h"

namespace api {

// USER@DOMAIN [attr|var|param] NAME: the value, or nothing. Without a domain it is the global one.
std::string user_data(std::string_view arguments, Targets& targets);
// id USER [DOMAIN]: true or false.
std::string user_exists(std::string_view arguments, Targets& targets);
// Browsers do not call in here yet, so nobody is ever found: a destination that fails at once, as
// the original writes it into dial strings.
std::string verto_contact(std::string_view arguments, Targets& targets);

}  // namespace api
