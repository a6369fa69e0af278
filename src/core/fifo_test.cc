// The application fifo: who is served by whom, what is heard, and how it ends. Each also with the
// core saved and restored before every input.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/call_flow_testing.h"

namespace core {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::Contains;
using ::testing::HasSubstr;

class Fifo : public CallFlow {
 protected:
  static Configuration with_lines() {
    Configuration configuration = stage_configuration();
    const auto caller = [&](const char* number, std::vector<dialplan::Action> before,
                            const char* data) {
      before.push_back({"fifo", data});
      before.push_back({"playback", "after.wav"});
      before.push_back({"park", ""});
      add_extension(configuration, number, before);
    };
    caller("^in$", {}, "sales in undef music.wav");
    caller("^told$", {}, "sales in exit.wav music.wav");
    caller("^first$", {{"set", "fifo_priority=1"}}, "sales in undef music.wav");
    caller("^key$", {{"set", "fifo_caller_exit_key=9"}}, "sales in undef music.wav");
    caller("^orbit$", {{"set", "fifo_orbit_exten=elsewhere:30"}}, "sales in undef music.wav");
    caller("^chime$", {{"set", "fifo_chime_list=a.wav,b.wav"}, {"set", "fifo_chime_freq=10"}},
           "sales in undef music.wav");
    caller("^vip$", {}, "vip!9 in undef music.wav");
    caller("^out$", {}, "sales out wait undef idle.wav");
    caller("^both$", {}, "sales,vip out wait undef idle.wav");
    caller("^rest$", {{"set", "fifo_consumer_wrapup_time=5000"}}, "sales out wait undef idle.wav");
    caller("^ready$", {}, "sales out wait found.wav idle.wav");
    caller("^once$", {}, "sales out nowait");
    add_extension(configuration, "^elsewhere$", {{"playback", "elsewhere.wav"}});
    for (const char* bad : {"sales", "!3 in", "sales over", "sales out now"}) {
      caller((std::string("^bad ") + bad + "$").c_str(), {}, bad);
    }
    return configuration;
  }
  std::string hears(base::LegId leg) const { return stage_.hears(leg); }
  static std::string leg(base::LegId id) { return "leg " + std::to_string(id.value); }

  Rehearsal stage_{with_lines(), GetParam()};
};

INSTANTIATE_TEST_SUITE_P(, Fifo, both_persistences(), name_of_persistence);

TEST_P(Fifo, CallersWaitWithMusicAndAreServedInTheOrderOfTheirArrival) {
  const base::LegId first = stage_.call("in", "6001");
  stage_.wait(seconds(1));
  const base::LegId second = stage_.call("in", "6002");
  EXPECT_EQ(hears(first), "music.wav");

  const base::LegId consumer = stage_.call("out", "1001");
  EXPECT_EQ(hears(first), leg(consumer));
  EXPECT_EQ(hears(second), "music.wav");

  stage_.hang_up(first);
  EXPECT_EQ(hears(second), leg(consumer));

  stage_.hang_up(second);
  EXPECT_EQ(hears(consumer), "idle.wav");
}

TEST_P(Fifo, PrioritiesComeBeforeArrivals) {
  stage_.call("in");
  const base::LegId first = stage_.call("first");
  const base::LegId consumer = stage_.call("out", "1001");
  EXPECT_EQ(hears(first), leg(consumer));
}

TEST_P(Fifo, ConsumersWaitToo) {
  const base::LegId consumer = stage_.call("out", "1001");
  EXPECT_EQ(hears(consumer), "idle.wav");
  const base::LegId caller = stage_.call("in");
  EXPECT_EQ(hears(caller), leg(consumer));
}

TEST_P(Fifo, AConsumerOfTwoLinesServesTheMoreImportantFirst) {
  stage_.call("in");
  const base::LegId vip = stage_.call("vip");
  const base::LegId consumer = stage_.call("both", "1001");
  EXPECT_EQ(hears(vip), leg(consumer));
}

TEST_P(Fifo, BothHearTheirAnnouncementsBeforeTheyTalk) {
  const base::LegId caller = stage_.call("told");
  const base::LegId consumer = stage_.call("ready", "1001");
  EXPECT_EQ(hears(caller), "exit.wav");
  EXPECT_EQ(hears(consumer), "found.wav");
  stage_.sound_ends(caller);
  EXPECT_EQ(hears(caller), "");
  stage_.sound_ends(consumer);
  EXPECT_EQ(hears(caller), leg(consumer));
}

TEST_P(Fifo, WhoeverIsLeftBeforeTheConversationWaitsAgain) {
  const base::LegId caller = stage_.call("told");
  const base::LegId consumer = stage_.call("ready", "1001");
  Rehearsal other = stage_.taken_over();

  stage_.hang_up(caller);
  EXPECT_EQ(hears(consumer), "idle.wav");

  other.hang_up(consumer);
  EXPECT_EQ(other.hears(caller), "music.wav");
  const base::LegId next = other.call("out", "1002");
  EXPECT_EQ(other.hears(caller), "exit.wav");
  other.sound_ends(caller);
  EXPECT_EQ(other.hears(caller), leg(next));
}

TEST_P(Fifo, TheCallersDialplanGoesOnAfterTheConversation) {
  const base::LegId caller = stage_.call("in");
  const base::LegId consumer = stage_.call("out", "1001");
  stage_.hang_up(consumer);
  EXPECT_EQ(hears(caller), "after.wav");
}

TEST_P(Fifo, OneWhoDoesNotWaitGoesOnAtOnceOrAfterOneCall) {
  const base::LegId early = stage_.call("once", "1001");
  EXPECT_EQ(hears(early), "after.wav");

  const base::LegId caller = stage_.call("in");
  const base::LegId consumer = stage_.call("once", "1002");
  EXPECT_EQ(hears(caller), leg(consumer));
  stage_.call("in", "6002");
  stage_.hang_up(caller);
  EXPECT_EQ(hears(consumer), "after.wav");
}

TEST_P(Fifo, AConsumerRestsBetweenCalls) {
  const base::LegId first = stage_.call("in");
  const base::LegId consumer = stage_.call("rest", "1001");
  const base::LegId second = stage_.call("in", "6002");
  stage_.hang_up(first);
  stage_.wait(milliseconds(4900));
  EXPECT_EQ(hears(second), "music.wav");
  stage_.restart();
  stage_.wait(milliseconds(200));
  EXPECT_EQ(hears(second), leg(consumer));
}

TEST_P(Fifo, KeysLeadOut) {
  const base::LegId caller = stage_.call("key");
  stage_.press(caller, "1");
  EXPECT_EQ(hears(caller), "music.wav");
  stage_.press(caller, "9");
  EXPECT_EQ(hears(caller), "after.wav");

  const base::LegId consumer = stage_.call("out", "1001");
  const base::LegId talker = stage_.call("in");
  stage_.press(consumer, "*");
  EXPECT_EQ(hears(talker), "");
  EXPECT_EQ(hears(consumer), "idle.wav");
  stage_.press(consumer, "*");
  EXPECT_EQ(hears(consumer), "after.wav");
}

TEST_P(Fifo, ACallerWhoWaitsTooLongGoesElsewhere) {
  const base::LegId caller = stage_.call("orbit");
  stage_.wait(seconds(29));
  EXPECT_EQ(hears(caller), "music.wav");
  stage_.restart();
  stage_.wait(seconds(2));
  EXPECT_EQ(hears(caller), "elsewhere.wav");
  stage_.call("out", "1001");
  EXPECT_EQ(hears(caller), "elsewhere.wav");
}

TEST_P(Fifo, ChimesComeInTurn) {
  const base::LegId caller = stage_.call("chime");
  stage_.wait(milliseconds(10'100));
  EXPECT_EQ(hears(caller), "a.wav");
  stage_.sound_ends(caller);
  EXPECT_EQ(hears(caller), "music.wav");
  stage_.wait(seconds(10));
  EXPECT_EQ(hears(caller), "b.wav");
}

TEST_P(Fifo, PlacesAreKeptOverARestart) {
  const base::LegId first = stage_.call("in", "6001");
  const base::LegId second = stage_.call("in", "6002");
  stage_.restart();
  EXPECT_EQ(hears(first), "music.wav");
  const base::LegId consumer = stage_.call("out", "1001");
  EXPECT_EQ(hears(first), leg(consumer));
  stage_.restart();
  stage_.hang_up(first);
  EXPECT_EQ(hears(second), leg(consumer));
}

TEST_P(Fifo, ThoseWhoAreTransferredOrHangUpLeaveTheLine) {
  const base::LegId first = stage_.call("in", "6001");
  const std::string uuid(stage_.all<Publish>().front().event.get("Unique-ID"));
  const base::LegId second = stage_.call("in", "6002");
  const base::LegId third = stage_.call("in", "6003");
  EXPECT_EQ(stage_.api("fifo count sales"), "sales:0:3:0:0:0\n");
  stage_.api("uuid_transfer " + uuid + " elsewhere");
  EXPECT_EQ(hears(first), "elsewhere.wav");
  stage_.hang_up(second);

  const base::LegId consumer = stage_.call("out", "1001");

  EXPECT_EQ(hears(third), leg(consumer));
  EXPECT_EQ(stage_.api("fifo count"), "sales:1:0:0:0:0\n");
}

TEST_P(Fifo, TheCommandListsThem) {
  EXPECT_EQ(stage_.api("fifo count"), "none\n");
  stage_.call("vip", "6001");
  const std::string listed = stage_.api("fifo list vip");
  EXPECT_THAT(listed, HasSubstr("<fifo name=\"vip\" consumer_count=\"0\" caller_count=\"1\""));
  EXPECT_THAT(listed, HasSubstr("caller_id_number=\"6001\""));
  EXPECT_THAT(listed, HasSubstr("importance=\"9\""));
  EXPECT_EQ(stage_.api("fifo list nobody"), "-ERR no such fifo\n");
  EXPECT_THAT(stage_.api("fifo"), HasSubstr("-USAGE"));
}

TEST_P(Fifo, WhatIsWrittenBadlyIsNamedAndTheDialplanGoesOn) {
  for (const std::string bad : {"sales", "!3 in", "sales over", "sales out now"}) {
    const base::LegId caller = stage_.call("bad " + bad);
    EXPECT_EQ(hears(caller), "after.wav") << bad;
    std::vector<std::string> texts;
    for (const LogLine& line : stage_.all<LogLine>()) texts.push_back(line.text);
    EXPECT_THAT(texts, Contains(HasSubstr("fifo " + bad + ": ")));
  }
}

}  // namespace
}  // namespace core
