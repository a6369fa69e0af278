#include "sip/trace/masking.h"

#include <gtest/gtest.h>

#include <string_view>

namespace sip::trace {
namespace {

TEST(Masking, HidesWhatADigestIsMadeOf) {
  const struct {
    std::string_view given;
    std::string_view expected;
  } rows[] = {
      {"Authorization: Digest username=\"1000\", nonce=\"abc\", response=\"d1,g=2\", qop=auth",
       "Authorization: Digest username=\"1000\", nonce=\"***\", response=\"******\", qop=auth"},
      {"proxy-authorization : digest RESPONSE=abcd,cnonce=\"x\\\"y\"",
       "proxy-authorization : digest RESPONSE=****,cnonce=\"****\""},
      {"WWW-Authenticate: Digest realm=\"a\",\r\n nonce = \"n1\"",
       "WWW-Authenticate: Digest realm=\"a\",\r\n nonce = \"**\""},
      {"Authentication-Info: rspauth=\"ab\", nextnonce=\"cd\", nc=01",
       "Authentication-Info: rspauth=\"**\", nextnonce=\"**\", nc=01"},
      {"Authorization: Basic dXNlcjpwYXNz", "Authorization: Basic*************"},
      {"Authorization: Digest response=\"open", "Authorization: Digest response=\"****"},
      {"Authorization:", "Authorization:"},
      {"Subject: response=\"abc\"", "Subject: response=\"abc\""},
  };

  for (const auto& row : rows) {
    const std::string begin = "INVITE sip:a@b SIP/2.0\r\n";
    const std::string end = "\r\nCall-ID: x\r\n\r\n";
    EXPECT_EQ(masked(begin + std::string(row.given) + end),
              begin + std::string(row.expected) + end);
  }
}

TEST(Masking, HidesTheKeysOfMedia) {
  const std::string message =
      "INVITE sip:a@b SIP/2.0\r\nContent-Length: 99\r\n\r\nv=0\r\n"
      "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:c2VjcmV0|2^31\r\na=ice-pwd:pw\r\nk=clear:k\r\n"
      "a=rtpmap:0 PCMU/8000\r\n";

  EXPECT_EQ(masked(message),
            "INVITE sip:a@b SIP/2.0\r\nContent-Length: 99\r\n\r\nv=0\r\n"
            "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:*************\r\na=ice-pwd:**\r\n"
            "k=*******\r\na=rtpmap:0 PCMU/8000\r\n");
}

TEST(Masking, TakesAnyBytes) {
  for (const std::string_view text :
       {"", "\r\n", "\n\n", "Authorization", "a:b", "Authorization: Digest =,=,=\"\\",
        "Authorization: Digest ,nonce", "Authorization:\n Digest\n nonce=\"",
        ":\n:\n\nk=\na=crypto:"}) {
    EXPECT_EQ(masked(std::string(text)).size(), text.size()) << text;
  }
}

}  // namespace
}  // namespace sip::trace
