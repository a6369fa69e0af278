#include "sip/wire_text.h"

#include <gtest/gtest.h>

#include "sip/limits.h"

namespace sip {
namespace {

TEST(WireText, DisplayNamesLoseQuotesAndEscapes) {
  EXPECT_EQ(plain_display(nullptr), "");
  EXPECT_EQ(plain_display("Anna"), "Anna");
  EXPECT_EQ(plain_display("\"Anna \\\"A\\\" B\""), "Anna \"A\" B");
  EXPECT_EQ(plain_display("\""), "\"");
  EXPECT_EQ(plain_display("\"a\\"), "\"a\\");
  EXPECT_EQ(plain_display(std::string(1000, 'x').c_str()).size(), kDisplayBytesMax);
}

TEST(WireText, AddressesAreEscaped) {
  EXPECT_EQ(name_address({"", "", "10.0.0.1:5060"}), "<sip:10.0.0.1:5060>");
  EXPECT_EQ(name_address({"A \"B\"\\", "50#0 0", "h"}), "\"A \\\"B\\\"\\\\\" <sip:50%230%200@h>");
  EXPECT_EQ(name_address({"a\r\nX: y", "u", "h\r\nX: y"}).find('\n'), std::string::npos);
}

TEST(WireText, HeadersStayOnTheirLine) {
  EXPECT_EQ(header_lines({{"X-A", "1\r\nVia: 2"}, {"X B", "no"}, {"", "no"}, {"X:C", "no"}}),
            "X-A: 1  Via: 2\r\n");
}

TEST(WireText, DialogHeadersMayNotBeSet) {
  for (const char* name : {"Via", "FROM", "call-id", "Contact", "Content-Length", "m"}) {
    EXPECT_FALSE(may_be_set(name)) << name;
  }
  EXPECT_TRUE(may_be_set("X-Anything"));
  EXPECT_TRUE(may_be_set("Alert-Info"));
}

TEST(WireText, FindsTheQ850Cause) {
  const HomePtr home = make_home();
  const auto cause = [&](const char* value) {
    return q850_cause(sip_reason_make(home.get(), value));
  };
  EXPECT_EQ(cause("Q.850;cause=16;text=\"x\""), 16);
  EXPECT_EQ(cause("SIP;cause=486, q.850;cause=17"), 17);
  EXPECT_EQ(cause("SIP;cause=486"), std::nullopt);
  EXPECT_EQ(cause("Q.850"), std::nullopt);
  EXPECT_EQ(cause("Q.850;cause=900"), std::nullopt);
  EXPECT_EQ(cause("Q.850;cause=x"), std::nullopt);
  EXPECT_EQ(q850_cause(nullptr), std::nullopt);
}

}  // namespace
}  // namespace sip
