#include "base/utf8.h"

#include <gtest/gtest.h>

namespace base {
namespace {

TEST(Utf8, BytesThatAreNoneAreReplaced) {
  const struct {
    std::string_view given;
    std::string_view expected;
  } kRows[] = {
      {"plain", "plain"},
      {"J\xc3\xbcrgen \xe2\x82\xac \xf0\x9f\x98\x80",
       "J\xc3\xbcrgen \xe2\x82\xac \xf0\x9f\x98\x80"},
      {"\xfc", "\xef\xbf\xbd"},                                  // Latin-1.
      {"\xc3", "\xef\xbf\xbd"},                                  // Cut off.
      {"\xc3z", "\xef\xbf\xbdz"},                                // Cut off by another character.
      {"\xc0\xaf", "\xef\xbf\xbd\xef\xbf\xbd"},                  // Over-long slash.
      {"\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},  // Surrogate.
      {"\xf4\x90\x80\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},  // > U+10FFFF.
  };
  for (const auto& row : kRows) EXPECT_EQ(well_formed(row.given), row.expected);
}

}  // namespace
}  // namespace base
