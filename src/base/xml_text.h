// Texts and events as XML, for the event socket and for commands.
#pragma once

#include <string>
#include <string_view>

#include "base/esl_event.h"

namespace base {

// Character data (XML 1.0 §2.2, §2.4): well-formed, and control characters, which cannot be written
// at all, become blanks.
std::string xml_escaped(std::string_view text);

// The element <event> of an event: its headers, URL-encoded as in the plain form, and its body.
std::string event_xml(const Headers& headers, std::string_view body);

}  // namespace base
