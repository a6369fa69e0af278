// The bytes of libFuzzer as the types that parsers take. For the fuzz targets of this folder only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

namespace fuzz {

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  // libFuzzer gives a null pointer for no bytes.
  return size == 0 ? std::string_view()
                   : std::string_view(reinterpret_cast<const char*>(data), size);
}

// The text in two, where its first byte says; that byte belongs to neither.
inline std::pair<std::string_view, std::string_view> split_by_first_byte(std::string_view text) {
  if (text.empty()) return {};
  const auto at = static_cast<std::uint8_t>(text.front()) % text.size();
  text.remove_prefix(1);
  return {text.substr(0, at), text.substr(at)};
}

}  // namespace fuzz
