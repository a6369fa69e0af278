#include "sip/stun_message.h"

#include <arpa/inet.h>

#include <algorithm>

namespace sip {
namespace {

// RFC 5389 §6, §15.1, §15.2.
constexpr unsigned kBindingRequest = 0x0001;
constexpr unsigned kBindingSuccess = 0x0101;
constexpr std::array<std::uint8_t, 4> kMagicCookie = {0x21, 0x12, 0xA4, 0x42};
constexpr unsigned kMappedAddress = 0x0001;
constexpr unsigned kXorMappedAddress = 0x0020;
constexpr unsigned kFamilyV4 = 1;
constexpr unsigned kFamilyV6 = 2;
constexpr std::size_t kHeaderBytes = 20;
constexpr std::size_t kAttributeHeaderBytes = 4;
// Of an address attribute: reserved, family, port, address.
constexpr std::size_t kAddressAt = 4;

unsigned byte_at(std::string_view bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes[at]);
}
unsigned word_at(std::string_view bytes, std::size_t at) {
  return byte_at(bytes, at) << 8 | byte_at(bytes, at + 1);
}

template <std::size_t kCount>
void append(std::string& text, const std::array<std::uint8_t, kCount>& bytes) {
  for (const std::uint8_t byte : bytes) text += static_cast<char>(byte);
}

// Cookie and transaction: what an XOR-MAPPED-ADDRESS is masked with.
std::string mask_of(const StunTransaction& transaction) {
  std::string mask;
  append(mask, kMagicCookie);
  append(mask, transaction);
  return mask;
}

std::optional<std::string> address_in(std::string_view value, std::string_view mask) {
  if (value.size() < kAddressAt) return std::nullopt;
  const unsigned family = byte_at(value, 1);
  const std::size_t size = family == kFamilyV4 ? 4 : family == kFamilyV6 ? 16 : 0;
  if (size == 0 || value.size() != kAddressAt + size) return std::nullopt;
  std::string bytes(value.substr(kAddressAt));
  for (std::size_t i = 0; i < bytes.size() && i < mask.size(); ++i) {
    bytes[i] = static_cast<char>(byte_at(bytes, i) ^ byte_at(mask, i));
  }
  std::array<char, INET6_ADDRSTRLEN> text{};
  const int kind = family == kFamilyV4 ? AF_INET : AF_INET6;
  if (inet_ntop(kind, bytes.data(), text.data(), text.size()) == nullptr) return std::nullopt;
  return std::string(text.data());
}

}  // namespace

std::string stun_binding_request(const StunTransaction& transaction) {
  std::string request = {0, static_cast<char>(kBindingRequest), 0, 0};  // No attributes.
  return request + mask_of(transaction);
}

std::optional<std::string> stun_mapped_address(std::string_view response,
                                               const StunTransaction& transaction) {
  const std::string mask = mask_of(transaction);
  if (response.size() < kHeaderBytes || word_at(response, 0) != kBindingSuccess) {
    return std::nullopt;
  }
  const std::size_t length = word_at(response, 2);
  if (length % 4 != 0 || length != response.size() - kHeaderBytes) return std::nullopt;
  if (response.substr(4, mask.size()) != mask) return std::nullopt;

  std::optional<std::string> plain;
  std::string_view rest = response.substr(kHeaderBytes);
  while (rest.size() >= kAttributeHeaderBytes) {
    const unsigned type = word_at(rest, 0);
    const std::size_t size = word_at(rest, 2);
    rest.remove_prefix(kAttributeHeaderBytes);
    if (size > rest.size()) return std::nullopt;
    const std::string_view value = rest.substr(0, size);
    if (type == kXorMappedAddress) return address_in(value, mask);
    if (type == kMappedAddress && !plain) plain = address_in(value, {});
    // Attributes are padded to four bytes (§15).
    rest.remove_prefix(std::min(rest.size(), (size + 3) / 4 * 4));
  }
  return plain;
}

}  // namespace sip
