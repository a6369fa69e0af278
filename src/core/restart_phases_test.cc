// A crash in each phase of a call, and what follows for the legs, the queue and the sounds: one row
// per phase.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "core/call_flow_testing.h"

namespace core {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::ElementsAreArray;

constexpr const char* kHoldMusic = "tone_stream://%(1000,0,450)";
constexpr const char* kTone = "tone_stream://%(400,0,500)";
constexpr base::LegId kCaller{1};
constexpr base::LegId kAgent{2};
using Lines = std::vector<std::string>;

Configuration stage_with_all_phases() {
  Configuration made = stage_configuration();
  add_stage_agent(made, "ann");
  made.call_center.agents.front().wrap_up_seconds = 10;
  for (queue::QueueSettings& queue : made.call_center.queues) {
    queue.announce_sound = "please-hold.wav";
    queue.announce_frequency_seconds = 20;
  }
  add_extension(made, "^told$",
                {{"set", "cc_outbound_announce=queue.wav"}, {"callcenter", "support@default"}});
  add_extension(made, "^ringing$", {{"ring_ready", ""}, {"park", ""}});
  add_extension(made, "^early$", {{"pre_answer", ""}, {"park", ""}});
  add_extension(made, "^prompt$", {{"answer", ""}, {"playback", "hello.wav"}, {"park", ""}});
  add_extension(made, "^standby$",
                {{"set", "res=${callcenter_config(agent set type ann uuid-standby)}"},
                 {"set", "res=${callcenter_config(agent set uuid ann ${uuid})}"},
                 {"set", std::string("cc_warning_tone=") + kTone},
                 {"set", "park_after_bridge=true"},
                 {"answer", ""},
                 {"playback", "standby.wav"},
                 {"park", ""}});
  return made;
}

// "RestoreDialog 1": what sip is told of which leg.
Lines orders_to_sip(const Rehearsal& stage) {
  Lines lines;
  for (const call::SipOrder& order : stage.sip_orders()) {
    std::visit(
        [&](const auto& one) {
          if constexpr (requires { one.leg; }) {
            lines.push_back(std::string(one.kName) + " " + std::to_string(one.leg.value));
          }
        },
        order);
  }
  return lines;
}

struct Phase {
  std::string_view name;
  // What happens before the crash …
  void (*reach)(Rehearsal& stage);
  // … and what follows in the first tenth of a second after it.
  Lines sip;
  Lines events = {};
  std::string caller_hears = {};
  std::string agent_hears = {};
  std::size_t waiting = 0;
  std::size_t talking = 0;
  std::size_t legs = 0;
};

void PrintTo(const Phase& phase, std::ostream* out) {
  *out << phase.name;
}

void ring(Rehearsal& stage) {
  stage.call("q-support");
}
void talk(Rehearsal& stage) {
  ring(stage);
  stage.answer(kAgent);
}
void wait_without_agent(Rehearsal& stage) {
  stage.api("callcenter_config agent set status ann 'Logged Out'");
  ring(stage);
}
// The port is there, and nothing else is done by anybody.
void call_without_confirmation(Rehearsal& stage, std::string_view number) {
  stage.set_stagehands(Stagehands::Idle);
  stage.call(number);
  stage.feed(call::MediaOpened{kCaller, 20'000});
  stage.set_stagehands(Stagehands::Working);
}

const Lines kOfferFailsAndIsMadeAnew = {"bridge-agent-fail ann ORIGINATOR_CANCEL",
                                        "agent-state-change ann Waiting",
                                        "agent-state-change ann Receiving", "agent-offering ann"};

const std::vector<Phase> kPhases = {
    {.name = "CallerWaits",
     .reach = wait_without_agent,
     .sip = {"RestoreDialog 1"},
     .caller_hears = kMusic,
     .waiting = 1,
     .legs = 1},
    {.name = "CallerHearsAnnouncement",
     .reach =
         [](Rehearsal& stage) {
           wait_without_agent(stage);
           stage.wait(seconds(20));
         },
     .sip = {"RestoreDialog 1"},
     .caller_hears = "please-hold.wav",
     .waiting = 1,
     .legs = 1},
    {.name = "PhoneIsBeingCalled",
     .reach = ring,
     .sip = {"RestoreDialog 1", "RestoreInvite 2", "HangUpLeg 2", "InviteLeg 4"},
     .events = kOfferFailsAndIsMadeAnew,
     .caller_hears = kMusic,
     .waiting = 1,
     .legs = 2},
    {.name = "PhoneMayHaveBeenCalled",
     .reach =
         [](Rehearsal& stage) {
           wait_without_agent(stage);
           stage.set_stagehands(Stagehands::Idle);
           stage.api("callcenter_config agent set status ann Available");
           stage.feed(call::MediaOpened{kAgent, 20'004});
           stage.set_stagehands(Stagehands::Working);
         },
     .sip = {"RestoreDialog 1", "InviteLeg 2", "HangUpLeg 2", "InviteLeg 4"},
     .events = kOfferFailsAndIsMadeAnew,
     .caller_hears = kMusic,
     .waiting = 1,
     .legs = 2},
    {.name = "PhoneRings",
     .reach =
         [](Rehearsal& stage) {
           ring(stage);
           stage.feed(call::LegProgressed{kAgent, 180, std::nullopt});
         },
     .sip = {"RestoreDialog 1", "RestoreInvite 2", "HangUpLeg 2", "InviteLeg 4"},
     .events = kOfferFailsAndIsMadeAnew,
     .caller_hears = kMusic,
     .waiting = 1,
     .legs = 2},
    {.name = "AgentHearsAnnouncement",
     .reach =
         [](Rehearsal& stage) {
           stage.call("told");
           stage.answer(kAgent);
         },
     .sip = {"RestoreDialog 1", "RestoreDialog 2"},
     .caller_hears = kMusic,
     .agent_hears = "queue.wav",
     .waiting = 1,
     .legs = 2},
    {.name = "TheyTalk",
     .reach = talk,
     .sip = {"RestoreDialog 1", "RestoreDialog 2"},
     .caller_hears = "leg 2",
     .agent_hears = "leg 1",
     .talking = 1,
     .legs = 2},
    {.name = "AgentHolds",
     .reach =
         [](Rehearsal& stage) {
           talk(stage);
           call::MediaDescription hold;
           hold.address = "127.0.0.1";
           hold.port = 4002;
           hold.codecs = {call::Codec{0, "PCMU", 8000, {}}};
           hold.direction = call::MediaDirection::SendOnly;
           stage.feed(call::LegReinvited{kAgent, hold});
         },
     .sip = {"RestoreDialog 1", "RestoreDialog 2"},
     .caller_hears = kHoldMusic,
     .agent_hears = "leg 1",
     .talking = 1,
     .legs = 2},
    {.name = "AgentWrapsUp",
     .reach =
         [](Rehearsal& stage) {
           talk(stage);
           stage.wait(seconds(2));
           stage.hang_up(kCaller);
           stage.wait(seconds(2));
           stage.call("q-support", "6002");
         },
     .sip = {"RestoreDialog 3"},
     .waiting = 1,
     .legs = 1},
    {.name = "StandbyAgentWaits",
     .reach = [](Rehearsal& stage) { stage.call("standby", "7001"); },
     .sip = {"RestoreDialog 1"},
     .caller_hears = "standby.wav",
     .legs = 1},
    {.name = "StandbyAgentIsWarned",
     .reach =
         [](Rehearsal& stage) {
           stage.call("standby", "7001");
           stage.wait(seconds(1));
           stage.call("q-support");
         },
     .sip = {"RestoreDialog 1", "RestoreDialog 3"},
     .caller_hears = kTone,
     .waiting = 1,
     .legs = 2},
    {.name = "StandbyAgentTalks",
     .reach =
         [](Rehearsal& stage) {
           stage.call("standby", "7001");
           stage.wait(seconds(1));
           stage.call("q-support");
           stage.sound_ends(kCaller);
         },
     .sip = {"RestoreDialog 1", "RestoreDialog 3"},
     .caller_hears = "leg 3",
     .talking = 1,
     .legs = 2},
    {.name = "CallerHearsAPrompt",
     .reach = [](Rehearsal& stage) { stage.call("prompt"); },
     .sip = {"RestoreDialog 1"},
     .caller_hears = "hello.wav",
     .legs = 1},
    {.name = "CallerIsNotAnswered",
     .reach = [](Rehearsal& stage) { stage.call("ringing"); },
     .sip = {"RestoreInvite 1", "HangUpLeg 1"}},
    {.name = "CallerHearsEarlyMedia",
     .reach = [](Rehearsal& stage) { stage.call("early"); },
     .sip = {"RestoreInvite 1", "HangUpLeg 1"}},
    {.name = "CallerHasNoPortYet",
     .reach =
         [](Rehearsal& stage) {
           stage.set_stagehands(Stagehands::Idle);
           stage.call("q-support");
           stage.set_stagehands(Stagehands::Working);
         },
     .sip = {"RestoreInvite 1", "HangUpLeg 1"}},
    {.name = "AnswerIsNotConfirmed",
     .reach = [](Rehearsal& stage) { call_without_confirmation(stage, "prompt"); },
     .sip = {"RestoreInvite 1", "AnswerLeg 1"},
     .caller_hears = "hello.wav",
     .legs = 1},
    {.name = "AnsweredCallIsEndedUnconfirmed",
     .reach =
         [](Rehearsal& stage) {
           call_without_confirmation(stage, "prompt");
           stage.set_stagehands(Stagehands::Idle);
           stage.api("hupall");
           stage.set_stagehands(Stagehands::Working);
         },
     .sip = {"RestoreInvite 1", "AnswerLeg 1", "HangUpLeg 1"}},
    {.name = "PhoneIsBeingCancelled",
     .reach =
         [](Rehearsal& stage) {
           ring(stage);
           stage.set_stagehands(Stagehands::Idle);
           stage.hang_up(kCaller);
           stage.set_stagehands(Stagehands::Working);
         },
     .sip = {"RestoreInvite 2", "HangUpLeg 2"}},
};

class RestartInPhase : public ::testing::TestWithParam<Phase> {};

INSTANTIATE_TEST_SUITE_P(, RestartInPhase, ::testing::ValuesIn(kPhases),
                         [](const auto& row) { return std::string(row.param.name); });

TEST_P(RestartInPhase, LosesNobody) {
  const Phase& phase = GetParam();
  Rehearsal stage(stage_with_all_phases());
  phase.reach(stage);
  stage.forget();

  stage.restart();
  stage.wait(milliseconds(100));

  EXPECT_THAT(orders_to_sip(stage), ElementsAreArray(phase.sip));
  EXPECT_THAT(stage.queue_events(), ElementsAreArray(phase.events));
  EXPECT_EQ(stage.hears(kCaller), phase.caller_hears);
  EXPECT_EQ(stage.hears(kAgent), phase.agent_hears);
  const Floor floor = stage.core().floor(stage.now());
  EXPECT_EQ(floor.waiting, phase.waiting);
  EXPECT_EQ(floor.talking, phase.talking);
  stage.wait(seconds(2));
  EXPECT_EQ(stage.core().floor(stage.now()).legs, phase.legs);
}

TEST_P(RestartInPhase, TwiceInARowIsAsOnce) {
  const Phase& phase = GetParam();
  Rehearsal stage(stage_with_all_phases());
  phase.reach(stage);
  stage.set_stagehands(Stagehands::Idle);
  stage.restart();
  stage.set_stagehands(Stagehands::Working);
  stage.forget();

  stage.restart();
  stage.wait(milliseconds(100));

  EXPECT_EQ(stage.hears(kCaller), phase.caller_hears);
  EXPECT_EQ(stage.hears(kAgent), phase.agent_hears);
  const Floor floor = stage.core().floor(stage.now());
  EXPECT_EQ(floor.waiting, phase.waiting);
  EXPECT_EQ(floor.talking, phase.talking);
}

TEST(RestartDetail, RefusesTheCallerWith503) {
  Rehearsal stage(stage_with_all_phases());
  stage.call("ringing");

  stage.restart();

  EXPECT_EQ(stage.last<call::HangUpLeg>()->final_status, 503);
  const auto restored = *stage.last<call::RestoreInvite>();
  ASSERT_TRUE(restored.received.has_value());
  EXPECT_EQ(restored.received->local_tag, "ours");
  EXPECT_FALSE(restored.sent.has_value());
}

TEST(RestartDetail, CancelsThePhoneByTheBranchOfItsInvite) {
  Rehearsal stage(stage_with_all_phases());
  ring(stage);
  stage.forget();

  stage.restart();

  const auto restored = stage.all<call::RestoreInvite>();
  ASSERT_EQ(restored.size(), 1u);
  ASSERT_TRUE(restored[0].sent.has_value());
  EXPECT_EQ(restored[0].sent->branch, "z9hG4bK-2");
  EXPECT_EQ(restored[0].facts.call_id, "call-2");
}

TEST(RestartDetail, KeepsTheAgentsRestAfterAConversation) {
  Rehearsal stage(stage_with_all_phases());
  talk(stage);
  stage.hang_up(kAgent);
  stage.wait(seconds(2));
  stage.restart();
  stage.call("q-support", "6002");
  stage.forget();

  stage.wait(milliseconds(7'999));
  EXPECT_TRUE(stage.all<call::InviteLeg>().empty());
  stage.wait(milliseconds(1));
  EXPECT_EQ(stage.all<call::InviteLeg>().size(), 1u);
}

}  // namespace
}  // namespace core
