#include "api/text_list.h"

#include "base/check.h"

namespace api {

void TextList::separate() {
  if (row_open_) body_ += '|';
  row_open_ = true;
}

TextList& TextList::text(std::string_view value) {
  separate();
  for (const char c : value) {
    const bool harmful = c == '|' || static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    body_ += harmful ? ' ' : c;
  }
  return *this;
}

TextList& TextList::number(std::int64_t value) {
  return text(std::to_string(value));
}

TextList& TextList::flag(std::optional<bool> value) {
  return text(value.value_or(false) ? "true" : "false");
}

TextList& TextList::instant(std::optional<base::Instant> at, const base::WallAnchor& anchor) {
  return number(at ? anchor.unix_seconds(*at) : 0);
}

void TextList::end_row() {
  CHECK(row_open_);
  row_open_ = false;
  body_ += '\n';
  ++count_;
}

std::string TextList::reply() const {
  std::string out;
  if (count_ > 0 || empty_ == EmptyList::HeaderAnyway) out.append(header_).append("\n");
  return out.append(body_).append("+OK\n");
}

}  // namespace api
