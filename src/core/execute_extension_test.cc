// execute_extension and multiset, each also with the core saved and restored before every input.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/call_flow_testing.h"

namespace core {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class ExecuteExtension : public CallFlow {
 protected:
  static Configuration with_macros() {
    Configuration made = with_agents({});
    add_extension(made, "^greeting$",
                  {{"answer", ""}, {"set", "greeted=${destination_number}"}, {"sleep", "1000"}});
    add_extension(made, "^welcome$",
                  {{"execute_extension", "greeting XML default"},
                   {"set", "after=${greeted}/${destination_number}"},
                   {"hangup", "USER_BUSY"}});
    add_extension(made, "^lost$",
                  {{"execute_extension", "nowhere"}, {"execute_extension", ""}, {"answer", ""}});
    add_extension(made, "^elsewhere$", {{"execute_extension", "greeting XML missing"}});
    add_extension(made, "^circle$", {{"execute_extension", "circle"}, {"answer", ""}});
    add_extension(
        made, "^many$",
        {{"multiset", "one=1 two=2  three"}, {"multiset", "^^;four=a b;five=c=d"}, {"hangup", ""}});
    return made;
  }
};

INSTANTIATE_TEST_SUITE_P(, ExecuteExtension, both_persistences(), name_of_persistence);

TEST_P(ExecuteExtension, RunsBeforeTheNextActionAndComesBack) {
  Rehearsal stage(with_macros(), GetParam());
  stage.call("welcome");
  EXPECT_THAT(stage.all<call::AnswerLeg>(), SizeIs(1));
  EXPECT_THAT(stage.all<call::HangUpLeg>(), IsEmpty());

  stage.wait(std::chrono::milliseconds(1000));

  const auto caller = stage.hangup_of("inbound");
  EXPECT_EQ(caller->get("Hangup-Cause"), "USER_BUSY");
  EXPECT_EQ(variable(caller, "after"), "welcome/welcome");
  EXPECT_EQ(caller->get("Caller-Destination-Number"), "welcome");
}

TEST_P(ExecuteExtension, OneThatIsNotThereIsNamedAndTheNextActionRuns) {
  Rehearsal stage(with_macros(), GetParam());
  stage.call("lost");

  const auto lines = stage.all<LogLine>();
  ASSERT_THAT(lines, SizeIs(2));
  EXPECT_THAT(lines[0].text, HasSubstr("execute_extension nowhere: no such extension"));
  EXPECT_THAT(lines[1].text, HasSubstr("execute_extension without an extension"));
  EXPECT_THAT(stage.all<call::AnswerLeg>(), SizeIs(1));
}

TEST_P(ExecuteExtension, OneInAContextThatIsNotThereLeavesTheCallersContext) {
  Rehearsal stage(with_macros(), GetParam());
  stage.call("elsewhere");

  EXPECT_THAT(stage.all<LogLine>()[0].text, HasSubstr("no context missing"));
  EXPECT_EQ(stage.hangup_of("inbound")->get("Caller-Context"), "default");
}

TEST_P(ExecuteExtension, ACircleEndsTheCall) {
  Rehearsal stage(with_macros(), GetParam());
  stage.call("circle");

  EXPECT_THAT(stage.all<call::HangUpLeg>(), SizeIs(1));
}

TEST_P(ExecuteExtension, MultisetSetsEach) {
  Rehearsal stage(with_macros(), GetParam());
  stage.call("many");

  const auto caller = stage.hangup_of("inbound");
  EXPECT_EQ(variable(caller, "one"), "1");
  EXPECT_EQ(variable(caller, "two"), "2");
  EXPECT_EQ(variable(caller, "four"), "a b");
  EXPECT_EQ(variable(caller, "five"), "c=d");
}

TEST_P(ExecuteExtension, MultisetRunsBesideAQueue) {
  Rehearsal stage(with_macros(), GetParam());
  const base::LegId caller = stage.call("q-support");
  const std::string uuid(stage.all<Publish>().front().event.get("Unique-ID"));

  stage.api("uuid_broadcast " + uuid + " multiset::^^;six=6;seven=7");

  EXPECT_EQ(stage.hears(caller), kMusic);
  EXPECT_EQ(stage.api("uuid_getvar " + uuid + " six"), "6");
  EXPECT_EQ(stage.api("uuid_getvar " + uuid + " seven"), "7");
}

}  // namespace
}  // namespace core
