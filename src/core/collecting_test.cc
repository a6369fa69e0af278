// read and play_and_get_digits: what they hear, when they give up, and what they leave in the
// variables. Each also with the core saved and restored before every input.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/call_flow_testing.h"

namespace core {
namespace {

using std::chrono::milliseconds;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class Collecting : public CallFlow {
 protected:
  base::LegId call_that(std::string_view application, std::string_view data,
                        std::vector<dialplan::Action> before = {}) {
    Configuration configuration = stage_configuration();
    before.insert(before.begin(), {"answer", ""});
    dialplan::Action action;
    action.application = application;
    action.data = data;
    before.push_back(action);
    before.push_back({"playback", "next.wav"});
    before.push_back({"park", ""});
    add_extension(configuration, "^ask$", before);
    add_extension(configuration, "^failed$", {{"playback", "failed.wav"}});
    stage_ = Rehearsal(configuration, GetParam());
    return stage_.call("ask");
  }
  void type(base::LegId caller, std::string_view keys) {
    for (const char key : keys) stage_.press(caller, std::string(1, key));
  }
  std::string of(base::LegId caller, const std::string& name) {
    if (!stage_.hangup_of("inbound")) stage_.hang_up(caller);
    return variable(stage_.hangup_of("inbound"), name);
  }
  std::vector<std::string> warnings() const {
    std::vector<std::string> texts;
    for (const LogLine& line : stage_.all<LogLine>()) {
      if (line.level == LogLine::Level::Warning) texts.push_back(line.text);
    }
    return texts;
  }

  Rehearsal stage_{stage_configuration(), GetParam()};
};

INSTANTIATE_TEST_SUITE_P(, Collecting, both_persistences(), name_of_persistence);

constexpr const char* kAsk = "play_and_get_digits";
constexpr const char* kPin = "2 4 3 5000 # pin.wav wrong.wav pin ^[0-9]+$ 2000";

TEST_P(Collecting, IsOverWithTheMostDigitsAndAKeyBreaksThePromptOff) {
  const base::LegId caller = call_that(kAsk, kPin);
  EXPECT_EQ(stage_.hears(caller), "pin.wav");
  type(caller, "1");
  EXPECT_EQ(stage_.hears(caller), "");

  type(caller, "234");

  EXPECT_EQ(stage_.hears(caller), "next.wav");
  EXPECT_EQ(of(caller, "pin"), "1234");
  EXPECT_EQ(of(caller, "read_result"), "success");
}

TEST_P(Collecting, IsOverWithATerminator) {
  const base::LegId caller = call_that(kAsk, kPin);
  type(caller, "12#");
  EXPECT_EQ(stage_.hears(caller), "next.wav");
  EXPECT_EQ(of(caller, "pin"), "12");
  EXPECT_EQ(of(caller, "read_terminator_used"), "#");
}

TEST_P(Collecting, IsOverWhenNoMoreDigitsCome) {
  const base::LegId caller = call_that(kAsk, kPin);
  type(caller, "12");
  stage_.wait(milliseconds(1900));
  EXPECT_EQ(stage_.hears(caller), "");
  stage_.wait(milliseconds(200));
  EXPECT_EQ(stage_.hears(caller), "next.wav");
  EXPECT_EQ(of(caller, "pin"), "12");
}

TEST_P(Collecting, AsksAgainAfterSilenceAndAfterWhatIsWrongAndGivesUpInTheEnd) {
  const base::LegId caller = call_that(kAsk, kPin);
  stage_.sound_ends(caller);
  stage_.wait(milliseconds(5100));
  EXPECT_EQ(stage_.hears(caller), "wrong.wav");
  // What is typed meanwhile does not count.
  type(caller, "77");
  stage_.sound_ends(caller);
  EXPECT_EQ(stage_.hears(caller), "pin.wav");
  type(caller, "1#");
  EXPECT_EQ(stage_.hears(caller), "wrong.wav");
  stage_.sound_ends(caller);
  type(caller, "1*3#");
  stage_.sound_ends(caller);

  EXPECT_EQ(stage_.hears(caller), "next.wav");
  EXPECT_EQ(of(caller, "pin"), "");
  EXPECT_EQ(of(caller, "pin_invalid"), "1*3");
  EXPECT_EQ(of(caller, "read_result"), "failure");
}

TEST_P(Collecting, GoesElsewhereWhenItFailsIfToldSo) {
  const base::LegId caller =
      call_that(kAsk, "1 1 1 3000 # silence '' key \\d 1000 'failed XML default'");
  EXPECT_EQ(stage_.hears(caller), "");
  stage_.wait(milliseconds(3100));
  EXPECT_EQ(stage_.hears(caller), "failed.wav");
}

TEST_P(Collecting, TerminatorsCanBeNeededAndKept) {
  const base::LegId caller = call_that(kAsk, "1 5 1 3000 =+#* none.wav silence key");
  type(caller, "12#");
  EXPECT_EQ(of(caller, "key"), "12#");

  const base::LegId other = call_that(kAsk, "1 5 1 3000 =# none.wav silence key");
  type(other, "12");
  stage_.wait(milliseconds(3100));
  EXPECT_EQ(of(other, "key"), "");
}

TEST_P(Collecting, GoesOnInANewProcess) {
  const base::LegId caller = call_that(kAsk, kPin);
  stage_.restart();
  EXPECT_EQ(stage_.hears(caller), "pin.wav");
  stage_.sound_ends(caller);
  stage_.restart();
  type(caller, "1");
  stage_.restart();
  type(caller, "2");
  stage_.wait(milliseconds(2100));
  EXPECT_EQ(stage_.hears(caller), "next.wav");
  EXPECT_EQ(of(caller, "pin"), "12");
}

TEST_P(Collecting, APromptThatCannotBePlayedLeavesTheKeys) {
  const base::LegId caller = call_that(kAsk, kPin);
  const auto playing = stage_.last<call::PlaySound>();
  stage_.feed(call::PlaybackEnded{caller, playing->playback, call::PlaybackEnded::How::Unplayable,
                                  "no such file"});
  EXPECT_THAT(warnings(), Contains(HasSubstr("cannot play pin.wav")));
  type(caller, "12#");
  EXPECT_EQ(of(caller, "pin"), "12");
}

TEST_P(Collecting, AnInterruptionStandsBeforeThePrompt) {
  const base::LegId caller = call_that(kAsk, kPin);
  const std::string uuid(stage_.all<Publish>().front().event.get("Unique-ID"));
  stage_.api("uuid_broadcast " + uuid + " news.wav aleg");
  EXPECT_EQ(stage_.hears(caller), "news.wav");
  stage_.sound_ends(caller);
  EXPECT_EQ(stage_.hears(caller), "pin.wav");
  stage_.sound_ends(caller);
  stage_.wait(milliseconds(5100));
  EXPECT_EQ(stage_.hears(caller), "wrong.wav");
}

TEST_P(Collecting, TakesWhatWasTypedAhead) {
  const base::LegId caller = call_that(kAsk, kPin, {{"sleep", "1000"}, {"playback", "hello.wav"}});
  type(caller, "12");
  stage_.wait(milliseconds(1100));
  EXPECT_EQ(stage_.hears(caller), "hello.wav");
  type(caller, "3");
  stage_.sound_ends(caller);
  EXPECT_EQ(stage_.hears(caller), "");
  type(caller, "4");
  EXPECT_EQ(of(caller, "pin"), "1234");
}

TEST_P(Collecting, FlushForgetsWhatWasTypedAhead) {
  const base::LegId caller = call_that(kAsk, kPin, {{"sleep", "1000"}, {"flush_dtmf", ""}});
  type(caller, "1234");
  stage_.wait(milliseconds(1100));
  EXPECT_EQ(stage_.hears(caller), "pin.wav");
}

TEST_P(Collecting, ReadTakesWhatComesAndSaysHowItEnded) {
  const base::LegId caller = call_that("read", "2 10 ask.wav answer 4000 #,*");
  EXPECT_EQ(stage_.hears(caller), "ask.wav");
  type(caller, "123*");
  EXPECT_EQ(stage_.hears(caller), "next.wav");
  EXPECT_EQ(of(caller, "answer"), "123");
  EXPECT_EQ(of(caller, "read_result"), "success");
  EXPECT_EQ(of(caller, "read_terminator_used"), "*");
}

TEST_P(Collecting, ReadWithTooFewDigitsIsATimeoutOrAFailure) {
  const base::LegId caller = call_that("read", "2 10 ask.wav answer 4000 #");
  stage_.sound_ends(caller);
  type(caller, "1");
  stage_.wait(milliseconds(4100));
  EXPECT_EQ(of(caller, "read_result"), "timeout");
  EXPECT_EQ(of(caller, "answer"), "1");

  const base::LegId other = call_that("read", "2 10 ask.wav answer 4000 #");
  type(other, "1#");
  EXPECT_EQ(of(other, "read_result"), "failure");
}

TEST_P(Collecting, DigitsWithoutEndAreCut) {
  const base::LegId caller = call_that("read", "1 100000 silence answer 4000 none");
  for (int i = 0; i < 130; ++i) type(caller, "5");
  EXPECT_EQ(stage_.hears(caller), "next.wav");
  EXPECT_EQ(of(caller, "answer"), std::string(128, '5'));
}

TEST_P(Collecting, WhatIsWrittenBadlyIsNamedAndTheDialplanGoesOn) {
  struct Case {
    const char* application;
    const char* data;
    const char* why;
  };
  for (const Case& bad : {
           Case{kAsk, "1 2 3 4 5 6", "play_and_get_digits 1 2 3 4 5 6: MIN MAX"},
           Case{kAsk, "x 2 1 100 # a b c", "numbers of digits"},
           Case{kAsk, "4 2 1 100 # a b c", "fewer than the least"},
           Case{kAsk, "1 2 1 100 # a b c [", "bad expression"},
           Case{"read", "1 2 a.wav", "read 1 2 a.wav: MIN MAX"},
           Case{"read", "-1 2 a.wav b", "numbers of digits"},
           Case{"send_dtmf", "", "send_dtmf without digits"},
           Case{"send_dtmf", "12x", "send_dtmf 12x: only"},
           Case{"gentones", " ", "gentones without a script"},
       }) {
    const base::LegId caller = call_that(bad.application, bad.data);
    EXPECT_EQ(stage_.hears(caller), "next.wav") << bad.data;
    EXPECT_THAT(warnings(), Contains(HasSubstr(bad.why)));
  }
}

TEST_P(Collecting, KeysAreSentInTheWayThePhoneTakesThem) {
  call_that("send_dtmf", "1*D@200");
  std::vector<std::string> sent;
  for (const auto& order : stage_.all<call::SendDigit>()) sent.push_back(order.digit);
  EXPECT_THAT(sent, ElementsAre("1", "*", "D"));
}

TEST_P(Collecting, TonesAreMadeFromAScript) {
  const base::LegId caller = call_that("gentones", "%(500,500,440)|3");
  EXPECT_EQ(stage_.hears(caller), "tone_stream://%(500,500,440);loops=3");
}

TEST_P(Collecting, BreakEndsWhatPlaysWhenItIsAskedForFromOutside) {
  const base::LegId caller = call_that("playback", "long.wav");
  const std::string uuid(stage_.all<Publish>().front().event.get("Unique-ID"));
  stage_.api("uuid_broadcast " + uuid + " break:: aleg");
  EXPECT_EQ(stage_.hears(caller), "next.wav");
}

}  // namespace
}  // namespace core
