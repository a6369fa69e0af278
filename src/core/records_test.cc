// Call records leave the core once, and again until somebody has confirmed them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/call_flow_testing.h"
#include "core/record_keeping.h"

namespace core {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Records : public CallFlow {
 protected:
  // What was ordered to be kept since the last forget().
  static std::vector<queue::Ended> records(const Rehearsal& stage) {
    std::vector<queue::Ended> records;
    for (const auto& made : stage.all<RecordsMade>()) {
      records.insert(records.end(), made.records.begin(), made.records.end());
    }
    return records;
  }
  template <class T>
  static std::vector<T> all(const Rehearsal& stage) {
    std::vector<T> found;
    for (const auto& record : records(stage)) {
      if (const T* one = std::get_if<T>(&record)) found.push_back(*one);
    }
    return found;
  }
};

TEST_P(Records, AConversationMakesAnOfferAndAStayWithItsTimes) {
  Rehearsal stage(with_agents({"ann"}), GetParam());

  const Pair pair = talk(stage, "q-support");
  stage.hang_up(pair.caller);

  const auto offers = all<queue::OfferEnded>(stage);
  ASSERT_THAT(offers, SizeIs(1));
  EXPECT_EQ(offers[0].agent, "ann");
  EXPECT_EQ(offers[0].outcome, queue::OfferEnded::Outcome::Bridged);
  EXPECT_EQ(*offers[0].answered_at - offers[0].called_at, milliseconds(500));
  EXPECT_EQ(offers[0].ended_at - *offers[0].bridged_at, milliseconds(2500));
  const auto stays = all<queue::StayEnded>(stage);
  ASSERT_THAT(stays, SizeIs(1));
  EXPECT_EQ(stays[0].uuid, offers[0].member_uuid);
  EXPECT_EQ(stays[0].agent, "ann");
  EXPECT_EQ(stays[0].agent_uuid, offers[0].agent_uuid);
  EXPECT_EQ(stays[0].cid_number, "6001");
  EXPECT_FALSE(stays[0].cancelled);
  EXPECT_EQ(stays[0].left_at - stays[0].joined_at, seconds(3));
}

TEST_P(Records, ACallerWhoGoesMakesAStayWithItsCause) {
  Rehearsal stage(with_agents({}), GetParam());
  const base::LegId caller = stage.call("q-support");
  stage.wait(seconds(2));

  stage.hang_up(caller);

  const auto stays = all<queue::StayEnded>(stage);
  ASSERT_THAT(records(stage), SizeIs(1));
  ASSERT_THAT(stays, SizeIs(1));
  EXPECT_EQ(stays[0].cancelled, queue::ExitCause::BreakOut);
  EXPECT_THAT(stays[0].session_uuid, testing::Not(IsEmpty()));
  EXPECT_FALSE(stays[0].bridged_at);
}

TEST_P(Records, ARefusedOfferMakesARecordWithTheRealCause) {
  Rehearsal stage(with_agents({"ann"}), GetParam());
  stage.call("q-support");

  stage.refuse(stage.last<call::InviteLeg>()->leg, 486);

  const auto offers = all<queue::OfferEnded>(stage);
  ASSERT_THAT(offers, SizeIs(1));
  EXPECT_EQ(offers[0].outcome, queue::OfferEnded::Outcome::NotAnswered);
  EXPECT_EQ(offers[0].cause, "USER_BUSY");
  EXPECT_FALSE(offers[0].answered_at);
}

TEST_P(Records, AnUnconfirmedRecordIsOrderedAgainByTheNextProcess) {
  Rehearsal stage(with_agents({}), GetParam());
  for (const char* number : {"6001", "6002"}) stage.hang_up(stage.call("q-support", number));
  const auto first = stage.all<RecordsMade>();
  ASSERT_THAT(first, SizeIs(2));
  stage.feed(RecordsKept{first[0].last()});
  stage.forget();

  stage.restart();

  const auto again = stage.all<RecordsMade>();
  ASSERT_THAT(again, SizeIs(1));
  EXPECT_EQ(again[0].first, first[1].first);
  ASSERT_THAT(all<queue::StayEnded>(stage), SizeIs(1));
  EXPECT_EQ(all<queue::StayEnded>(stage)[0].cid_number, "6002");
}

TEST_P(Records, AConfirmedRecordIsForgotten) {
  Rehearsal stage(with_agents({}), GetParam());
  stage.hang_up(stage.call("q-support"));
  stage.feed(RecordsKept{stage.last<RecordsMade>()->last()});
  stage.forget();

  stage.restart();

  EXPECT_THAT(stage.all<RecordsMade>(), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(BothWays, Records,
                         ::testing::Values(Persistence::Continuous, Persistence::SavedEachTime));

}  // namespace
}  // namespace core
