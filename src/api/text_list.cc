#include "api/text_list.h"

namespace api {
namespace {

void append_harmless(std::string& out, std::string_view value) {
  for (const char c : value) {
    const bool harmful = c == '|' || static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    out += harmful ? ' ' : c;
  }
}

}  // namespace

void TextList::add(const Row& row) {
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (i > 0) body_ += '|';
    append_harmless(body_, row[i] ? *row[i] : std::string());
  }
  body_ += '\n';
  ++count_;
}

std::string TextList::reply() const {
  std::string out;
  if (count_ > 0 || empty_ == EmptyList::HeaderAnyway) out.append(header_).append("\n");
  return out.append(body_).append("+OK\n");
}

}  // namespace api
