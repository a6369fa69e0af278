// What can follow what has been typed in the console: commands, their words, and the names of
// queues and agents. Pure but for whom it asks for the names.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace app {

// Asked when a name can follow, and only then.
struct ConsoleNames {
  std::function<std::vector<std::string>()> queues;
  std::function<std::vector<std::string>()> agents;
};

// The words that can stand where the last word of `typed` (up to the cursor) is being written, in
// order.
std::vector<std::string> completions(std::string_view typed, const ConsoleNames& names);

// The beginning that all of them share.
std::string common_beginning(const std::vector<std::string>& words);

}  // namespace app
