// Splitting the text of a command into words, as users of callcenter_config know it (spec/05 §1).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace api {

// Splits at runs of spaces into at most `limit` words, of which the last keeps the rest. Single
// quotes group and are removed; double quotes do not group. A backslash escapes: \' \" \\ \n \r \t
// and \s for a space. A leading ^^X makes X the separator, and then every X counts.
std::vector<std::string> split_words(std::string_view text, std::size_t limit);

// The command itself and the rest: "callcenter_config agent list" → {"callcenter_config", "agent
// list"}.
struct Invocation {
  std::string_view command;
  std::string_view arguments;
};
Invocation split_command(std::string_view text);

}  // namespace api
