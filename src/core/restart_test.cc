// A new process takes over: who talked goes on talking, who waited goes on waiting.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/rehearsal.h"

namespace core {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr const char* kMusic = "tone_stream://%(10000,0,450);loops=-1";

Configuration with_agents(std::initializer_list<const char*> names) {
  Configuration configuration = stage_configuration();
  for (const char* name : names) add_stage_agent(configuration, name);
  return configuration;
}

TEST(Restart, WaitingCallersHearMusicOnTheirPorts) {
  Rehearsal stage(with_agents({}));
  const base::LegId first = stage.call("q-support", "6001");
  stage.wait(seconds(1));
  const base::LegId second = stage.call("q-support", "6002");
  const std::string members = stage.api("callcenter_config queue list members support@default");
  const auto port = stage.all<call::AnswerLeg>()[0].answer.port;
  stage.forget();

  stage.restart();

  EXPECT_THAT(stage.all<call::RestoreDialog>(), SizeIs(2));
  ASSERT_THAT(stage.all<call::OpenMedia>(), SizeIs(2));
  EXPECT_EQ(stage.all<call::OpenMedia>()[0].port, port);
  EXPECT_EQ(stage.hears(first), kMusic);
  EXPECT_EQ(stage.hears(second), kMusic);
  EXPECT_THAT(stage.all<call::AnswerLeg>(), IsEmpty());
  EXPECT_THAT(stage.queue_events(), IsEmpty());
  EXPECT_EQ(stage.api("callcenter_config queue list members support@default"), members);
}

TEST(Restart, PairsGoOnTalking) {
  Rehearsal stage(with_agents({"ann"}));
  const base::LegId caller = stage.call("q-support");
  const base::LegId agent = stage.last<call::InviteLeg>()->leg;
  stage.answer(agent);
  stage.forget();

  stage.restart();

  EXPECT_THAT(stage.all<call::BridgeMedia>(), SizeIs(1));
  EXPECT_EQ(stage.hears(caller), "leg " + std::to_string(agent.value));
  EXPECT_THAT(stage.queue_events(), IsEmpty());
  stage.hang_up(agent);
  EXPECT_EQ(stage.last<call::HangUpLeg>()->leg, caller);
  EXPECT_THAT(stage.queue_events(),
              ElementsAre("bridge-agent-end ann SUCCESS", "member-queue-end ann SUCCESS Terminated",
                          "agent-state-change ann Waiting"));
}

TEST(Restart, RingingOfferIsCancelledAndMadeAnew) {
  Rehearsal stage(with_agents({"ann"}));
  const base::LegId caller = stage.call("q-support");
  stage.forget();

  stage.restart();
  stage.wait(std::chrono::milliseconds(100));

  EXPECT_THAT(
      stage.queue_events(),
      ElementsAre("bridge-agent-fail ann ORIGINATOR_CANCEL", "agent-state-change ann Waiting",
                  "agent-state-change ann Receiving", "agent-offering ann"));
  ASSERT_THAT(stage.all<call::InviteLeg>(), SizeIs(1));
  EXPECT_EQ(stage.hears(caller), kMusic);
  stage.answer(stage.last<call::InviteLeg>()->leg);
  EXPECT_EQ(stage.core().floor(stage.now()).talking, 1u);
}

TEST(Restart, UnansweredCallIsGone) {
  Configuration configuration = with_agents({});
  Rehearsal stage(configuration);
  stage.set_stagehands(Stagehands::Idle);
  const base::LegId caller = stage.call("q-support");
  stage.set_stagehands(Stagehands::Working);
  stage.forget();

  stage.restart();

  EXPECT_THAT(stage.all<call::RestoreDialog>(), IsEmpty());
  EXPECT_EQ(stage.last<call::HangUpLeg>()->leg, caller);
  EXPECT_EQ(stage.core().floor(stage.now()).legs, 0u);
}

TEST(Restart, LegThatWasBeingEndedIsEndedAgain) {
  Rehearsal stage(with_agents({"ann"}));
  const base::LegId caller = stage.call("q-support");
  const base::LegId agent = stage.last<call::InviteLeg>()->leg;
  stage.answer(agent);
  stage.set_stagehands(Stagehands::Idle);
  stage.feed(call::LegHungUp{caller, call::LegHungUp::How::Bye, std::nullopt});
  stage.feed(call::LegGone{caller});
  stage.set_stagehands(Stagehands::Working);
  stage.forget();

  stage.restart();

  ASSERT_THAT(stage.all<call::RestoreDialog>(), SizeIs(1));
  EXPECT_EQ(stage.all<call::RestoreDialog>()[0].leg, agent);
  EXPECT_EQ(stage.last<call::HangUpLeg>()->reason, "Q.850;cause=16;text=\"NORMAL_CLEARING\"");
  EXPECT_THAT(stage.events(), IsEmpty());
  stage.wait(std::chrono::seconds(1));
  EXPECT_EQ(stage.core().floor(stage.now()).legs, 0u);
}

TEST(Restart, PortThatIsTakenMeanwhileEndsItsLeg) {
  Rehearsal stage(with_agents({}));
  const base::LegId caller = stage.call("q-support");
  stage.set_stagehands(Stagehands::Idle);
  stage.restart();
  stage.forget();

  stage.feed(call::MediaFailed{caller, "in use"});

  EXPECT_EQ(stage.last<call::HangUpLeg>()->leg, caller);
  EXPECT_THAT(stage.queue_events(),
              ElementsAre("member-queue-end Cancel BREAK_OUT", "members-count 0"));
}

TEST(Restart, PauseGoesOnWhereItWas) {
  Rehearsal stage(with_agents({}));
  stage.call("sleepy");
  stage.wait(milliseconds(1'000));
  stage.restart();
  stage.forget();

  stage.wait(milliseconds(1'999));
  EXPECT_THAT(stage.all<call::HangUpLeg>(), IsEmpty());
  stage.wait(milliseconds(1));

  EXPECT_THAT(stage.all<call::HangUpLeg>(), SizeIs(1));
}

TEST(Restart, RegistrationsAreKept) {
  Configuration configuration = stage_configuration();
  configuration.directory.add({.id = "1001",
                               .domain = "default",
                               .password = "x",
                               .a1_hash = {},
                               .dial_string = {},
                               .variables = {}});
  queue::AgentSettings agent;
  agent.name = "ann";
  agent.type = "callback";
  agent.contact = "user/1001@default";
  agent.status = queue::AgentStatus::Available;
  configuration.call_center.agents.push_back(agent);
  configuration.call_center.tiers.push_back({"support@default", "ann", 1, 1});
  Rehearsal stage(configuration);
  call::RegistrationReceived registration;
  registration.ticket = base::Ticket{4};
  registration.profile = "internal";
  registration.user = "1001";
  registration.domain = "default";
  registration.contacts = {{"sip:1001@10.0.0.9:5060", 120}};
  registration.source = "127.0.0.1:5071";
  registration.cseq = 1;
  stage.feed(registration);
  ASSERT_THAT(stage.all<call::AcceptRegistration>(), SizeIs(1));
  EXPECT_EQ(stage.all<call::AcceptRegistration>()[0].contacts[0].expires_seconds, 120);

  stage.restart();
  stage.call("q-support");

  ASSERT_THAT(stage.all<call::InviteLeg>(), SizeIs(1));
  EXPECT_EQ(stage.last<call::InviteLeg>()->request_uri, "sip:1001@10.0.0.9:5060");
  EXPECT_EQ(stage.last<call::InviteLeg>()->next_hop, "127.0.0.1:5071");
}

TEST(Restart, NumbersOfEventsAndLegsGoOn) {
  Rehearsal stage(with_agents({}));
  const base::LegId caller = stage.call("q-support");
  const auto before = stage.last<Publish>()->event.sequence;
  stage.restart();

  stage.hang_up(caller);

  EXPECT_EQ(stage.core().next_inbound_leg(), base::LegId{caller.value + 2});
  std::uint64_t next = before;
  for (const Publish& publish : stage.all<Publish>()) {
    if (publish.event.sequence <= before) continue;
    EXPECT_EQ(publish.event.sequence, ++next);
  }
}

}  // namespace
}  // namespace core
