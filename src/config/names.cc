#include "config/names.h"

#include <algorithm>
#include <cstddef>
#include <numeric>

#include "base/text.h"

namespace config {
namespace {

// Longer names are not compared: the work grows with the square of the length.
constexpr std::size_t kComparedMax = 64;

// How many letters must be put in, left out or changed to make one of the other (Levenshtein).
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t change = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({change, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

}  // namespace

std::string did_you_mean(std::string_view name, const std::vector<std::string_view>& known) {
  if (name.size() > kComparedMax) return {};
  const std::string lower = base::to_lower(name);
  // A third of the letters may be wrong; more is another word.
  std::size_t best = std::min<std::size_t>(3, name.size() / 3) + 1;
  std::string_view closest;
  for (const std::string_view candidate : known) {
    const std::size_t apart = distance(lower, base::to_lower(candidate));
    if (apart >= best) continue;
    best = apart;
    closest = candidate;
  }
  if (closest.empty()) return {};
  return " (did you mean " + std::string(closest) + "?)";
}

std::string list_of(const std::vector<std::string_view>& names) {
  std::string text;
  for (const std::string_view name : names) {
    if (!text.empty()) text += ", ";
    text += name;
  }
  return text;
}

}  // namespace config
