// The application lua and what scripts ask of legs, without the scripts: this test answers for
// them. Each also with the core saved and restored before every input.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/call_flow_testing.h"

namespace core {
namespace {

using call::LegLeftScript;
using call::ScriptAnswered;
using call::ScriptAsked;
using call::ScriptEnded;
using call::StartScript;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr auto kNoSuchLeg = ScriptAnswered::Outcome::NoSuchLeg;
constexpr auto kDone = ScriptAnswered::Outcome::Done;

class ScriptOnLeg : public CallFlow {
 protected:
  static Configuration with_scripts() {
    Configuration configuration = with_agents({"ann"});
    add_extension(configuration, "^script$",
                  {{"set", "before=yes"}, {"lua", " menu.lua  a '${before}' "}, {"park", ""}});
    add_extension(configuration, "^nothing$", {{"answer", ""}, {"lua", " "}, {"park", ""}});
    add_extension(configuration, "^announced$",
                  {{"set", "result=${luarun(position.lua ${uuid} support@default 10000)}"},
                   {"log", "INFO ${result}"},
                   {"callcenter", "support@default"}});
    return configuration;
  }
  void SetUp() override {
    static_cast<void>(stage_.api("callcenter_config agent set status ann 'Logged Out'"));
    stage_.forget();
  }
  // A call whose script has begun.
  void begin() {
    leg_ = stage_.call("script");
    const auto started = stage_.last<StartScript>();
    ASSERT_TRUE(started);
    script_ = started->script;
    uuid_ = started->uuid;
  }
  void ask(std::string_view application, std::string_view data = {}) {
    stage_.feed(
        ScriptAsked{script_, ++question_, uuid_, std::string(application), std::string(data)});
  }
  // Of the last question; nullopt: it runs still.
  std::optional<ScriptAnswered::Outcome> answer() const {
    std::optional<ScriptAnswered::Outcome> outcome;
    for (const auto& answered : stage_.all<ScriptAnswered>()) {
      EXPECT_EQ(answered.script, script_);
      if (answered.question == question_) outcome = answered.outcome;
    }
    return outcome;
  }
  void end() { stage_.feed(ScriptEnded{leg_, script_}); }
  bool is_parked() const { return testing::Value(stage_.events(), Contains("CHANNEL_PARK")); }

  Rehearsal stage_{with_scripts(), GetParam()};
  base::LegId leg_;
  call::ScriptId script_;
  std::string uuid_;
  std::uint64_t question_ = 0;
};

INSTANTIATE_TEST_SUITE_P(, ScriptOnLeg, both_persistences(), name_of_persistence);

TEST_P(ScriptOnLeg, BeginsWithItsArgumentsAndTheDialplanGoesOnWhenItEnds) {
  begin();
  EXPECT_EQ(stage_.last<StartScript>()->command, "menu.lua  a 'yes'");
  EXPECT_EQ(stage_.last<StartScript>()->leg, leg_);
  stage_.wait(std::chrono::seconds(60));
  EXPECT_FALSE(is_parked());

  end();
  EXPECT_TRUE(is_parked());
}

TEST_P(ScriptOnLeg, RunsApplicationsWhichTakeTheirTime) {
  begin();
  ask("answer");
  EXPECT_EQ(answer(), kDone);
  EXPECT_THAT(stage_.events(), Contains("CHANNEL_ANSWER"));

  ask("playback", "${before}.wav");
  EXPECT_EQ(answer(), std::nullopt);
  EXPECT_EQ(stage_.last<call::PlaySound>()->sound, "yes.wav");
  stage_.sound_ends(leg_);
  EXPECT_EQ(answer(), kDone);

  ask("sleep", "500");
  EXPECT_EQ(answer(), std::nullopt);
  stage_.wait(std::chrono::milliseconds(500));
  EXPECT_EQ(answer(), kDone);
  EXPECT_FALSE(is_parked());
  end();
  EXPECT_TRUE(is_parked());
}

TEST_P(ScriptOnLeg, AsksMoreThanADialplanMayHold) {
  begin();
  for (int i = 0; i < 50; ++i) {
    ask("set", "i=" + std::to_string(i));
    ASSERT_EQ(answer(), kDone);
  }
  EXPECT_EQ(stage_.api("uuid_getvar " + uuid_ + " i"), "49");
}

TEST_P(ScriptOnLeg, PutsTheCallerIntoAQueueAndGoesOnAfterwards) {
  begin();
  ask("answer");
  ask("callcenter", "support@default");
  EXPECT_EQ(answer(), std::nullopt);
  static_cast<void>(stage_.api("callcenter_config agent set status ann Available"));
  const base::LegId agent = stage_.last<call::InviteLeg>()->leg;
  stage_.answer(agent);
  stage_.wait(std::chrono::seconds(3));
  EXPECT_EQ(answer(), std::nullopt);

  stage_.hang_up(agent);
  EXPECT_EQ(answer(), kDone);
}

TEST_P(ScriptOnLeg, LosesALegThatHangsUp) {
  begin();
  ask("answer");
  ask("playback", "long.wav");
  stage_.hang_up(leg_);
  EXPECT_EQ(answer(), kNoSuchLeg);
  EXPECT_THAT(stage_.all<LegLeftScript>(), SizeIs(1));

  ask("answer");
  EXPECT_EQ(answer(), kNoSuchLeg);
  end();
}

TEST_P(ScriptOnLeg, LosesALegThatIsTransferredOrHungUpByItself) {
  begin();
  ask("answer");
  EXPECT_EQ(stage_.api("uuid_transfer " + uuid_ + " q-support"), "+OK\n");
  EXPECT_EQ(stage_.last<LegLeftScript>()->script, script_);
  end();
  EXPECT_FALSE(is_parked());

  stage_.forget();
  begin();
  ask("hangup", "USER_BUSY");
  EXPECT_EQ(answer(), kNoSuchLeg);
  EXPECT_THAT(stage_.all<LegLeftScript>(), SizeIs(1));
}

TEST_P(ScriptOnLeg, ThatEndsWhileSomethingPlaysLetsItPlay) {
  begin();
  ask("answer");
  ask("playback", "a.wav");
  end();
  EXPECT_FALSE(is_parked());
  stage_.sound_ends(leg_);
  EXPECT_TRUE(is_parked());
}

TEST_P(ScriptOnLeg, HasNoOtherBesideIt) {
  begin();
  ask("lua", "other.lua");
  EXPECT_EQ(answer(), kDone);
  EXPECT_THAT(stage_.all<StartScript>(), SizeIs(1));
}

TEST_P(ScriptOnLeg, IsGoneAfterARestartAndTheDialplanGoesOn) {
  begin();
  ask("answer");
  ask("playback", "a.wav");
  stage_.sound_ends(leg_);
  stage_.restart();
  EXPECT_TRUE(is_parked());
}

TEST_P(ScriptOnLeg, OfBeforeARestartDoesNotComeBackAfterWhatPlays) {
  begin();
  ask("answer");
  ask("playback", "a.wav");
  stage_.restart();
  EXPECT_FALSE(is_parked());
  stage_.sound_ends(leg_);
  EXPECT_TRUE(is_parked());
}

TEST_P(ScriptOnLeg, WithoutANameIsPassedOver) {
  stage_.call("nothing");
  EXPECT_THAT(stage_.all<StartScript>(), IsEmpty());
  EXPECT_TRUE(is_parked());
}

TEST_P(ScriptOnLeg, OfAnotherLegWaitsWhereItIsParked) {
  const base::LegId parked = stage_.call("nothing");
  script_ = call::ScriptId{std::uint64_t{1} << 63};
  uuid_ = stage_.all<Publish>().back().event.get("Unique-ID");
  ask("playback", "a.wav");
  EXPECT_EQ(answer(), std::nullopt);
  stage_.sound_ends(parked);
  EXPECT_EQ(answer(), kDone);
  // It is parked again, and not at the end of its dialplan.
  EXPECT_THAT(stage_.all<call::HangUpLeg>(), IsEmpty());
}

TEST_P(ScriptOnLeg, LuarunInADialplanStartsAScriptOfNobody) {
  stage_.call("announced");
  const auto started = stage_.last<StartScript>();
  ASSERT_TRUE(started);
  EXPECT_FALSE(started->leg);
  EXPECT_THAT(started->command, HasSubstr(" support@default 10000"));
  bool is_told = false;
  for (const auto& line : stage_.all<LogLine>()) {
    is_told = is_told || line.text.find("+OK") != std::string::npos;
  }
  EXPECT_TRUE(is_told);
}

}  // namespace
}  // namespace core
