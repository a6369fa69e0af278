// One row of a list as texts, column by column: what the text form and the JSON form both print.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/time.h"

namespace api {

// nullopt is SQL's NULL: an empty text in text lists, an absent member in JSON.
using Row = std::vector<std::optional<std::string>>;

// Collects the values of one row, in the order of its columns.
class RowMaker {
 public:
  RowMaker& text(std::string_view value);
  // Values that were never set are NULL in the original; here an empty one counts as never set.
  RowMaker& text_or_null(std::string_view value);
  RowMaker& number(std::int64_t value);
  RowMaker& flag(bool value);
  // Whole Unix seconds; 0 for what never happened.
  RowMaker& instant(std::optional<base::Instant> at, const base::WallAnchor& anchor);

  Row take() { return std::exchange(row_, {}); }

 private:
  Row row_;
};

}  // namespace api
