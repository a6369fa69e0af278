#include "sim/line_diff.h"

#include <algorithm>
#include <cstddef>

namespace sim {
namespace {

// Length of the longest common rest of wanted[i…] and had[j…]. Scenario files are short.
using Table = std::vector<std::vector<std::size_t>>;

Table common_rests(const std::vector<std::string>& wanted, const std::vector<std::string>& had) {
  Table rest(wanted.size() + 1, std::vector<std::size_t>(had.size() + 1, 0));
  for (std::size_t i = wanted.size(); i-- > 0;) {
    for (std::size_t j = had.size(); j-- > 0;) {
      rest[i][j] =
          wanted[i] == had[j] ? rest[i + 1][j + 1] + 1 : std::max(rest[i + 1][j], rest[i][j + 1]);
    }
  }
  return rest;
}

}  // namespace

std::string diff_lines(const std::vector<std::string>& wanted,
                       const std::vector<std::string>& had) {
  const Table rest = common_rests(wanted, had);
  std::string text;
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < wanted.size() || j < had.size()) {
    if (i < wanted.size() && j < had.size() && wanted[i] == had[j]) {
      text += "    " + wanted[i++] + "\n";
      ++j;
    } else if (j == had.size() || (i < wanted.size() && rest[i + 1][j] >= rest[i][j + 1])) {
      text += "  - " + wanted[i++] + "\n";
    } else {
      text += "  + " + had[j++] + "\n";
    }
  }
  return text;
}

}  // namespace sim
