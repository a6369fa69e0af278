#include "sip/trace/packet.h"

#include <arpa/inet.h>

namespace sip::trace {

std::optional<RawAddress> raw_address(const std::string& literal) {
  std::array<char, 16> bytes{};
  if (inet_pton(AF_INET, literal.c_str(), bytes.data()) == 1) {
    return RawAddress{Family::V4, std::string(bytes.data(), 4)};
  }
  if (inet_pton(AF_INET6, literal.c_str(), bytes.data()) == 1) {
    return RawAddress{Family::V6, std::string(bytes.data(), 16)};
  }
  return std::nullopt;
}

}  // namespace sip::trace
