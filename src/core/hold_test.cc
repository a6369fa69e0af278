// Hold: a party of a conversation does not want to hear the other, who hears music meanwhile
// (spec/11 §3). Each flow also with the core saved and restored before every input.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/call_flow_testing.h"

namespace core {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// The global hold_music of the stage.
constexpr const char* kHoldMusic = "tone_stream://%(1000,0,450)";

class Hold : public CallFlow {
 protected:
  Hold() : stage_(with_agents({"ann"}), GetParam()) {}

  static call::MediaDescription media(call::MediaDirection direction,
                                      std::string_view address = "127.0.0.1") {
    call::MediaDescription made;
    made.address = address;
    made.port = 4002;
    made.codecs = {call::Codec{0, "PCMU", 8000, {}}};
    made.direction = direction;
    return made;
  }
  void hold(base::LegId who, call::MediaDirection direction = call::MediaDirection::SendOnly) {
    stage_.feed(call::LegReinvited{who, media(direction)});
  }
  void resume(base::LegId who) {
    stage_.feed(call::LegReinvited{who, media(call::MediaDirection::SendReceive)});
  }
  Pair talk(std::string_view number = "q-support") { return CallFlow::talk(stage_, number); }
  std::vector<std::string> hold_events() const {
    std::vector<std::string> found;
    for (const std::string& event : stage_.events()) {
      if (event.find("HOLD") != std::string::npos) found.push_back(event);
    }
    return found;
  }
  std::string uuid_of_caller() {
    return std::string(stage_.all<Publish>().front().event.get("Unique-ID"));
  }
  static std::string leg(base::LegId id) { return "leg " + std::to_string(id.value); }

  Rehearsal stage_;
};

INSTANTIATE_TEST_SUITE_P(, Hold, both_persistences(), name_of_persistence);

TEST_P(Hold, ThatBeginsAndEndsIsToldOnceEach) {
  const Pair pair = talk();

  hold(pair.agent);
  hold(pair.agent, call::MediaDirection::Inactive);
  resume(pair.agent);
  resume(pair.agent);

  EXPECT_THAT(hold_events(), ElementsAre("CHANNEL_HOLD", "CHANNEL_UNHOLD"));
}

// In microseconds, as the original counts; the hold in which the call ends counts too.
TEST_P(Hold, TimesAreInTheEventsOfTheCall) {
  const Pair pair = talk();

  hold(pair.agent);
  stage_.wait(std::chrono::seconds(3));
  resume(pair.agent);
  stage_.wait(std::chrono::seconds(5));
  hold(pair.agent);
  stage_.wait(std::chrono::milliseconds(1500));
  stage_.hang_up(pair.caller);

  const auto agent = stage_.hangup_of("outbound");
  EXPECT_EQ(agent->get("Caller-Channel-Hold-Accum"), "4500000");
  const auto number = [&](std::string_view name) {
    return std::stoll(std::string(agent->get(name)));
  };
  EXPECT_EQ(number("Caller-Channel-Hangup-Time") - number("Caller-Channel-Last-Hold"), 1'500'000);
  EXPECT_EQ(stage_.hangup_of("inbound")->get("Caller-Channel-Last-Hold"), "0");
}

TEST_P(Hold, CallersMusicIsHeardByTheAgent) {
  const Pair pair = talk();
  stage_.api("uuid_setvar " + uuid_of_caller() + " hold_music caller.wav");

  hold(pair.caller, call::MediaDirection::Inactive);
  EXPECT_EQ(stage_.hears(pair.agent), "caller.wav");
  EXPECT_EQ(stage_.last<call::AnswerReinvite>()->answer.direction, call::MediaDirection::Inactive);
  resume(pair.caller);

  EXPECT_EQ(stage_.hears(pair.agent), leg(pair.caller));
}

TEST_P(Hold, MusicIsLookedForWhereTheListenersVoiceLies) {
  const Pair pair = talk();
  stage_.api("uuid_setvar " + uuid_of_caller() + " sound_prefix /sounds/de");

  hold(pair.agent);

  EXPECT_EQ(stage_.last<call::PlaySound>()->leg, pair.caller);
  EXPECT_EQ(stage_.last<call::PlaySound>()->prefix, "/sounds/de");
}

TEST_P(Hold, OfBothIsOverForEachByItself) {
  const Pair pair = talk();
  hold(pair.agent);
  hold(pair.caller);

  resume(pair.agent);
  EXPECT_EQ(stage_.hears(pair.caller), leg(pair.agent));
  EXPECT_EQ(stage_.hears(pair.agent), kHoldMusic);
  resume(pair.caller);

  EXPECT_EQ(stage_.hears(pair.agent), leg(pair.caller));
}

TEST_P(Hold, MovesTheMediaWithIt) {
  const Pair pair = talk();

  stage_.feed(call::LegReinvited{pair.agent, media(call::MediaDirection::SendOnly, "192.0.2.33")});

  const auto connect = stage_.last<call::ConnectMedia>();
  ASSERT_TRUE(connect.has_value());
  EXPECT_EQ(connect->leg, pair.agent);
  EXPECT_EQ(connect->address, "192.0.2.33");
  EXPECT_EQ(connect->direction, call::MediaDirection::ReceiveOnly);
}

TEST_P(Hold, AddressThatChangesWithoutHoldMovesTheMediaAndNothingElse) {
  const Pair pair = talk();
  stage_.forget();

  stage_.feed(
      call::LegReinvited{pair.caller, media(call::MediaDirection::SendReceive, "192.0.2.34")});

  EXPECT_EQ(stage_.last<call::ConnectMedia>()->address, "192.0.2.34");
  EXPECT_THAT(hold_events(), IsEmpty());
  EXPECT_EQ(stage_.hears(pair.caller), leg(pair.agent));
}

TEST_P(Hold, EndsWithAReinviteWithoutSdpThatIsAnsweredSo) {
  const Pair pair = talk();
  hold(pair.agent);

  stage_.feed(call::LegReinvited{pair.agent, std::nullopt});
  EXPECT_EQ(stage_.last<call::AnswerReinvite>()->answer.direction,
            call::MediaDirection::SendReceive);
  EXPECT_EQ(stage_.hears(pair.caller), kHoldMusic);
  stage_.feed(call::LegConfirmed{pair.agent, media(call::MediaDirection::SendReceive)});

  EXPECT_EQ(stage_.hears(pair.caller), leg(pair.agent));
  EXPECT_THAT(hold_events(), ElementsAre("CHANNEL_HOLD", "CHANNEL_UNHOLD"));
}

TEST_P(Hold, OfACallerWhoWaitsIsMusicForTheAgentFromTheBeginning) {
  const base::LegId caller = stage_.call("q-support");
  const base::LegId agent = stage_.last<call::InviteLeg>()->leg;
  hold(caller);

  stage_.answer(agent);
  EXPECT_EQ(stage_.hears(agent), kHoldMusic);
  resume(caller);

  EXPECT_EQ(stage_.hears(agent), leg(caller));
  EXPECT_EQ(stage_.hears(caller), leg(agent));
}

TEST_P(Hold, SoundPutBeforeTheMusicIsHeardToItsEnd) {
  const Pair pair = talk();
  const std::string caller = uuid_of_caller();
  stage_.api("uuid_broadcast " + caller + " hint.wav");

  hold(pair.agent);
  EXPECT_EQ(stage_.hears(pair.caller), "hint.wav");
  stage_.sound_ends(pair.caller);
  EXPECT_EQ(stage_.hears(pair.caller), kHoldMusic);
  stage_.api("uuid_broadcast " + caller + " hint.wav");
  resume(pair.agent);
  EXPECT_EQ(stage_.hears(pair.caller), "hint.wav");
  stage_.sound_ends(pair.caller);

  EXPECT_EQ(stage_.hears(pair.caller), leg(pair.agent));
}

TEST_P(Hold, SurvivesARestart) {
  const Pair pair = talk();
  hold(pair.agent);

  stage_.restart();
  EXPECT_EQ(stage_.hears(pair.caller), kHoldMusic);
  resume(pair.agent);

  EXPECT_EQ(stage_.hears(pair.caller), leg(pair.agent));
  EXPECT_THAT(hold_events(), Contains("CHANNEL_UNHOLD"));
}

TEST_P(Hold, HolderWhoHangsUpEndsItForBoth) {
  const Pair pair = talk("after-support");
  hold(pair.agent);

  stage_.hang_up(pair.agent);

  EXPECT_EQ(stage_.hears(pair.caller), "tone_stream://%(1500,0,1200)");
  stage_.hang_up(pair.caller);
  EXPECT_EQ(stage_.core().floor(stage_.now()).legs, 0u);
}

TEST_P(Hold, HeldPartyWhoHangsUpEndsTheHolder) {
  const Pair pair = talk();
  hold(pair.agent);
  stage_.forget();

  stage_.hang_up(pair.caller);

  ASSERT_THAT(stage_.all<call::HangUpLeg>(), SizeIs(1));
  EXPECT_EQ(stage_.last<call::HangUpLeg>()->leg, pair.agent);
}

TEST_P(Hold, OutsideAConversationIsOnlyTold) {
  stage_.api("callcenter_config agent set status ann 'On Break'");
  const base::LegId caller = stage_.call("q-support");

  hold(caller);
  resume(caller);

  EXPECT_THAT(hold_events(), ElementsAre("CHANNEL_HOLD", "CHANNEL_UNHOLD"));
  EXPECT_EQ(stage_.hears(caller), kMusic);
}

}  // namespace
}  // namespace core
