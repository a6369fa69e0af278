// Agents whose contact is an extension of the dialplan (loopback/EXTENSION/CONTEXT).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/rehearsal.h"

namespace core {
namespace {

using std::chrono::seconds;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Loopback : public ::testing::TestWithParam<Persistence> {
 protected:
  static Configuration with_contact(std::string contact, std::vector<dialplan::Action> actions) {
    Configuration configuration = stage_configuration();
    add_stage_agent(configuration, "ann");
    configuration.call_center.agents[0].contact = std::move(contact);
    dialplan::Condition condition;
    condition.test.field = "destination_number";
    condition.test.expression = "^1001$";
    condition.actions = std::move(actions);
    dialplan::Extension extension;
    extension.name = "agent";
    extension.conditions.push_back(std::move(condition));
    dialplan::Context context;
    context.name = "agents";
    context.extensions.push_back(std::move(extension));
    configuration.dialplan.contexts.push_back(std::move(context));
    return configuration;
  }
};

INSTANTIATE_TEST_SUITE_P(, Loopback,
                         ::testing::Values(Persistence::Continuous, Persistence::SavedEachTime),
                         [](const auto& mode) {
                           return mode.param == Persistence::Continuous ? "Continuous"
                                                                        : "SavedEachTime";
                         });

TEST_P(Loopback, PhoneThatTheExtensionNamesHasTheCall) {
  Rehearsal stage(with_contact("loopback/1001/agents",
                               {{"set", "effective_caller_id_name=Front"},
                                {"export", "sip_h_X-Team=red"},
                                {"bridge", "sofia/internal/${destination_number}@127.0.0.1"}}),
                  GetParam());
  const base::LegId caller = stage.call("q-support");
  ASSERT_THAT(stage.all<call::InviteLeg>(), SizeIs(1));
  const auto invite = stage.last<call::InviteLeg>();
  EXPECT_EQ(invite->request_uri, "sip:1001@127.0.0.1");
  EXPECT_EQ(invite->from_display, "Front");
  EXPECT_THAT(invite->headers, ElementsAre(::testing::Pair("X-Team", "red")));

  stage.answer(invite->leg);

  EXPECT_EQ(stage.hears(caller), "leg " + std::to_string(invite->leg.value));
  EXPECT_EQ(stage.core().floor(stage.now()).legs, 2u);
  stage.hang_up(caller);
  EXPECT_EQ(stage.hangup_of("outbound", "6001")->get("variable_cc_agent"), "ann");
}

TEST_P(Loopback, TimeLimitOfTheContactCountsForItsPhones) {
  Rehearsal stage(with_contact("[leg_timeout=2]loopback/1001/agents",
                               {{"bridge", "sofia/internal/a@127.0.0.1"}}),
                  GetParam());
  stage.call("q-support");

  stage.wait(seconds(3));

  EXPECT_THAT(stage.queue_events(), Contains("bridge-agent-fail ann ALLOTTED_TIMEOUT"));
}

TEST_P(Loopback, PhonesBesideItRingTogetherWithThoseOfTheExtension) {
  Rehearsal stage(with_contact("sofia/internal/b@127.0.0.1,loopback/1001/agents",
                               {{"bridge", "sofia/internal/a@127.0.0.1"}}),
                  GetParam());
  const base::LegId caller = stage.call("q-support");
  ASSERT_THAT(stage.all<call::InviteLeg>(), SizeIs(2));

  stage.hang_up(caller);

  EXPECT_EQ(stage.core().floor(stage.now()).legs, 0u);
}

TEST_P(Loopback, NextGroupFollowsAnExtensionThatEnds) {
  Rehearsal stage(with_contact("loopback/1001/agents|sofia/internal/b@127.0.0.1",
                               {{"playback", "busy.wav"}, {"hangup", "USER_BUSY"}}),
                  GetParam());

  stage.call("q-support");

  EXPECT_THAT(stage.all<call::InviteLeg>(), SizeIs(1));
  EXPECT_THAT(stage.all<call::PlaySound>(), SizeIs(1));  // The caller's music.
  EXPECT_THAT(stage.all<LogLine>()[0].text, HasSubstr("playback is not run without a phone"));
}

TEST_P(Loopback, CallerWhoLeavesEndsAnExtensionThatWaits) {
  Rehearsal stage(with_contact("loopback/1001/agents", {{"sleep", "5000"}, {"hangup", ""}}),
                  GetParam());
  const base::LegId caller = stage.call("q-support");

  stage.hang_up(caller);

  EXPECT_THAT(stage.queue_events(), Contains("bridge-agent-fail ann ORIGINATOR_CANCEL"));
  EXPECT_EQ(stage.core().floor(stage.now()).legs, 0u);
}

TEST_P(Loopback, ExtensionThatNamesItselfEnds) {
  Rehearsal stage(with_contact("loopback/1001/agents", {{"bridge", "loopback/1001/agents"}}),
                  GetParam());

  stage.call("q-support");

  EXPECT_THAT(stage.queue_events(), Contains("bridge-agent-fail ann EXCHANGE_ROUTING_ERROR"));
}

TEST_P(Loopback, RestartEndsAnExtensionThatWaits) {
  Rehearsal stage(with_contact("loopback/1001/agents", {{"sleep", "5000"}, {"hangup", ""}}),
                  GetParam());
  stage.call("q-support");

  stage.restart();

  EXPECT_THAT(stage.queue_events(), Contains("bridge-agent-fail ann ORIGINATOR_CANCEL"));
  EXPECT_THAT(stage.all<call::InviteLeg>(), IsEmpty());
}

}  // namespace
}  // namespace core
