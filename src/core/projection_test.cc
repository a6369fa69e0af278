#include "core/projection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/lists.h"
#include "core/rehearsal.h"

namespace core {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;

// Changes as the core gives them.
std::vector<RowsChanged> changes_of(Rehearsal& stage) {
  auto changes = stage.all<RowsChanged>();
  stage.forget();
  return changes;
}

RowsChanged all_rows_of(const Rehearsal& stage) {
  Commands out;
  stage.core().hand_out_all_rows(out);
  return std::get<RowsChanged>(out.at(0));
}

std::string list(const Projection& projection, const Rehearsal& stage, std::string_view command) {
  return api::list("callcenter_config " + std::string(command), projection, stage.now());
}

ListAsked question(std::uint64_t sequence) {
  return {.ticket = base::Ticket{1},
          .command = "callcenter_config agent list",
          .at = base::instant_ms(0),
          .sequence = sequence};
}

Configuration two_agents() {
  Configuration configuration = stage_configuration();
  add_stage_agent(configuration, "ann");
  add_stage_agent(configuration, "bob");
  return configuration;
}

TEST(Projection, ChangesAreAsManyRowsAsWereTouched) {
  Configuration configuration = stage_configuration();
  for (int i = 0; i < 200; ++i) add_stage_agent(configuration, "a" + std::to_string(i));
  Rehearsal stage(configuration);

  stage.api("callcenter_config agent set status a7 'On Break'");

  const auto changes = changes_of(stage);
  ASSERT_EQ(changes.size(), 1u);
  EXPECT_LE(changes[0].rows.rows(), 3u);
  ASSERT_EQ(changes[0].rows.agents.size(), 1u);
  EXPECT_EQ(changes[0].rows.agents[0].name, "a7");
}

TEST(Projection, ListsAndOtherQuestionsChangeNoRow) {
  Rehearsal stage(two_agents());
  stage.call("q-support");
  stage.forget();

  stage.api("callcenter_config agent list");
  stage.api("callcenter_config queue count members support@default");
  stage.api("json {\"command\":\"callcenter_config\",\"data\":{\"arguments\":\"agent list\"}}");
  stage.api("show channels");

  EXPECT_TRUE(stage.all<RowsChanged>().empty());
}

TEST(Projection, NumbersHaveNoGapOverARestart) {
  Rehearsal stage(two_agents());
  const std::uint64_t before = stage.projection().sequence();

  stage.restart();
  stage.api("callcenter_config agent set status ann 'On Break'");

  std::uint64_t number = before;
  for (const RowsChanged& changed : changes_of(stage)) EXPECT_EQ(changed.sequence, ++number);
  EXPECT_GT(number, before);
}

TEST(Projection, AnswersNothingUntilItHasAllRowsOnceChangesWereMissed) {
  Rehearsal stage(two_agents());
  Projection late;

  stage.api("callcenter_config agent set status ann 'On Break'");
  const RowsChanged missed_others = changes_of(stage).back();
  late.apply(missed_others);
  EXPECT_FALSE(late.is_complete());
  EXPECT_FALSE(late.can_answer(question(0)));

  late.apply(all_rows_of(stage));
  EXPECT_TRUE(late.can_answer(question(missed_others.sequence)));
  EXPECT_EQ(list(late, stage, "agent list"), list(stage.projection(), stage, "agent list"));
}

TEST(Projection, ChangesThatAreInAllRowsAlreadyAreLeftOut) {
  Rehearsal stage(two_agents());
  stage.api("callcenter_config agent set status ann 'On Break'");
  stage.api("callcenter_config agent del ann");
  const auto changes = changes_of(stage);
  Projection late;
  late.apply(all_rows_of(stage));

  for (const RowsChanged& changed : changes) late.apply(changed);

  EXPECT_TRUE(late.is_complete());
  EXPECT_EQ(late.agents().size(), 1u);
}

TEST(Projection, AQuestionWaitsForTheChangesBeforeIt) {
  Rehearsal stage(two_agents());
  Projection slow;
  slow.apply(all_rows_of(stage));
  const std::uint64_t before = slow.sequence();

  stage.api("callcenter_config agent set status ann 'On Break'");

  EXPECT_TRUE(slow.can_answer(question(before)));
  EXPECT_FALSE(slow.can_answer(question(before + 1)));
  for (const RowsChanged& changed : changes_of(stage)) slow.apply(changed);
  EXPECT_TRUE(slow.can_answer(question(before + 1)));
  EXPECT_THAT(list(slow, stage, "agent list ann"), HasSubstr("|On Break|"));
}

TEST(Projection, RowsThatAreGoneAreInNoList) {
  Rehearsal stage(two_agents());
  const base::LegId caller = stage.call("q-support");
  stage.hang_up(caller);
  stage.api("callcenter_config tier del support@default bob");
  stage.api("callcenter_config agent del bob");
  stage.api("callcenter_config queue unload sales@default");

  EXPECT_EQ(stage.projection().agents().size(), 1u);
  EXPECT_EQ(stage.projection().tiers().size(), 1u);
  EXPECT_EQ(stage.projection().queues().size(), 1u);
  EXPECT_EQ(stage.projection().find_queue("sales@default"), nullptr);
  EXPECT_NE(stage.projection().find_queue("SUPPORT@default"), nullptr);
}

TEST(Projection, TiersThatMoveAreListedAtTheirNewPlace) {
  Rehearsal stage(two_agents());

  stage.api("callcenter_config tier set level support@default ann 2");

  EXPECT_THAT(list(stage.projection(), stage, "tier list"),
              EndsWith("support@default|bob|Ready|1|1\nsupport@default|ann|Ready|2|1\n+OK\n"));
}

TEST(Projection, TheReplyOfAJobIsTheBodyOfItsEvent) {
  ListAsked asked = question(0);
  asked.job.emplace().sequence = 7;

  const Commands replies = list_replies(asked, "+OK\n");

  ASSERT_EQ(replies.size(), 2u);
  EXPECT_EQ(std::get<ApiReply>(replies[0]).text, "+OK\n");
  EXPECT_EQ(std::get<Publish>(replies[1]).event.body, "+OK\n");
  EXPECT_EQ(std::get<Publish>(replies[1]).event.sequence, 7u);
}

}  // namespace
}  // namespace core
