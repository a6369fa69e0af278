#include "sip/stun_message.h"

#include <gtest/gtest.h>

namespace sip {
namespace {

// The transaction of the test vectors of RFC 5769.
constexpr StunTransaction kTransaction = {0xb7, 0xe7, 0xa7, 0x01, 0xbc, 0x34,
                                          0xd6, 0x86, 0xfa, 0x87, 0xdf, 0xae};

std::string bytes(std::initializer_list<unsigned> values) {
  std::string text;
  for (const unsigned value : values) text += static_cast<char>(value);
  return text;
}

std::string response(const std::string& attributes) {
  const auto size = static_cast<unsigned>(attributes.size());
  std::string text = bytes({0x01, 0x01, size >> 8, size & 0xff});
  return text + stun_binding_request(kTransaction).substr(4) + attributes;
}

// 192.0.2.1:32853, as in RFC 5769 §2.2.
const std::string kXorMapped = bytes({0x00, 0x20, 0, 8, 0, 1, 0xa1, 0x47, 0xe1, 0x12, 0xa6, 0x43});
const std::string kMapped = bytes({0x00, 0x01, 0, 8, 0, 1, 0x80, 0x55, 203, 0, 113, 9});
const std::string kSoftware = bytes({0x80, 0x22, 0, 3}) + "abc" + bytes({0x20});

TEST(StunMessage, RequestIsAHeaderWithoutAttributes) {
  const std::string request = stun_binding_request(kTransaction);

  EXPECT_EQ(request.substr(0, 8), bytes({0, 1, 0, 0, 0x21, 0x12, 0xa4, 0x42}));
  EXPECT_EQ(request.size(), 20U);
}

TEST(StunMessage, MaskedAddressIsRead) {
  EXPECT_EQ(stun_mapped_address(response(kSoftware + kXorMapped), kTransaction), "192.0.2.1");
}

TEST(StunMessage, MaskedV6AddressIsRead) {  // RFC 5769 §2.3
  const std::string attribute =
      bytes({0x00, 0x20, 0,    20,   0,    2,    0xa1, 0x47, 0x01, 0x13, 0xa9, 0xfa,
             0xa5, 0xd3, 0xf1, 0x79, 0xbc, 0x25, 0xf4, 0xb5, 0xbe, 0xd2, 0xb9, 0xd9});
  EXPECT_EQ(stun_mapped_address(response(attribute), kTransaction),
            "2001:db8:1234:5678:11:2233:4455:6677");
}

TEST(StunMessage, OldAddressCountsOnlyWithoutTheMaskedOne) {
  EXPECT_EQ(stun_mapped_address(response(kMapped), kTransaction), "203.0.113.9");
  EXPECT_EQ(stun_mapped_address(response(kMapped + kXorMapped), kTransaction), "192.0.2.1");
}

TEST(StunMessage, AnythingElseIsNoAnswer) {
  const std::string good = response(kXorMapped);
  StunTransaction other = kTransaction;
  other[0] ^= 1;
  EXPECT_FALSE(stun_mapped_address(good, other));
  for (std::size_t size = 0; size < good.size(); ++size) {
    EXPECT_FALSE(stun_mapped_address(good.substr(0, size), kTransaction)) << size;
  }
  EXPECT_FALSE(stun_mapped_address(good + bytes({0, 0, 0, 0}), kTransaction));
  std::string error = good;
  error[1] = 0x11;  // An error response.
  EXPECT_FALSE(stun_mapped_address(error, kTransaction));
  EXPECT_FALSE(stun_mapped_address(response(bytes({0x00, 0x20, 0, 8, 0, 3, 0, 0, 1, 2, 3, 4})),
                                   kTransaction));
  EXPECT_FALSE(stun_mapped_address(response(bytes({0x00, 0x20, 0xff, 0xff})), kTransaction));
  EXPECT_FALSE(stun_mapped_address(response(bytes({0x00, 0x20, 0, 0})), kTransaction));
  EXPECT_FALSE(stun_mapped_address(response(kSoftware), kTransaction));
}

}  // namespace
}  // namespace sip
