// Keys that one party of a conversation presses reach the other in the way its phone takes them.
// Each flow also with the core saved and restored before every input.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/call_flow_testing.h"

namespace core {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

class Digits : public CallFlow {
 protected:
  Digits() : stage_(with_agents({"ann"}), GetParam()) {}

  // A phone that does not offer telephone-event.
  void without_events(base::LegId who) {
    call::MediaDescription plain;
    plain.address = "127.0.0.1";
    plain.port = 4002;
    plain.codecs = {call::Codec{0, "PCMU", 8000, {}}};
    stage_.feed(call::LegReinvited{who, plain});
  }

  Rehearsal stage_;
};

INSTANTIATE_TEST_SUITE_P(, Digits, both_persistences(), name_of_persistence);

TEST_P(Digits, ToldByInfoArePressedAsEvents) {
  const Pair pair = talk(stage_, "q-support");

  stage_.feed(call::DigitSignalled{pair.caller, "5"});

  ASSERT_THAT(stage_.all<call::SendDigit>(), SizeIs(1));
  EXPECT_EQ(stage_.last<call::SendDigit>()->leg, pair.agent);
  EXPECT_EQ(stage_.last<call::SendDigit>()->digit, "5");
  EXPECT_THAT(stage_.all<call::SignalDigit>(), IsEmpty());
}

TEST_P(Digits, ToldByEventsArePassedOnByMediaAlone) {
  const Pair pair = talk(stage_, "q-support");

  stage_.press(pair.agent, "7");

  EXPECT_THAT(stage_.all<call::SendDigit>(), IsEmpty());
  EXPECT_THAT(stage_.all<call::SignalDigit>(), IsEmpty());
}

TEST_P(Digits, GoByInfoToAPhoneWithoutEvents) {
  const Pair pair = talk(stage_, "q-support");
  without_events(pair.agent);

  stage_.press(pair.caller, "1");
  stage_.feed(call::DigitSignalled{pair.caller, "2"});

  ASSERT_THAT(stage_.all<call::SignalDigit>(), SizeIs(2));
  EXPECT_EQ(stage_.all<call::SignalDigit>()[0].leg, pair.agent);
  EXPECT_EQ(stage_.all<call::SignalDigit>()[0].digit, "1");
  EXPECT_EQ(stage_.all<call::SignalDigit>()[1].digit, "2");
  EXPECT_THAT(stage_.all<call::SendDigit>(), IsEmpty());
}

TEST_P(Digits, ToldInBothWaysArePassedOnOnce) {
  const Pair pair = talk(stage_, "q-support");

  stage_.press(pair.caller, "5");
  stage_.feed(call::DigitSignalled{pair.caller, "5"});

  EXPECT_THAT(stage_.all<call::SendDigit>(), IsEmpty());
}

TEST_P(Digits, OfSomebodyWhoTalksToNobodyGoNowhere) {
  stage_.api("callcenter_config agent set status ann 'On Break'");
  const base::LegId caller = stage_.call("q-support");

  stage_.feed(call::DigitSignalled{caller, "5"});

  EXPECT_THAT(stage_.all<call::SendDigit>(), IsEmpty());
  EXPECT_EQ(stage_.hears(caller), kMusic);
}

}  // namespace
}  // namespace core
