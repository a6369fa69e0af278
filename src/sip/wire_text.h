// Text between us and the library: what its structures say as plain values, and our values as
// header lines that cannot break out of their line.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/esl_event.h"
#include "sip/library.h"

namespace sip {

// An empty text for a null pointer.
std::string plain(const char* text);
std::string plain_uri(const url_t* url);
// The user part with its %XX decoded.
std::string plain_user(const url_t* url);
// A display name without quotes and escapes, cut at kDisplayBytesMax.
std::string plain_display(const char* display);
// A From or To value without tag: "name" <sip:…>.
std::string plain_address(const sip_addr_t* address);

// Control characters become spaces, so that no value can begin a new header line.
std::string one_line(std::string_view text);
// `"display" <sip:user@host>`, display and user escaped as needed. Without display or user these
// parts are missing.
struct NameAddress {
  std::string_view display;
  std::string_view user;
  std::string_view host;  // May carry a port.
};
std::string name_address(const NameAddress& parts);

// Header lines as the library parses them. Names that are no tokens are left out.
std::string header_lines(const base::Headers& headers);
// False for headers that the dialog itself writes: an order may not set these.
bool may_be_set(std::string_view header);

// The cause of a Reason header with protocol Q.850 (RFC 3326), when there is one from 0 to 127.
std::optional<int> q850_cause(const sip_reason_t* reason);

}  // namespace sip
