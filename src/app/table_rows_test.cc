#include "app/table_rows.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "store/sql_schema.h"

namespace app {
namespace {

using base::instant_ms;

class TableRowsTest : public testing::Test {
 protected:
  TableRowsTest()
      : database_(std::move(*store::SqlConnection::open(
            {.backend = store::SqlTarget::Backend::Sqlite, .connect = ":memory:"}))) {
    for (auto* copy : {&rows_.agents(), &rows_.tiers(), &rows_.members()}) {
      EXPECT_TRUE(copy->look(*database_));
    }
    queue::Queue queue;
    queue.id = base::QueueId{1};
    queue.settings.name = "support";
    queue::Agent ann;
    ann.id = base::AgentId{2};
    ann.name = "ann";
    ann.type = "Callback";
    queue::Tier tier;
    tier.queue = queue.id;
    tier.agent = ann.id;
    queue::Member member;
    member.id = base::MemberId{3};
    member.queue = queue.id;
    member.queue_name = "support";
    member.uuid = "m1";
    member.joined_at = instant_ms(5'000);
    queue::RowChanges changes;
    changes.frame = {.instance_id = "east", .anchor = {.unix_ms_at_origin = 1'700'000'000'000}};
    changes.queues = {queue};
    changes.agents = {ann};
    changes.tiers = {tier};
    changes.members = {member};
    apply(changes);
  }

  void apply(const queue::RowChanges& changes) {
    rows_.apply({.sequence = ++sequence_, .rows = changes});
    for (auto* copy : {&rows_.agents(), &rows_.tiers(), &rows_.members()}) {
      ASSERT_TRUE(copy->write(*database_));
    }
  }
  std::string there(const std::string& select) {
    const auto found =
        database_->select({.text = select, .kinds = {store::SqlKind::Text, store::SqlKind::Text}});
    std::string text;
    for (const auto& row : found.value_or(std::vector<store::SqlRow>{})) {
      text += row[0].value_or("NULL") + " " + row[1].value_or("NULL") + ";";
    }
    return text;
  }

  std::unique_ptr<store::SqlConnection> database_;
  TableRows rows_;
  std::uint64_t sequence_ = 0;
};

TEST_F(TableRowsTest, RowsStandAsListsShowThem) {
  EXPECT_EQ(there("SELECT name, status FROM agents"), "ann Logged Out;");
  EXPECT_EQ(there("SELECT name, uuid FROM agents"), "ann NULL;");
  EXPECT_EQ(there("SELECT queue, agent FROM tiers"), "support ann;");
  EXPECT_EQ(there("SELECT uuid, instance_id FROM members"), "m1 east;");
  EXPECT_EQ(there("SELECT uuid, CAST(joined_epoch AS VARCHAR) FROM members"), "m1 1700000005;");
}

TEST_F(TableRowsTest, WhatIsGoneGoes) {
  queue::RowChanges changes;
  changes.agents_gone = {base::AgentId{2}};
  changes.tiers_gone = {{base::QueueId{1}, base::AgentId{2}}};
  changes.members_gone = {base::MemberId{3}};

  apply(changes);

  EXPECT_EQ(there("SELECT name, status FROM agents"), "");
  EXPECT_EQ(there("SELECT queue, agent FROM tiers"), "");
  EXPECT_EQ(there("SELECT uuid, state FROM members"), "");
}

TEST_F(TableRowsTest, AnAgentWhoWasDeletedWhileTalkingIsGoneAtOnce) {
  queue::Agent ann;
  ann.id = base::AgentId{2};
  ann.name = "ann";
  ann.removed = true;
  queue::RowChanges changes;
  changes.agents = {ann};

  apply(changes);

  EXPECT_EQ(there("SELECT name, status FROM agents"), "");
}

TEST_F(TableRowsTest, AQueuesNewSpellingReachesItsTiers) {
  queue::Queue queue;
  queue.id = base::QueueId{1};
  queue.settings.name = "SUPPORT";
  queue::RowChanges changes;
  changes.queues = {queue};

  apply(changes);

  EXPECT_EQ(there("SELECT queue, agent FROM tiers"), "SUPPORT ann;");
}

TEST_F(TableRowsTest, AMissedChangeIsNoticedAndAllRowsMendIt) {
  ++sequence_;
  apply({});
  EXPECT_FALSE(rows_.is_complete());

  queue::Agent bob;
  bob.id = base::AgentId{4};
  bob.name = "bob";
  queue::RowChanges all;
  all.agents = {bob};
  all.frame = {.instance_id = "east", .anchor = {}};
  rows_.apply({.extent = core::RowsChanged::Extent::AllRows, .sequence = sequence_, .rows = all});
  ASSERT_TRUE(rows_.agents().write(*database_));

  EXPECT_TRUE(rows_.is_complete());
  EXPECT_EQ(there("SELECT name, status FROM agents"), "bob Logged Out;");
}

}  // namespace
}  // namespace app
