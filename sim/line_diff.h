// The difference of two texts, line by line, for people.
#pragma once

#include <string>
#include <vector>

namespace sim {

// Lines only wanted are marked "-", lines only had "+", common ones stand in between.
std::string diff_lines(const std::vector<std::string>& wanted, const std::vector<std::string>& had);

}  // namespace sim
