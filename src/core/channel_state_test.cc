// The events that tell how a channel lives: its states, what it hears, the keys that are pressed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "core/rehearsal.h"

namespace core {
namespace {

using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;

class ChannelStates : public ::testing::Test {
 protected:
  static Configuration configuration() {
    Configuration made = stage_configuration();
    add_stage_agent(made, "ann");
    return made;
  }
  // Of the events of this name about legs of this direction, one header each.
  std::vector<std::string> told(std::string_view name, std::string_view header,
                                std::string_view direction = "inbound") const {
    std::vector<std::string> found;
    for (const Publish& publish : stage_.all<Publish>()) {
      const bool is_meant =
          publish.event.name == name && publish.event.get("Call-Direction") == direction;
      if (is_meant) found.emplace_back(publish.event.get(header));
    }
    return found;
  }
  void talk() {
    caller_ = stage_.call("q-support");
    agent_ = stage_.last<call::InviteLeg>()->leg;
    stage_.answer(agent_);
  }

  Rehearsal stage_{configuration()};
  base::LegId caller_;
  base::LegId agent_;
};

TEST_F(ChannelStates, OfACallerAreToldOnceEach) {
  talk();
  stage_.hang_up(caller_);
  stage_.wait(seconds(2));

  EXPECT_THAT(told("CHANNEL_STATE", "Channel-State"),
              ElementsAre("CS_INIT", "CS_ROUTING", "CS_EXECUTE", "CS_HANGUP", "CS_REPORTING",
                          "CS_DESTROY"));
  EXPECT_THAT(told("CHANNEL_STATE", "Channel-State-Number"),
              ElementsAre("1", "2", "4", "10", "11", "12"));
  EXPECT_THAT(told("CHANNEL_CALLSTATE", "Channel-Call-State"),
              ElementsAre("RINGING", "ACTIVE", "HANGUP"));
  EXPECT_THAT(told("CHANNEL_CALLSTATE", "Original-Channel-Call-State"),
              ElementsAre("DOWN", "RINGING", "ACTIVE"));
  EXPECT_THAT(told("CHANNEL_DESTROY", "Channel-State"), ElementsAre("CS_HANGUP"));
}

TEST_F(ChannelStates, OfAnAgentsLegEndInTheConversation) {
  talk();

  EXPECT_THAT(told("CHANNEL_STATE", "Channel-State", "outbound"),
              ElementsAre("CS_INIT", "CS_ROUTING", "CS_CONSUME_MEDIA", "CS_EXCHANGE_MEDIA"));
  EXPECT_THAT(told("CHANNEL_CALLSTATE", "Channel-Call-State", "outbound"),
              ElementsAre("RINGING", "ACTIVE"));
}

TEST_F(ChannelStates, SurviveARestart) {
  talk();
  stage_.restart();
  stage_.forget();

  stage_.hang_up(caller_);

  EXPECT_THAT(told("CHANNEL_STATE", "Channel-State").front(), "CS_HANGUP");
  EXPECT_THAT(told("CHANNEL_CALLSTATE", "Original-Channel-Call-State"), ElementsAre("ACTIVE"));
}

TEST_F(ChannelStates, AParkedLegIsToldAndLeavesItsPlace) {
  caller_ = stage_.call("odd");
  EXPECT_THAT(told("CHANNEL_PARK", "Channel-State"), ElementsAre("CS_PARK"));
  EXPECT_EQ(told("CHANNEL_STATE", "Channel-State").back(), "CS_PARK");
  EXPECT_THAT(told("CHANNEL_UNPARK", "Unique-ID"), IsEmpty());

  const std::string uuid = told("CHANNEL_PARK", "Unique-ID").front();
  EXPECT_EQ(stage_.api("uuid_transfer " + uuid + " q-support"), "+OK\n");

  EXPECT_THAT(told("CHANNEL_UNPARK", "Unique-ID"), ElementsAre(uuid));
  EXPECT_EQ(told("CHANNEL_STATE", "Channel-State").back(), "CS_EXECUTE");
}

TEST_F(ChannelStates, OneThatIsHungUpWhileParkedIsUnparked) {
  caller_ = stage_.call("odd");
  stage_.hang_up(caller_);
  EXPECT_THAT(stage_.events(), IsSupersetOf({"CHANNEL_PARK", "CHANNEL_UNPARK", "CHANNEL_HANGUP"}));
}

TEST_F(ChannelStates, MusicBeginsAndIsBrokenOffByTheConversation) {
  talk();

  EXPECT_THAT(told("PLAYBACK_START", "Playback-File-Path"),
              ElementsAre(told("PLAYBACK_STOP", "Playback-File-Path").front()));
  EXPECT_THAT(told("PLAYBACK_STOP", "Playback-Status"), ElementsAre("break"));
}

TEST_F(ChannelStates, ASoundThatIsPlayedToItsEndIsDone) {
  caller_ = stage_.call("q-support");
  const std::string uuid = told("CHANNEL_CREATE", "Unique-ID").front();
  stage_.forget();
  stage_.api("uuid_broadcast " + uuid + " ivr/hello.wav aleg");
  stage_.sound_ends(caller_);

  EXPECT_THAT(told("PLAYBACK_STOP", "Playback-Status"), ElementsAre("break", "done"));
  EXPECT_THAT(told("PLAYBACK_START", "Playback-File-Path").front(), "ivr/hello.wav");
  EXPECT_THAT(told("PLAYBACK_START", "Playback-File-Type").front(), "file");
}

TEST_F(ChannelStates, KeysAreToldWithTheirWay) {
  talk();
  stage_.press(caller_, "5");
  stage_.feed(call::DigitSignalled{caller_, "#"});

  EXPECT_THAT(told("DTMF", "DTMF-Digit"), ElementsAre("5", "#"));
  EXPECT_THAT(told("DTMF", "DTMF-Source"), ElementsAre("RTP", "ENDPOINT"));
}

TEST_F(ChannelStates, NumbersOfEventsHaveNoGapAndCausesComeFirst) {
  talk();
  stage_.restart();
  stage_.hang_up(caller_);
  stage_.wait(seconds(60));

  std::uint64_t last = stage_.all<Publish>().front().event.sequence - 1;
  std::vector<std::string> names;
  for (const Publish& publish : stage_.all<Publish>()) {
    EXPECT_EQ(publish.event.sequence, last + 1) << publish.event.name;
    last = publish.event.sequence;
    const std::string_view action = publish.event.get("CC-Action");
    names.emplace_back(action.empty() ? publish.event.name : action);
  }
  const auto place = [&](const char* name) {
    return std::find(names.begin(), names.end(), name) - names.begin();
  };
  for (const auto& [cause, effect] : std::vector<std::pair<const char*, const char*>>{
           {"CHANNEL_CREATE", "CHANNEL_STATE"},
           {"CHANNEL_ANSWER", "member-queue-start"},
           {"member-queue-start", "agent-offering"},
           {"agent-offering", "bridge-agent-start"},
           {"bridge-agent-start", "CHANNEL_BRIDGE"},
           {"CHANNEL_BRIDGE", "CHANNEL_HANGUP"},
           {"CHANNEL_HANGUP", "bridge-agent-end"},
           {"CHANNEL_UNBRIDGE", "bridge-agent-end"},
           {"bridge-agent-end", "member-queue-end"},
           {"CHANNEL_HANGUP_COMPLETE", "CHANNEL_DESTROY"}}) {
    EXPECT_LT(place(cause), place(effect)) << cause << " and " << effect;
  }
}

}  // namespace
}  // namespace core
