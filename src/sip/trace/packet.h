// Bytes in network order, for captures and for collectors.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sip::trace {

// Appends the lowest `Bytes` bytes of a number, highest first.
template <std::size_t Bytes>
void append_number(std::string& out, std::uint64_t number) {
  for (std::size_t i = Bytes; i > 0; --i) {
    out += static_cast<char>(number >> (8 * (i - 1)) & 0xff);
  }
}

enum class Family { V4, V6 };
struct RawAddress {
  Family family = Family::V4;
  std::string bytes;  // 4 or 16.
};
// nullopt: not an IP literal.
std::optional<RawAddress> raw_address(const std::string& literal);

}  // namespace sip::trace
