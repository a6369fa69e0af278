// The user and password of an HTTP request (RFC 7617).
#pragma once

#include <string>
#include <string_view>

namespace http {

// Whether an Authorization header holds these. How long it takes to say no tells a stranger nothing
// of how much was right.
bool are_right(std::string_view authorization, std::string_view user, std::string_view password);

}  // namespace http
