// Text of a server as a terminal may show it: without what the terminal would obey, and coloured
// where that helps. Pure.
#pragma once

#include <string>
#include <string_view>

namespace app {

enum class Colours { Off, On };

// A name that a caller gave himself must not move the cursor, set a title or hide what follows:
// control characters but line feeds and tabs, characters that change the direction of writing, and
// bytes that are no UTF-8 become U+FFFD.
std::string harmless(std::string_view text);

// harmless(), ended by a line feed; errors are red and "+OK" lines are green.
std::string shown_reply(std::string_view text, Colours colours);
// The same for a line of the log, by its level (0 to 7).
std::string shown_log_line(std::string_view line, int level, Colours colours);
// The same for an event: its name is emphasised.
std::string shown_event(std::string_view body, Colours colours);

// Whether a reply says that the command failed.
bool is_failure(std::string_view reply);

}  // namespace app
