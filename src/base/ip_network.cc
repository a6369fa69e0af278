#include "base/ip_network.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include "base/text.h"

namespace base {
namespace {

struct Address {
  std::array<std::uint8_t, 16> bytes{};
  int bits = 0;  // 32 or 128.
};

std::optional<Address> address_of(std::string_view text) {
  const std::string copy(text);
  Address address;
  if (::inet_pton(AF_INET, copy.c_str(), address.bytes.data()) == 1) {
    address.bits = 32;
    return address;
  }
  if (::inet_pton(AF_INET6, copy.c_str(), address.bytes.data()) != 1) return std::nullopt;
  address.bits = 128;
  return address;
}

struct Network {
  Address address;
  int prefix = 0;
};

std::optional<Network> network_of(std::string_view text) {
  const std::size_t slash = text.find('/');
  const auto address = address_of(text.substr(0, slash));
  if (!address) return std::nullopt;
  if (slash == std::string_view::npos) return Network{*address, address->bits};
  const auto prefix = parse_integer(text.substr(slash + 1));
  if (!prefix || *prefix < 0 || *prefix > address->bits) return std::nullopt;
  return Network{*address, static_cast<int>(*prefix)};
}

bool bit_of(const Address& address, int index) {
  const auto byte = address.bytes[static_cast<std::size_t>(index / 8)];
  return ((byte >> (7 - index % 8)) & 1) != 0;
}

}  // namespace

bool is_ip_address(std::string_view text) {
  return address_of(text).has_value();
}

bool is_ip_network(std::string_view text) {
  return network_of(text).has_value();
}

bool is_in_network(std::string_view address, std::string_view network) {
  const auto one = address_of(address);
  const auto many = network_of(network);
  if (!one || !many || one->bits != many->address.bits) return false;
  for (int index = 0; index < many->prefix; ++index) {
    if (bit_of(*one, index) != bit_of(many->address, index)) return false;
  }
  return true;
}

std::string host_of(std::string_view text) {
  if (const std::size_t at = text.rfind('@'); at != std::string_view::npos) {
    text.remove_prefix(at + 1);
  } else if (text.substr(0, 4) == "sip:") {
    text.remove_prefix(4);
  }
  if (text.substr(0, 1) == "[") return std::string(text.substr(1, text.find(']') - 1));
  return std::string(text.substr(0, text.find_first_of(":;>")));
}

}  // namespace base
