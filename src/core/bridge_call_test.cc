// bridge: a caller calls somebody itself, without a queue.
#include <gmock/gmock.h>

#include "core/call_flow_testing.h"

namespace core {
namespace {

using std::chrono::seconds;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr const char* kFirst = "sofia/internal/1000@127.0.0.1:5070";
constexpr const char* kSecond = "sofia/internal/1001@127.0.0.1:5071";

class BridgeCall : public CallFlow {
 protected:
  using Actions = std::vector<dialplan::Action>;
  static dialplan::Action action(std::string application, std::string data) {
    dialplan::Action action;
    action.application = std::move(application);
    action.data = std::move(data);
    return action;
  }
  // Extension 700 with these actions, then one that says that it was reached.
  void begin(Actions actions) {
    Configuration configuration = with_agents({"ann"});
    actions.push_back(action("set", "reached=${originate_disposition}"));
    actions.push_back(action("park", ""));
    add_extension(configuration, "^700$", std::move(actions));
    stage_.emplace(configuration, GetParam());
    caller_ = stage_->call("700");
  }
  void begin(const std::string& dial_string) { begin({action("bridge", dial_string)}); }

  std::vector<base::LegId> called() const {
    std::vector<base::LegId> legs;
    for (const auto& order : stage_->all<call::InviteLeg>()) legs.push_back(order.leg);
    return legs;
  }
  // The first channel of the stage.
  std::string uuid() const {
    for (const Publish& publish : stage_->all<Publish>()) {
      if (publish.event.name == "CHANNEL_CREATE")
        return std::string(publish.event.get("Unique-ID"));
    }
    return {};
  }
  std::string of_caller(const std::string& name) {
    return stage_->api("uuid_getvar " + uuid() + " " + name);
  }
  void progress(base::LegId phone, int status) {
    call::LegProgressed report{phone, status, std::nullopt};
    if (status == 183) {
      report.media.emplace();
      report.media->address = "127.0.0.1";
      report.media->port = 4002;
      report.media->codecs = {call::Codec{0, "PCMU", 8000, {}}};
    }
    stage_->feed(report);
  }
  std::string leg(base::LegId id) const { return "leg " + std::to_string(id.value); }

  std::optional<Rehearsal> stage_;
  base::LegId caller_;
};

INSTANTIATE_TEST_SUITE_P(, BridgeCall, both_persistences(), name_of_persistence);

TEST_P(BridgeCall, WhoAnswersTalksToTheCaller) {
  begin(kFirst);
  ASSERT_THAT(called(), SizeIs(1));
  EXPECT_EQ(stage_->last<call::InviteLeg>()->from_user, "6001");
  EXPECT_THAT(stage_->all<call::AnswerLeg>(), IsEmpty());

  stage_->answer(called().front());

  EXPECT_THAT(stage_->all<call::AnswerLeg>(), SizeIs(1));
  EXPECT_EQ(stage_->hears(caller_), leg(called().front()));
  EXPECT_EQ(of_caller("originate_disposition"), "SUCCESS");
  EXPECT_THAT(stage_->events(), Contains("CHANNEL_BRIDGE"));
}

TEST_P(BridgeCall, TheDialplanGoesOnBehindIt) {
  begin(kFirst);
  stage_->answer(called().front());
  stage_->hang_up(called().front());
  EXPECT_EQ(of_caller("reached"), "SUCCESS");
}

TEST_P(BridgeCall, HangupAfterBridgeEndsTheCaller) {
  begin({action("set", "hangup_after_bridge=true"), action("bridge", kFirst)});
  stage_->answer(called().front());
  stage_->hang_up(called().front());
  EXPECT_EQ(stage_->last<call::HangUpLeg>()->leg, caller_);
}

TEST_P(BridgeCall, OneThatRefusesEndsTheCallerWithTheCause) {
  begin(kFirst);
  stage_->refuse(called().front(), 486);
  ASSERT_TRUE(stage_->last<call::HangUpLeg>());
  EXPECT_EQ(stage_->last<call::HangUpLeg>()->leg, caller_);
  EXPECT_EQ(stage_->last<call::HangUpLeg>()->final_status, 486);
}

TEST_P(BridgeCall, ContinueOnFailNamesTheCausesToGoOnAfter) {
  begin({action("set", "continue_on_fail=NO_ANSWER,17"), action("bridge", kFirst)});
  stage_->refuse(called().front(), 486);
  EXPECT_EQ(of_caller("reached"), "USER_BUSY");
}

TEST_P(BridgeCall, ContinueOnFailEndsAfterACauseItDoesNotName) {
  begin({action("set", "continue_on_fail=NO_ANSWER,USER_BUSY"), action("bridge", kFirst)});
  stage_->refuse(called().front(), 404);
  EXPECT_EQ(stage_->last<call::HangUpLeg>()->final_status, 404);
}

TEST_P(BridgeCall, ABarFailsOverToTheNext) {
  begin(std::string(kFirst) + "|" + kSecond);
  ASSERT_THAT(called(), SizeIs(1));
  stage_->refuse(called()[0], 486);
  ASSERT_THAT(called(), SizeIs(2));
  stage_->answer(called()[1]);
  EXPECT_EQ(stage_->hears(caller_), leg(called()[1]));
}

TEST_P(BridgeCall, OfTwoAtOnceTheFirstAnswerCounts) {
  begin(std::string(kFirst) + "," + kSecond);
  ASSERT_THAT(called(), SizeIs(2));
  stage_->answer(called()[1]);
  EXPECT_EQ(stage_->hears(caller_), leg(called()[1]));
  EXPECT_EQ(stage_->last<call::HangUpLeg>()->leg, called()[0]);
}

TEST_P(BridgeCall, NobodyRingsLongerThanCallTimeout) {
  begin({action("multiset", "call_timeout=5 continue_on_fail=true"), action("bridge", kFirst)});
  stage_->wait(seconds(7));
  EXPECT_EQ(stage_->last<call::HangUpLeg>()->leg, called().front());
  stage_->feed(call::LegGone{called().front()});
  EXPECT_EQ(of_caller("reached"), "NO_ANSWER");
}

TEST_P(BridgeCall, ACallerWhoHangsUpStopsThePhones) {
  begin(kFirst);
  stage_->cancel(caller_);
  ASSERT_TRUE(stage_->last<call::HangUpLeg>());
  EXPECT_EQ(stage_->last<call::HangUpLeg>()->leg, called().front());
  EXPECT_EQ(stage_->core().floor(stage_->now()).legs, 0U);
}

TEST_P(BridgeCall, ACallerWhoIsTransferredStopsThePhones) {
  begin(kFirst);
  EXPECT_THAT(stage_->api("uuid_transfer " + uuid() + " sleepy"), HasSubstr("+OK"));
  EXPECT_EQ(stage_->last<call::HangUpLeg>()->leg, called().front());
  EXPECT_THAT(stage_->all<call::AnswerLeg>(), SizeIs(1));
}

TEST_P(BridgeCall, APhoneThatRingsRingsForTheCaller) {
  begin(kFirst);
  progress(called().front(), 180);
  ASSERT_TRUE(stage_->last<call::ProgressLeg>());
  EXPECT_EQ(stage_->last<call::ProgressLeg>()->status, 180);
  EXPECT_EQ(stage_->hears(caller_), "");
}

TEST_P(BridgeCall, RingbackIsHeardWhileItRings) {
  begin({action("set", "ringback=%(2000,4000,440,480)"), action("bridge", kFirst)});
  progress(called().front(), 180);
  EXPECT_EQ(stage_->last<call::ProgressLeg>()->status, 183);
  EXPECT_EQ(stage_->hears(caller_), "tone_stream://%(2000,4000,440,480)");
  stage_->answer(called().front());
  EXPECT_EQ(stage_->hears(caller_), leg(called().front()));
}

TEST_P(BridgeCall, AnAnsweredCallerHearsTransferRingback) {
  begin({action("answer", ""), action("set", "ringback=%(2000,4000,440,480)"),
         action("set", "transfer_ringback=ring.wav"), action("bridge", kFirst)});
  progress(called().front(), 180);
  EXPECT_EQ(stage_->hears(caller_), "ring.wav");
}

TEST_P(BridgeCall, TheSoundOfThePhoneIsHeardBeforeItAnswers) {
  begin({action("set", "continue_on_fail=true"), action("bridge", kFirst)});
  progress(called().front(), 180);
  progress(called().front(), 183);
  EXPECT_EQ(stage_->last<call::ProgressLeg>()->status, 183);
  EXPECT_EQ(stage_->hears(caller_), leg(called().front()));

  stage_->refuse(called().front(), 480);

  EXPECT_EQ(stage_->hears(caller_), "");
  EXPECT_EQ(of_caller("reached"), "NO_USER_RESPONSE");
}

TEST_P(BridgeCall, BehindTheSoundOfOneTheNextIsHeard) {
  begin(std::string(kFirst) + "|" + kSecond);
  progress(called()[0], 183);
  stage_->refuse(called()[0], 480);
  EXPECT_EQ(stage_->hears(caller_), "");
  progress(called()[1], 183);
  EXPECT_EQ(stage_->hears(caller_), leg(called()[1]));
}

TEST_P(BridgeCall, IgnoreEarlyMediaLeavesTheRingback) {
  begin({action("set", "ringback=ring.wav"),
         action("bridge", std::string("{ignore_early_media=true}") + kFirst)});
  progress(called().front(), 183);
  EXPECT_EQ(stage_->hears(caller_), "ring.wav");
}

TEST_P(BridgeCall, ExportedVariablesReachThePhone) {
  begin({action("export", "sip_h_X-Desk=4"), action("export", "nolocal:sip_h_X-Only=there"),
         action("bridge", kFirst)});
  EXPECT_THAT(stage_->last<call::InviteLeg>()->headers,
              ::testing::UnorderedElementsAre(::testing::Pair("X-Desk", "4"),
                                              ::testing::Pair("X-Only", "there")));
}

// A caller's name may be anything, a dial string included.
TEST_P(BridgeCall, WhatAVariableHoldsCannotCallAnybodyElse) {
  Configuration configuration = with_agents({"ann"});
  add_extension(configuration, "^700$",
                {action("bridge", "{origination_caller_id_name=${caller_id_name}}user/nobody"),
                 action("park", "")});
  stage_.emplace(configuration, GetParam());
  caller_ = stage_->call("700", "6001", "x}sofia/internal/0900@127.0.0.1:5099,[");
  EXPECT_THAT(stage_->all<call::InviteLeg>(), IsEmpty());
}

TEST_P(BridgeCall, ADialStringThatIsNoneIsSaidAndEndsTheCall) {
  begin("{no_end");
  ASSERT_TRUE(stage_->last<call::HangUpLeg>());
  EXPECT_EQ(stage_->last<call::HangUpLeg>()->leg, caller_);
  EXPECT_THAT(stage_->all<LogLine>().front().text, HasSubstr("dial string"));
}

TEST_P(BridgeCall, ADialStringWithoutEndIsRefused) {
  std::string endless = kFirst;
  while (endless.size() < 1'000'000) endless += std::string("|") + kFirst;
  begin(endless);
  EXPECT_THAT(called(), IsEmpty());
  EXPECT_EQ(stage_->last<call::HangUpLeg>()->leg, caller_);
  EXPECT_THAT(stage_->all<LogLine>().front().text, HasSubstr("dial string"));
  EXPECT_LT(stage_->all<LogLine>().front().text.size(), 1000U);
}

TEST_P(BridgeCall, WithoutAnybodyToCallTheDialplanGoesOn) {
  begin("");
  EXPECT_THAT(stage_->all<LogLine>().front().text, HasSubstr("bridge without anybody to call"));
  EXPECT_THAT(stage_->events(), Contains("CHANNEL_PARK"));
}

TEST_P(BridgeCall, ARestartGivesUpThePhoneAndTheAnsweredCallerGoesOn) {
  begin({action("answer", ""), action("set", "continue_on_fail=true"), action("bridge", kFirst)});
  progress(called().front(), 180);
  stage_->restart();
  stage_->wait(seconds(2));
  EXPECT_EQ(of_caller("reached"), "ORIGINATOR_CANCEL");
}

TEST_P(BridgeCall, TheConversationSurvivesARestart) {
  begin(kFirst);
  stage_->answer(called().front());
  const base::LegId phone = called().front();
  stage_->restart();
  EXPECT_EQ(stage_->hears(caller_), leg(phone));
}

TEST_P(BridgeCall, AnExtensionIsCalledByLoopback) {
  begin({action("set", "continue_on_fail=true"), action("bridge", "loopback/refused/default")});
  EXPECT_EQ(of_caller("reached"), "USER_BUSY");
}

}  // namespace
}  // namespace core
