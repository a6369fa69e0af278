// Keys bound by bind_digit_action: which lead to what, when, and for whom. Each also with the core
// saved and restored before every input.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/call_flow_testing.h"

namespace core {
namespace {

using std::chrono::milliseconds;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class DigitActions : public CallFlow {
 protected:
  static constexpr const char* kBind = "bind_digit_action";
  static constexpr const char* kRealm = "digit_action_set_realm";

  // The sample of spec/08 §3, with more behind the queue.
  static Configuration with_zero_out() {
    Configuration configuration = with_agents({"ann"});
    add_extension(configuration, "^zero$",
                  {{"answer", ""},
                   {kBind, "inqueue,0,exec:transfer,1000 XML default,aleg,self"},
                   {kRealm, "inqueue"},
                   {"set", "bridge_pre_execute_aleg_app=clear_digit_action"},
                   {"set", "bridge_pre_execute_aleg_data=all"},
                   {"set", "cc_exit_keys=05"},
                   {"callcenter", "support@default"},
                   {"playback", "after.wav"},
                   {"hangup", ""}});
    add_extension(configuration, "^1000$", {{"playback", "operator.wav"}, {"hangup", ""}});
    return configuration;
  }
  // A call that plays hold.wav for ever and has these bindings in realm r.
  base::LegId call_with(std::initializer_list<const char*> bindings,
                        std::vector<dialplan::Action> more = {}) {
    Configuration configuration = with_zero_out();
    std::vector<dialplan::Action> actions = {{"answer", ""}};
    for (const char* binding : bindings) actions.push_back({kBind, binding});
    actions.push_back({kRealm, "r"});
    actions.insert(actions.end(), more.begin(), more.end());
    actions.push_back({"endless_playback", "hold.wav"});
    add_extension(configuration, "^bound$", actions);
    stage_ = Rehearsal(configuration, GetParam());
    return stage_.call("bound");
  }
  void nobody_answers() { stage_.api("callcenter_config agent set status ann 'Logged Out'"); }
  std::vector<std::string> warnings() const {
    std::vector<std::string> texts;
    for (const LogLine& line : stage_.all<LogLine>()) {
      if (line.level == LogLine::Level::Warning) texts.push_back(line.text);
    }
    return texts;
  }
  std::string variable_of(base::LegId leg, std::string_view name) {
    stage_.hang_up(leg);
    return variable(stage_.hangup_of("inbound"), name);
  }

  Rehearsal stage_{with_zero_out(), GetParam()};
};

INSTANTIATE_TEST_SUITE_P(, DigitActions, both_persistences(), name_of_persistence);

TEST_P(DigitActions, TakeACallerOutOfTheQueueBeforeTheExitKeysDo) {
  nobody_answers();
  const base::LegId caller = stage_.call("zero");
  stage_.press(caller, "7");
  EXPECT_EQ(stage_.hears(caller), kMusic);

  stage_.press(caller, "0");

  EXPECT_EQ(stage_.hears(caller), "operator.wav");
  EXPECT_THAT(stage_.queue_events(), Contains(HasSubstr("member-queue-end")));
  EXPECT_EQ(variable_of(caller, "cc_cancel_reason"), "BREAK_OUT");
}

TEST_P(DigitActions, LeaveOtherKeysToTheExitKeys) {
  nobody_answers();
  const base::LegId caller = stage_.call("zero");

  stage_.press(caller, "5");

  EXPECT_EQ(stage_.hears(caller), "after.wav");
  EXPECT_EQ(variable_of(caller, "cc_exit_key"), "5");
}

TEST_P(DigitActions, AreGoneInTheConversationWhenItsBeginClearsThem) {
  const Pair pair = talk(stage_, "zero");

  stage_.press(pair.caller, "0");

  EXPECT_EQ(stage_.hears(pair.caller), "leg " + std::to_string(pair.agent.value));
}

TEST_P(DigitActions, HoldWhenTheCallerWaitsThroughARestart) {
  nobody_answers();
  const base::LegId caller = stage_.call("zero");

  stage_.restart();
  stage_.press(caller, "0");

  EXPECT_EQ(stage_.hears(caller), "operator.wav");
}

TEST_P(DigitActions, DoNothingBeforeTheirRealmIsActive) {
  const base::LegId caller = call_with({"other,5,exec:transfer,1000"});
  EXPECT_THAT(warnings(), Contains(HasSubstr("digit_action_set_realm r: nothing is bound")));

  stage_.press(caller, "5");

  EXPECT_EQ(stage_.hears(caller), "hold.wav");
}

TEST_P(DigitActions, TheLongestWinsOnceNoMoreKeysFollow) {
  const base::LegId caller =
      call_with({"r,1,exec:set,short=yes", "r,12,exec:set,long=yes", "r,129,exec:set,longer=yes"});

  stage_.press(caller, "1");
  stage_.press(caller, "2");
  stage_.wait(milliseconds(1400));
  stage_.press(caller, "1");
  stage_.wait(milliseconds(1600));

  const auto ended = variable_of(caller, "long");
  EXPECT_EQ(ended, "yes");
  EXPECT_EQ(variable(stage_.hangup_of("inbound"), "short"), "yes");
  EXPECT_EQ(variable(stage_.hangup_of("inbound"), "longer"), "");
  EXPECT_EQ(variable(stage_.hangup_of("inbound"), "last_matching_digits"), "1");
}

TEST_P(DigitActions, WaitThroughARestart) {
  const base::LegId caller = call_with({"r,1,exec:transfer,1000", "r,12,exec:set,long=yes"});
  stage_.press(caller, "1");
  EXPECT_EQ(stage_.hears(caller), "hold.wav");

  stage_.restart();
  stage_.wait(milliseconds(1600));

  EXPECT_EQ(stage_.hears(caller), "operator.wav");
}

TEST_P(DigitActions, TheTimesAreThoseOfTheVariables) {
  const base::LegId caller = call_with(
      {"r,1,exec:transfer,1000", "r,1234,exec:set,long=yes"},
      {{"set", "bind_digit_digit_timeout=5000"}, {"set", "bind_digit_input_timeout=6000"}});
  stage_.press(caller, "1");
  stage_.wait(milliseconds(4900));
  EXPECT_EQ(stage_.hears(caller), "hold.wav");
  stage_.press(caller, "2");
  stage_.wait(milliseconds(1000));
  EXPECT_EQ(stage_.hears(caller), "hold.wav");

  stage_.wait(milliseconds(200));

  EXPECT_EQ(stage_.hears(caller), "operator.wav");
}

TEST_P(DigitActions, KeysThatLeadToNothingGoWhereTheyWouldHaveGone) {
  const base::LegId caller = call_with({"r,*1,exec:set,found=yes"}, {{"playback", "first.wav"}});

  stage_.press(caller, "*");
  EXPECT_EQ(stage_.hears(caller), "first.wav");
  stage_.press(caller, "2");

  // The star ends a playback.
  EXPECT_EQ(stage_.hears(caller), "hold.wav");
}

TEST_P(DigitActions, ExpressionsStandForAllKeysTyped) {
  const base::LegId caller = call_with({"r,~7[0-9]{3},exec:set,code=yes"});

  for (const char* key : {"1", "7", "7", "2", "3"}) stage_.press(caller, key);
  EXPECT_EQ(stage_.hears(caller), "hold.wav");
  stage_.press(caller, "9");

  EXPECT_EQ(variable_of(caller, "last_matching_digits"), "7723");
}

TEST_P(DigitActions, KeysWithoutEndAreNotHeldBackForEver) {
  const base::LegId caller = call_with({"r,~[0-9]+#,exec:transfer,1000"});

  for (int i = 0; i < 130; ++i) stage_.press(caller, "4");
  stage_.press(caller, "#");

  EXPECT_EQ(stage_.hears(caller), "operator.wav");
}

TEST_P(DigitActions, RunCommandsToo) {
  const base::LegId caller =
      call_with({"r,1,api:callcenter_config,agent set status ann 'On Break'"});

  stage_.press(caller, "1");

  EXPECT_EQ(stage_.api("callcenter_config agent get status ann"), "On Break");
}

TEST_P(DigitActions, DataMayHoldCommas) {
  const base::LegId caller = call_with({"r,1,exec:set,list=a,b,c,d,self,self"});
  stage_.press(caller, "1");
  EXPECT_EQ(variable_of(caller, "list"), "a,b,c,d");
}

TEST_P(DigitActions, TheOtherPartysKeysCanBeBoundAndTheOtherPartyCanRunIt) {
  Configuration configuration = with_zero_out();
  add_extension(configuration, "^peers$",
                {{kBind, "r,*5,exec:transfer,1000,peer,self"},
                 {kBind, "r,*6,exec:hangup,,peer,peer"},
                 {kRealm, "r"},
                 {"callcenter", "support@default"},
                 {"playback", "after.wav"},
                 {"hangup", ""}});
  stage_ = Rehearsal(configuration, GetParam());
  const Pair pair = talk(stage_, "peers");
  const std::string agent = "leg " + std::to_string(pair.agent.value);

  stage_.press(pair.caller, "*");
  stage_.press(pair.caller, "5");
  EXPECT_EQ(stage_.hears(pair.caller), agent);
  Rehearsal other = stage_.taken_over();
  other.press(pair.agent, "*");
  other.press(pair.agent, "5");
  EXPECT_EQ(other.hears(pair.caller), "operator.wav");

  stage_.press(pair.agent, "*");
  stage_.press(pair.agent, "6");
  EXPECT_EQ(stage_.hears(pair.caller), "after.wav");
}

TEST_P(DigitActions, ThatAreWrittenBadlyAreNamedAndTheDialplanGoesOn) {
  const base::LegId caller =
      call_with({"r", "r,1", ",1,exec:log,x", "r,,exec:log,x", "r,1,log,x", "r,1,exec:,x",
                 "r,~(,exec:log,x", "r,1z,exec:log,x", "r,2,exec:transfer,1000,nobody,self"});
  EXPECT_EQ(stage_.hears(caller), "hold.wav");
  const auto all = warnings();
  for (const char* data :
       {"bind_digit_action r: REALM", "bind_digit_action r,1: REALM",
        "bind_digit_action ,1,exec:log,x: no realm", "bind_digit_action r,,exec:log,x: no digits",
        "bind_digit_action r,1,log,x: the third word",
        "bind_digit_action r,1,exec:,x: the third word",
        "bind_digit_action r,~(,exec:log,x: bad expression",
        "bind_digit_action r,1z,exec:log,x: digits are", "nobody is neither self, peer nor both"}) {
    EXPECT_THAT(all, Contains(HasSubstr(data)));
  }

  stage_.press(caller, "2");

  EXPECT_EQ(stage_.hears(caller), "operator.wav");
}

TEST_P(DigitActions, TooManyAreRefused) {
  Configuration configuration = with_zero_out();
  std::vector<dialplan::Action> actions;
  for (int i = 100; i < 201; ++i) {
    actions.push_back({kBind, "r," + std::to_string(i) + ",exec:log,x"});
  }
  actions.push_back({"park", ""});
  add_extension(configuration, "^many$", actions);
  stage_ = Rehearsal(configuration, GetParam());

  stage_.call("many");

  EXPECT_THAT(warnings(), Contains(HasSubstr("200,exec:log,x: too many bindings")));
  EXPECT_THAT(warnings(), Not(Contains(HasSubstr("199,exec:log,x"))));
}

TEST_P(DigitActions, OneRealmIsClearedAndAnotherStays) {
  const base::LegId caller = call_with({"s,1,exec:transfer,1000", "r,2,exec:transfer,1000"},
                                       {{"clear_digit_action", "s"}});
  stage_.press(caller, "1");
  EXPECT_EQ(stage_.hears(caller), "hold.wav");
  stage_.press(caller, "2");
  EXPECT_EQ(stage_.hears(caller), "operator.wav");
}

TEST_P(DigitActions, AreChangedByWhatTheyDo) {
  const base::LegId caller =
      call_with({"s,2,exec:transfer,1000", "r,1,exec:digit_action_set_realm,s"});
  stage_.press(caller, "2");
  EXPECT_EQ(stage_.hears(caller), "hold.wav");

  stage_.press(caller, "1");
  stage_.press(caller, "2");

  EXPECT_EQ(stage_.hears(caller), "operator.wav");
}

}  // namespace
}  // namespace core
