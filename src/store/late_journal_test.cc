// On a disk that can be written by the time it is tried: the read-only one is in the integration
// tests (test_read_only_disk.py).
#include "store/late_journal.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>

#include "store/journal_testing.h"

namespace store {
namespace {

class LateJournalTest : public ::testing::Test {
 protected:
  // An open one lacks what came before, and says so.
  static void wait_until_open(LateJournal& journal) {
    while (journal.flush().error().find("lacks") == std::string::npos) std::this_thread::yield();
  }

  const TemporaryDirectory directory_;
  const std::string path_ = directory_.file("data/journal.db");
  const SqliteJournalOptions quick_ = {.sync_interval = std::chrono::milliseconds(20)};
  Listener listener_;
};

TEST_F(LateJournalTest, FindsWhatIsThereAndIsUnprotectedAtOnce) {
  static_cast<void>((*SqliteJournal::open(path_, {}, {})));
  {
    const auto before = *SqliteJournal::open(path_, {}, {});
    before->append(make_records(1, 3));
  }

  LateJournal journal(path_, quick_, listener_.callbacks());

  EXPECT_EQ(numbers_of(journal.take_recovered().tail), range(1, 3));
  EXPECT_EQ(listener_.failures().front(), "the disk of " + path_ + " is read-only");
}

TEST_F(LateJournalTest, StartsEmptyWhereThereIsNothing) {
  LateJournal journal(path_, quick_, listener_.callbacks());
  const Recovered found = journal.take_recovered();
  EXPECT_EQ(found.last_number(), 0u);
  EXPECT_EQ(found.start_number, 1u);
}

TEST_F(LateJournalTest, KeepsASnapshotOnceTheDiskIsBackAndWhatComesAfterIt) {
  {
    LateJournal journal(path_, quick_, listener_.callbacks());
    journal.append(make_records(1, 4));  // Lost, or before the gap is closed.
    journal.set_value("clock", "kept");
    wait_until_open(journal);
    journal.append(make_records(5, 5));
    journal.announce_snapshot(5);
    journal.append(make_records(6, 7));
    journal.deliver_snapshot({.number = 5, .instant_ms = 50, .body = "state"});
    ASSERT_TRUE(listener_.wait_saved(5));
    ASSERT_TRUE(journal.flush().has_value());
  }

  const auto journal = *SqliteJournal::open(path_, {}, {});
  const Recovered found = journal->take_recovered();

  EXPECT_EQ(found.snapshot->number, 5u);
  EXPECT_EQ(numbers_of(found.tail), range(6, 7));
  EXPECT_EQ(found.values.at("clock"), "kept");
}

}  // namespace
}  // namespace store
