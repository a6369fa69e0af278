#include "api/row.h"

namespace api {

RowMaker& RowMaker::text(std::string_view value) {
  row_.emplace_back(value);
  return *this;
}

RowMaker& RowMaker::text_or_null(std::string_view value) {
  if (!value.empty()) return text(value);
  row_.emplace_back();
  return *this;
}

RowMaker& RowMaker::number(std::int64_t value) {
  return text(std::to_string(value));
}

RowMaker& RowMaker::flag(bool value) {
  return text(value ? "true" : "false");
}

RowMaker& RowMaker::instant(std::optional<base::Instant> at, const base::WallAnchor& anchor) {
  return number(at ? anchor.unix_seconds(*at) : 0);
}

}  // namespace api
