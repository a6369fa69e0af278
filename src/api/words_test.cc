#include "api/words.h"

#include <gtest/gtest.h>

namespace api {
namespace {

using Words = std::vector<std::string>;

TEST(Words, SplitAsTheOriginalDoes) {
  const struct {
    std::string_view text;
    Words words;
  } cases[] = {
      {"", {}},
      {"   ", {}},
      {"agent list", {"agent", "list"}},
      {"  agent   list  ", {"agent", "list"}},
      {"a 'On Break' b", {"a", "On Break", "b"}},
      {"a '' b", {"a", "", "b"}},
      {R"(a "On Break")", {"a", "\"On", "Break\""}},
      {R"(a\sb \'c\' d\\e)", {"a b", "'c'", "d\\e"}},
      {R"(a\qb)", {"a\\qb"}},
      {"'unclosed here", {"unclosed here"}},
      {"^^:a:b c::d", {"a", "b c", "", "d"}},
  };

  for (const auto& each : cases) EXPECT_EQ(split_words(each.text, 8), each.words) << each.text;
}

TEST(Words, TheLastWordKeepsTheRest) {
  EXPECT_EQ(split_words("a b c  d 'e f'", 3), (Words{"a", "b", "c  d e f"}));
}

TEST(Words, TheCommandIsTheFirstWord) {
  const auto invocation = split_command("  status  now ");

  EXPECT_EQ(invocation.command, "status");
  EXPECT_EQ(invocation.arguments, "now");
}

}  // namespace
}  // namespace api
