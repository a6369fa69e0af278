#include "sip/digest.h"

#include <gtest/gtest.h>

namespace sip {
namespace {

// The example of RFC 2617 §3.5.
Credentials mufasa() {
  return {.username = "Mufasa",
          .realm = "testrealm@host.com",
          .nonce = "dcd98b7102dd2f0e8b11d0f600bfb0c093",
          .uri = "/dir/index.html",
          .response = "6629fae49393a05397450978507c4ef1",
          .algorithm = "",
          .qop = "auth",
          .cnonce = "0a4f113b",
          .nc = "00000001"};
}

TEST(Digest, Md5OfKnownTexts) {
  EXPECT_EQ(md5_hex(""), "d41d8cd98f00b204e9800998ecf8427e");  // RFC 1321 §A.5
  EXPECT_EQ(md5_hex("abc"), "900150983cd24fb0d6963f7d28e17f72");
}

TEST(Digest, ResponseOfRfc2617) {
  const Credentials credentials = mufasa();
  const std::string a1 = digest_a1("Mufasa", credentials.realm, "Circle Of Life");
  EXPECT_EQ(a1, "939e7578ed9e3c518a452acee763bce9");
  EXPECT_EQ(digest_response(a1, "GET", credentials), credentials.response);
}

TEST(Digest, ResponseOfRfc7616) {  // §3.9.1, the MD5 half
  const Credentials credentials{.username = "Mufasa",
                                .realm = "http-auth@example.org",
                                .nonce = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
                                .uri = "/dir/index.html",
                                .response = "8ca523f5e9506fed4657c9700eebdbec",
                                .algorithm = "MD5",
                                .qop = "auth",
                                .cnonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ",
                                .nc = "00000001"};
  const std::string a1 = digest_a1("Mufasa", credentials.realm, "Circle of Life");
  EXPECT_EQ(digest_response(a1, "GET", credentials), credentials.response);
}

TEST(Digest, WithoutQopTheOlderFormHolds) {  // RFC 2617 §3.2.2.1
  Credentials credentials = mufasa();
  credentials.qop = credentials.cnonce = credentials.nc = "";
  const std::string a1 = digest_a1("Mufasa", credentials.realm, "Circle Of Life");
  const std::string expected =
      md5_hex(a1 + ":" + credentials.nonce + ":" + md5_hex("GET:" + credentials.uri));
  EXPECT_EQ(digest_response(a1, "GET", credentials), expected);
}

TEST(Digest, ReadsQuotedAndBareParameters) {
  const auto credentials = parse_credentials(
      {"username=\"a \\\"b\\\"\"", "realm=\"r\"", "NONCE=\"n\"", "uri=\"sip:x\"", "response=\"00\"",
       "algorithm=md5", "qop=auth", "nc=00000001", "cnonce=\"c\"", "opaque=\"o\"", "junk"});
  ASSERT_TRUE(credentials.has_value());
  EXPECT_EQ(credentials->username, "a \"b\"");
  EXPECT_EQ(credentials->nonce, "n");
  EXPECT_EQ(credentials->nc, "00000001");
}

TEST(Digest, RefusesWhatWasNotOffered) {
  const std::vector<std::string> good = {"username=\"u\"", "nonce=\"n\"", "response=\"r\""};
  ASSERT_TRUE(parse_credentials(good).has_value());
  for (const std::vector<std::string>& more : {std::vector<std::string>{"algorithm=SHA-256"},
                                               {"qop=auth-int", "nc=1", "cnonce=\"c\""},
                                               {"qop=auth"},
                                               {"qop=auth", "nc=1"},
                                               {"username=\"\""}}) {
    std::vector<std::string> bad = good;
    bad.insert(bad.end(), more.begin(), more.end());
    EXPECT_FALSE(parse_credentials(bad).has_value()) << more.front();
  }
  EXPECT_FALSE(parse_credentials({}).has_value());
  EXPECT_FALSE(parse_credentials(std::vector<std::string>(100, "a=b")).has_value());
}

TEST(Digest, ComparesWholeTexts) {
  EXPECT_TRUE(equal_in_constant_time("abc", "abc"));
  EXPECT_FALSE(equal_in_constant_time("abc", "abd"));
  EXPECT_FALSE(equal_in_constant_time("abc", "ab"));
}

TEST(Digest, ChallengeCannotBeBrokenOutOf) {
  EXPECT_EQ(challenge("a\"b\r\nX: y", "n", Staleness::Fresh),
            "Digest realm=\"abX: y\", nonce=\"n\", algorithm=MD5, qop=\"auth\"");
  EXPECT_NE(challenge("r", "n", Staleness::Stale).find(", stale=true"), std::string::npos);
}

}  // namespace
}  // namespace sip
