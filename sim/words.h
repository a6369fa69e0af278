// Words of a line, and options written as key=value.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sim {

using Words = std::vector<std::string>;
using Options = std::map<std::string, std::string>;

// What could not be understood; nullopt: all was.
using Complaint = std::optional<std::string>;

// Split at blanks; "double quotes" keep blanks together and are removed.
Words words_of(std::string_view line);

// Words without "=" are a complaint.
Complaint read_options(const Words& words, Options& options);

std::string join_words(const Words& words, std::size_t from = 0);

// Matches words with a pattern, in which {} stands for one word and {*} for the rest.
// Returns: what stands for the braces; nullopt when it does not match.
std::optional<Words> match(std::string_view pattern, const Words& words);

}  // namespace sim
