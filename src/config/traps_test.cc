#include "config/traps.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace config {
namespace {

using ::testing::HasSubstr;

TEST(Traps, OrdinaryXmlHasNone) {
  for (const std::string_view xml :
       {"", "plain", "<a b=\"c\" d='e'/>", "<!-- a -- b --><a/>", "<a><![CDATA[<!-- \" ]]></a>",
        "<?xml version=\"1.0\"?><a b=\"x > y\"/>", "<a b=\"two\nlines\"/>", "<a>it's \"text\"</a>",
        "<a b=\"1 < 2\"/>", "<", "<a", "<a b=", "<![CDATA[", "<?"}) {
    EXPECT_TRUE(find_traps(xml).empty()) << xml;
  }
}

TEST(Traps, ACommentThatIsNeverClosed) {
  const auto traps = find_traps("<a/>\n<!-- b");

  ASSERT_EQ(traps.size(), 1U);
  EXPECT_EQ(traps.front().offset, 5U);
  EXPECT_THAT(traps.front().text, HasSubstr("-->"));
}

TEST(Traps, ACommentThatSwallowsWhatLiesBeforeTheNext) {
  const auto traps = find_traps("<!-- once\n<action application=\"answer\"/>\n<!-- b --><c/>");

  ASSERT_EQ(traps.size(), 1U);
  EXPECT_EQ(traps.front().offset, 0U);
}

TEST(Traps, AQuoteThatIsNeverClosed) {
  const std::string_view xml =
      "<a>\n<action data=\"example>\n<action data=\"x\"/>\n<!-- a <!-- b -->\n</a>";

  const auto traps = find_traps(xml);

  ASSERT_EQ(traps.size(), 2U);  // The search goes on behind it.
  EXPECT_EQ(traps[0].offset, xml.find("\"example"));
  EXPECT_EQ(traps[1].offset, xml.find("<!-- a"));
}

TEST(Traps, AQuoteThatIsNeverClosedAtTheEnd) {
  EXPECT_EQ(find_traps("<a b=\"c>").size(), 1U);
  EXPECT_EQ(find_traps("<a b='c>\n</a>").size(), 1U);
}

}  // namespace
}  // namespace config
