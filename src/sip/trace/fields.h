// What a trace needs to know of a message's text: its first line and single headers.
//
// Not a parser of SIP: the library has looked at the message already or will refuse it. Any bytes
// are taken. Lifetime: views point into the text that was given.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sip::trace {

// Without its line break.
std::string_view first_line(std::string_view message);
// True for "SIP/2.0 200 OK".
bool is_response(std::string_view message);
// Where the body begins; the size of the message when it has none.
std::size_t body_begin(std::string_view message);
// The first header of this name; `compact` is its one-letter form (RFC 3261 §7.3.3).
std::string_view header(std::string_view message, std::string_view name, char compact);
// The number that Content-Length names; nullopt without one.
std::optional<std::size_t> content_length(std::string_view message);
// The user part of the URI in an address or a request line: "1000" of "<sip:1000@host>;tag=1".
std::string_view user_of(std::string_view address);

}  // namespace sip::trace
