#include "app/console_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace app {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

std::vector<std::string> complete(std::string_view typed) {
  return completions(typed, {.queues =
                                 [] {
                                   return std::vector<std::string>{"sales@here", "support@here"};
                                 },
                             .agents =
                                 [] {
                                   return std::vector<std::string>{"ann", "bob"};
                                 }});
}

TEST(ConsoleWords, BeginWithACommand) {
  EXPECT_THAT(complete("callcenter_"), ElementsAre("callcenter_break", "callcenter_config"));
  EXPECT_THAT(complete(""), AllOf(Contains("reloadxml"), Contains("sofia"), Contains("doctor")));
  EXPECT_THAT(complete("/n"), ElementsAre("/nixevent", "/noevents", "/nolog"));
  EXPECT_THAT(complete("nothing_begins_so"), IsEmpty());
}

TEST(ConsoleWords, GoOnWithItsWords) {
  EXPECT_THAT(complete("callcenter_config "), ElementsAre("agent", "queue", "tier"));
  EXPECT_THAT(complete("CallCenter_Config  AGENT s"), ElementsAre("set"));
  EXPECT_THAT(complete("callcenter_config agent set sta"), ElementsAre("state", "status"));
  EXPECT_THAT(complete("show channels as "), ElementsAre("delim", "json", "xml"));
  EXPECT_THAT(complete("show channels count as "), IsEmpty());
  EXPECT_THAT(complete("/event plain CUSTOM "), ElementsAre("callcenter::info"));
}

TEST(ConsoleWords, AreNamesWhereNamesAreMeant) {
  EXPECT_THAT(complete("callcenter_config queue list members su"), ElementsAre("support@here"));
  EXPECT_THAT(complete("callcenter_config agent set status "), ElementsAre("ann", "bob"));
  EXPECT_THAT(complete("callcenter_config tier add sales@here a"), ElementsAre("ann"));
  EXPECT_THAT(complete("callcenter_config agent set status ann 'On"), ElementsAre("'On Break'"));
  EXPECT_THAT(complete("callcenter_config agent add "), Not(Contains("ann")));
}

TEST(ConsoleWords, ShareABeginning) {
  EXPECT_EQ(common_beginning({"state", "status"}), "stat");
  EXPECT_EQ(common_beginning({"one"}), "one");
  EXPECT_EQ(common_beginning({"a", "b"}), "");
  EXPECT_EQ(common_beginning({}), "");
}

}  // namespace
}  // namespace app
