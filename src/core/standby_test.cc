// Standby agents: they have called in, and the queue's callers are bridged with the call that is
// open (spec/04 §6). Each flow also with the core saved and restored before every input.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "core/call_flow_testing.h"

namespace core {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr const char* kTone = "tone_stream://%(400,0,500)";
constexpr const char* kOwnMusic = "tone_stream://%(10000,0,350);loops=-1";

class Standby : public CallFlow {
 protected:
  Standby() : stage_(configuration(), GetParam()) {}

  // standby-NAME logs in and hears music, then is parked or comes back; quiet-NAME is parked.
  static Configuration configuration() {
    Configuration made = with_agents({"ann", "bob"});
    for (auto& agent : made.call_center.agents) {
      agent.type = "uuid-standby";
      agent.status = queue::AgentStatus::LoggedOut;
    }
    add_waiting_place(made, "standby", {"set", "park_after_bridge=true"}, {"playback", kOwnMusic});
    add_waiting_place(made, "return", {"set", "transfer_after_bridge=return-$1:XML:default"},
                      {"playback", kOwnMusic});
    add_waiting_place(made, "once", {"set", "nothing=more"}, {"playback", kOwnMusic});
    add_waiting_place(made, "quiet", {"set", "park_after_bridge=true"}, {"park", ""});
    add_waiting_place(made, "nap", {"set", "park_after_bridge=true"}, {"sleep", "1000"});
    return made;
  }
  static void add_waiting_place(Configuration& made, const std::string& name,
                                const dialplan::Action& afterwards,
                                const dialplan::Action& waiting) {
    const auto set = [](const std::string& what) {
      return dialplan::Action{"set", "res=${callcenter_config(agent set " + what + ")}"};
    };
    add_extension(made, "^" + name + "-(.+)$",
                  {set("uuid $1 ${uuid}"),
                   set("status $1 Available"),
                   set("state $1 Waiting"),
                   afterwards,
                   {"set", std::string("cc_warning_tone=") + kTone},
                   {"answer", ""},
                   waiting,
                   {"park", ""}});
  }

  base::LegId stand_by(std::string_view place) {
    const base::LegId agent = stage_.call(place, "7001", "Ann Agent");
    stage_.wait(seconds(1));
    return agent;
  }
  std::string uuid_of(std::string_view number) {
    for (const auto& publish : stage_.all<Publish>()) {
      if (publish.event.get("Caller-Caller-ID-Number") == number) {
        return std::string(publish.event.get("Unique-ID"));
      }
    }
    return {};
  }
  std::string variable_of(const std::string& uuid, std::string_view name) {
    return stage_.api("uuid_getvar " + uuid + " " + std::string(name));
  }
  std::string state_of_ann() { return stage_.api("callcenter_config agent get state ann"); }
  static std::string leg(base::LegId id) { return "leg " + std::to_string(id.value); }

  Rehearsal stage_;
};

INSTANTIATE_TEST_SUITE_P(, Standby, both_persistences(), name_of_persistence);

TEST_P(Standby, AgentHearsTheWarningToneBeforeTheCaller) {
  const base::LegId agent = stand_by("standby-ann");
  EXPECT_EQ(stage_.hears(agent), kOwnMusic);

  const base::LegId caller = stage_.call("q-support");
  EXPECT_EQ(stage_.hears(agent), kTone);
  EXPECT_EQ(stage_.hears(caller), kMusic);
  stage_.sound_ends(agent);

  EXPECT_EQ(stage_.hears(agent), leg(caller));
  EXPECT_EQ(stage_.hears(caller), leg(agent));
  EXPECT_THAT(stage_.all<call::InviteLeg>(), IsEmpty());
}

TEST_P(Standby, EventsComeInTheOrderOfTheOriginal) {
  const base::LegId agent = stand_by("standby-ann");
  stage_.forget();

  const base::LegId caller = stage_.call("q-support");
  stage_.sound_ends(agent);
  stage_.hang_up(caller);

  EXPECT_THAT(
      stage_.queue_events(),
      ElementsAre("member-queue-start", "members-count 1", "agent-state-change ann Receiving",
                  "agent-offering ann", "bridge-agent-start ann", "members-count 0",
                  "agent-state-change ann In a queue call", "bridge-agent-end ann NONE",
                  "member-queue-end ann NONE Terminated", "agent-state-change ann Waiting"));
  for (const auto& publish : stage_.all<Publish>()) {
    if (publish.event.get("CC-Action") != "bridge-agent-end") continue;
    EXPECT_EQ(publish.event.get("CC-Bridge-Hangup-Cause"), "NORMAL_CLEARING");
    EXPECT_EQ(publish.event.get("CC-Agent-Called-Time"), "0");
    EXPECT_EQ(publish.event.get("CC-Agent-UUID"), publish.event.get("Unique-ID"));
  }
}

TEST_P(Standby, LegHasTheVariablesOfAStandbyAgent) {
  const base::LegId agent = stand_by("standby-ann");
  const std::string uuid = uuid_of("7001");
  stage_.api("uuid_setvar " + uuid + " kit_missing old");

  stage_.call("export");
  stage_.sound_ends(agent);

  EXPECT_EQ(variable_of(uuid, "cc_side"), "agent");
  EXPECT_EQ(variable_of(uuid, "cc_queue"), "support@default");
  EXPECT_EQ(variable_of(uuid, "cc_agent"), "ann");
  EXPECT_EQ(variable_of(uuid, "cc_agent_type"), "uuid-standby");
  EXPECT_EQ(variable_of(uuid, "cc_member_session_uuid"), uuid_of("6001"));
  EXPECT_EQ(variable_of(uuid, "cc_agent_bridged"), "true");
  EXPECT_EQ(variable_of(uuid, "kit_one"), "first value");
  for (const char* absent : {"cc_queue_joined_epoch", "cc_member_pre_answer_uuid", "kit_missing",
                             "ignore_early_media"}) {
    EXPECT_EQ(variable_of(uuid, absent), "_undef_") << absent;
  }
}

TEST_P(Standby, ParkedAfterTheCallTheAgentGetsTheNextOneWithoutAWarning) {
  const base::LegId agent = stand_by("standby-ann");
  const base::LegId first = stage_.call("q-support");
  stage_.sound_ends(agent);

  stage_.hang_up(first);
  EXPECT_EQ(stage_.hears(agent), "");
  EXPECT_EQ(state_of_ann(), "Waiting");
  const base::LegId second = stage_.call("q-support", "6002");

  EXPECT_EQ(stage_.hears(agent), leg(second));
}

TEST_P(Standby, TransferAfterBridgeTakesTheAgentBackToItsPlace) {
  const base::LegId agent = stand_by("return-ann");
  const base::LegId caller = stage_.call("q-support");
  stage_.sound_ends(agent);

  stage_.hang_up(caller);

  EXPECT_EQ(stage_.hears(agent), kOwnMusic);
  EXPECT_EQ(state_of_ann(), "Waiting");
  stage_.call("q-support", "6002");
  EXPECT_EQ(stage_.hears(agent), kTone);
}

TEST_P(Standby, AgentWhoDoesNotReturnIsHungUpAfterTheCall) {
  const base::LegId agent = stand_by("once-ann");
  const base::LegId caller = stage_.call("q-support");
  stage_.sound_ends(agent);
  stage_.forget();

  stage_.hang_up(caller);

  ASSERT_THAT(stage_.all<call::HangUpLeg>(), SizeIs(1));
  EXPECT_EQ(stage_.last<call::HangUpLeg>()->leg, agent);
  EXPECT_EQ(stage_.last<call::HangUpLeg>()->reason, "Q.850;cause=16;text=\"NORMAL_CLEARING\"");
}

TEST_P(Standby, NextCallerWhoWaitsAlreadyGetsTheAgentAtOnce) {
  const base::LegId agent = stand_by("return-ann");
  const base::LegId first = stage_.call("q-support");
  stage_.sound_ends(agent);
  const base::LegId second = stage_.call("q-support", "6002");

  stage_.hang_up(first);
  EXPECT_EQ(stage_.hears(agent), kTone);
  stage_.sound_ends(agent);

  EXPECT_EQ(stage_.hears(agent), leg(second));
}

TEST_P(Standby, CallerGoneDuringTheTransferBackLeavesTheAgentInItsPlace) {
  const base::LegId agent = stand_by("return-ann");
  const base::LegId first = stage_.call("q-support");
  stage_.sound_ends(agent);
  const base::LegId second = stage_.call("q-support", "6002");
  stage_.hang_up(first);

  stage_.hang_up(second);

  EXPECT_EQ(stage_.hears(agent), kOwnMusic);
  EXPECT_EQ(state_of_ann(), "Waiting");
}

TEST_P(Standby, AgentWhoHangsUpInTheCallLeavesTheCallerToItsDialplan) {
  const base::LegId agent = stand_by("standby-ann");
  const base::LegId caller = stage_.call("after-support");
  stage_.sound_ends(agent);

  stage_.hang_up(agent);

  EXPECT_EQ(stage_.hears(caller), "tone_stream://%(1500,0,1200)");
  EXPECT_EQ(stage_.api("callcenter_config agent get status ann"), "Available");
}

TEST_P(Standby, LostLegLogsTheAgentOutAtTheNextOffer) {
  const base::LegId agent = stand_by("standby-ann");
  stage_.hang_up(agent);
  stage_.forget();

  const base::LegId caller = stage_.call("q-support");

  EXPECT_THAT(
      stage_.queue_events(),
      ElementsAre("member-queue-start", "members-count 1", "agent-state-change ann Receiving",
                  "agent-offering ann", "agent-status-change ann Logged Out",
                  "bridge-agent-fail ann NONE", "agent-state-change ann Waiting"));
  EXPECT_EQ(stage_.api("callcenter_config agent get uuid ann"), "");
  EXPECT_EQ(stage_.hears(caller), kMusic);
}

TEST_P(Standby, AgentLostDuringItsWarningIsLoggedOutAndTheCallerWaitsOn) {
  const base::LegId agent = stand_by("standby-ann");
  const base::LegId caller = stage_.call("q-support");
  stage_.forget();

  stage_.hang_up(agent);

  EXPECT_THAT(stage_.queue_events(),
              ElementsAre("agent-status-change ann Logged Out", "bridge-agent-fail ann NONE",
                          "agent-state-change ann Waiting"));
  EXPECT_EQ(stage_.hears(caller), kMusic);
}

TEST_P(Standby, CallerGoneDuringTheWarningGivesTheAgentItsMusicBack) {
  const base::LegId agent = stand_by("standby-ann");
  const base::LegId caller = stage_.call("q-support");
  stage_.forget();

  stage_.hang_up(caller);

  EXPECT_EQ(stage_.hears(agent), kOwnMusic);
  EXPECT_THAT(stage_.all<call::HangUpLeg>(), IsEmpty());
  EXPECT_THAT(
      stage_.queue_events(),
      ElementsAre("member-queue-end Cancel BREAK_OUT", "members-count 0",
                  "bridge-agent-fail ann ORIGINATOR_CANCEL", "agent-state-change ann Waiting"));
}

TEST_P(Standby, PauseThatEndsDuringTheWarningIsOverAfterIt) {
  const base::LegId agent = stage_.call("nap-ann", "7001", "Ann Agent");
  const base::LegId caller = stage_.call("q-support");
  EXPECT_EQ(stage_.hears(agent), kTone);
  stage_.wait(seconds(2));

  stage_.hang_up(caller);

  // Parked now: the next call comes without a warning.
  const base::LegId next = stage_.call("q-support", "6002");
  EXPECT_EQ(stage_.hears(agent), leg(next));
}

TEST_P(Standby, EndlessWarningEndsWithTheTimeOfAnOffer) {
  const base::LegId agent = stand_by("standby-ann");
  const base::LegId caller = stage_.call("q-support");

  stage_.wait(seconds(60));

  EXPECT_EQ(stage_.hears(agent), leg(caller));
}

TEST_P(Standby, SeveralWarningsAreHeardInTheirOrder) {
  const base::LegId agent = stand_by("standby-ann");
  stage_.api("uuid_setvar " + uuid_of("7001") + " cc_warning_tone ARRAY::one.wav::two.wav");
  const base::LegId caller = stage_.call("q-support");

  EXPECT_EQ(stage_.hears(agent), "one.wav");
  stage_.sound_ends(agent);
  EXPECT_EQ(stage_.hears(agent), "two.wav");
  stage_.sound_ends(agent);

  EXPECT_EQ(stage_.hears(agent), leg(caller));
}

TEST_P(Standby, ToneThatCannotBePlayedIsToldAndLeftOut) {
  stand_by("standby-ann");
  stage_.call("q-support");
  const auto tone = *stage_.last<call::PlaySound>();

  stage_.feed(call::PlaybackEnded{tone.leg, tone.playback, call::PlaybackEnded::How::Unplayable,
                                  "no such file"});

  EXPECT_THAT(stage_.all<LogLine>(), SizeIs(1));
  EXPECT_EQ(stage_.core().floor(stage_.now()).talking, 1u);
}

TEST_P(Standby, AgentInAnotherCallIsBusy) {
  const base::LegId agent = stand_by("standby-ann");
  stage_.call("q-support");
  stage_.sound_ends(agent);
  stage_.api("callcenter_break agent " + uuid_of("7001"));
  stage_.forget();

  stage_.call("q-support", "6002");

  EXPECT_THAT(stage_.queue_events(), Contains("bridge-agent-fail ann USER_BUSY"));
  EXPECT_THAT(stage_.all<call::UnbridgeMedia>(), IsEmpty());
}

TEST_P(Standby, AgentWhoseCallIsNoLongerWatchedReturnsToItsPlaceToo) {
  const base::LegId agent = stand_by("standby-ann");
  const base::LegId caller = stage_.call("q-support");
  stage_.sound_ends(agent);
  stage_.api("callcenter_break agent " + uuid_of("7001"));

  stage_.hang_up(caller);
  const base::LegId next = stage_.call("q-support", "6002");

  EXPECT_EQ(stage_.hears(agent), leg(next));
}

TEST_P(Standby, CallerTransferredAwayLeavesTheAgentInItsPlace) {
  const base::LegId agent = stand_by("standby-ann");
  const base::LegId caller = stage_.call("q-support");
  stage_.sound_ends(agent);
  const std::string uuid = uuid_of("6001");
  stage_.forget();

  stage_.api("uuid_transfer " + uuid + " after-sales XML default");

  EXPECT_EQ(stage_.hears(caller), kMusic);
  EXPECT_EQ(stage_.hears(agent), "");
  EXPECT_THAT(stage_.all<call::HangUpLeg>(), IsEmpty());
  EXPECT_EQ(state_of_ann(), "Waiting");
}

TEST_P(Standby, RingAllTakesTheAgentWhoHasHeardItsWarningFirst) {
  Configuration configuration = Standby::configuration();
  configuration.call_center.queues[0].strategy = "ring-all";
  Rehearsal stage(configuration, GetParam());
  const base::LegId ann = stage.call("standby-ann", "7001");
  const base::LegId bob = stage.call("standby-bob", "7002");
  const base::LegId caller = stage.call("q-support");
  EXPECT_EQ(stage.hears(ann), kTone);
  EXPECT_EQ(stage.hears(bob), kTone);

  stage.sound_ends(bob);

  EXPECT_EQ(stage.hears(bob), leg(caller));
  EXPECT_EQ(stage.hears(ann), kOwnMusic);
  EXPECT_THAT(stage.queue_events(), Contains("bridge-agent-fail ann LOSE_RACE"));
}

TEST_P(Standby, SoundPutBeforeTheWarningIsHeardFirst) {
  const base::LegId agent = stand_by("standby-ann");
  const base::LegId caller = stage_.call("q-support");

  stage_.api("uuid_broadcast " + uuid_of("7001") + " hint.wav");
  EXPECT_EQ(stage_.hears(agent), "hint.wav");
  stage_.sound_ends(agent);
  EXPECT_EQ(stage_.hears(agent), kTone);
  stage_.sound_ends(agent);

  EXPECT_EQ(stage_.hears(agent), leg(caller));
}

TEST_P(Standby, TransferIsRefusedDuringTheWarning) {
  const base::LegId agent = stand_by("standby-ann");
  stage_.call("q-support");

  const std::string reply = stage_.api("uuid_transfer " + uuid_of("7001") + " sleepy");

  EXPECT_NE(reply, "+OK\n");
  EXPECT_EQ(stage_.hears(agent), kTone);
}

TEST_P(Standby, WarningGoesOnAfterARestart) {
  const base::LegId agent = stand_by("standby-ann");
  const base::LegId caller = stage_.call("q-support");

  stage_.restart();
  EXPECT_EQ(stage_.hears(agent), kTone);
  stage_.sound_ends(agent);

  EXPECT_EQ(stage_.hears(agent), leg(caller));
  EXPECT_THAT(stage_.queue_events(), Not(Contains("bridge-agent-fail ann ORIGINATOR_CANCEL")));
}

TEST_P(Standby, ConversationAndTheReturnSurviveARestart) {
  const base::LegId agent = stand_by("return-ann");
  const base::LegId caller = stage_.call("q-support");
  stage_.sound_ends(agent);

  stage_.restart();
  EXPECT_EQ(stage_.hears(agent), leg(caller));
  stage_.hang_up(caller);

  EXPECT_EQ(stage_.hears(agent), kOwnMusic);
}

TEST_P(Standby, EventsNameTheAgentAsTheOneWhoWasCalled) {
  const base::LegId agent = stand_by("standby-ann");
  stage_.call("q-support");
  stage_.sound_ends(agent);

  const auto events = stage_.all<Publish>();
  const auto bridge = std::find_if(events.begin(), events.end(), [](const Publish& publish) {
    return publish.event.name == "CHANNEL_BRIDGE";
  });
  ASSERT_NE(bridge, events.end());
  EXPECT_EQ(bridge->event.get("Other-Type"), "originatee");
  EXPECT_EQ(bridge->event.get("Other-Leg-Caller-ID-Number"), "7001");
}

}  // namespace
}  // namespace core
