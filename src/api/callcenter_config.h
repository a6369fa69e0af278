// The command `callcenter_config` (spec/05 §1–4), section by section.
//
// Each takes the words behind the section's name: for "agent set status ann Available" the words
// are {set, status, ann, Available}. An empty reply means an unknown action. Lists: lists.h.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/api.h"

namespace api {

using Words = std::vector<std::string>;

// Words of one command; the last keeps the rest (spec/05 §1).
inline constexpr std::size_t kWordsMax = 8;

inline constexpr std::string_view kOk = "+OK\n";
inline constexpr std::string_view kInvalid = "-ERR Invalid!\n";
inline constexpr std::string_view kUnknownError = "-ERR Unknown Error!\n";

// The whole command; `arguments` is what follows its name.
std::string callcenter_config(std::string_view arguments, Targets& targets);

std::string agent_command(const Words& words, Targets& targets);
std::string tier_command(const Words& words, Targets& targets);
std::string queue_command(const Words& words, Targets& targets);

// The reply for a change that was refused, or "+OK".
std::string reply_to(queue::Change change);

// For a section or an action that does not exist: the empty reply of the original, and a line in
// the log.
std::string no_such_action(std::string_view word, Targets& targets);

// The words from `first` on, joined by spaces: a value that has spaces may stand without quotes
// (spec/10 #26).
std::string rest_of(const Words& words, std::size_t first);

// The syntax summary for `callcenter_config` without arguments.
std::string_view usage();

}  // namespace api
