// What the keeper copies beside a journal that is written, and where its files begin.
#include "store/history_keeper.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <optional>

#include "store/journal_reading.h"
#include "store/journal_testing.h"
#include "store/sqlite_journal.h"

namespace store {
namespace {

using ::testing::SizeIs;

class HistoryKeeperTest : public ::testing::Test {
 protected:
  HistoryKeeperTest() { open_journal(); }

  void open_journal() {
    journal_.reset();
    journal_ = *SqliteJournal::open(directory_.file("journal.db"), {}, {});
    last_ = journal_->take_recovered().last_number();
  }
  HistoryKeeper keeper(HistoryKeeper::Limits limits = {}) {
    return {directory_.file("journal.db"), directory_.file("history"), limits};
  }
  void write(std::uint64_t records) {
    std::vector<JournalRecord> made;
    for (std::uint64_t i = 0; i < records; ++i) {
      ++last_;
      made.push_back({last_, static_cast<std::int64_t>(1000 * last_), std::to_string(last_)});
    }
    journal_->append(std::move(made));
    ASSERT_TRUE(journal_->flush());
  }
  void save() {
    const auto at = static_cast<std::int64_t>(1000 * last_);
    journal_->save_snapshot({last_, at, "state " + std::to_string(last_)});
    ASSERT_TRUE(journal_->flush());
  }
  static void follow(HistoryKeeper& keeper) {
    for (int i = 0; i < 100; ++i) {
      const auto more = keeper.follow();
      ASSERT_TRUE(more) << more.error();
      if (!*more) return;
    }
    FAIL() << "it never comes to an end";
  }
  std::vector<std::filesystem::path> files() const {
    return history_files(directory_.file("history"));
  }
  // Each file is a journal by itself.
  static Recovered read(const std::filesystem::path& file) {
    auto found = read_journal(file.string());
    EXPECT_TRUE(found) << found.error();
    EXPECT_THAT(found->warnings, SizeIs(0));
    return std::move(*found);
  }

  TemporaryDirectory directory_;
  std::unique_ptr<SqliteJournal> journal_;
  std::uint64_t last_ = 0;
};

TEST_F(HistoryKeeperTest, KeepsWhatTheJournalForgets) {
  auto keeper = this->keeper();
  for (int i = 0; i < 5; ++i) {
    write(10);
    follow(keeper);
    save();
  }

  ASSERT_THAT(files(), SizeIs(1));
  const Recovered kept = read(files()[0]);
  EXPECT_FALSE(kept.snapshot);
  ASSERT_THAT(kept.tail, SizeIs(50));
  EXPECT_EQ(kept.tail.back().body, "50");
}

TEST_F(HistoryKeeperTest, BeginsTheNextFileAtASnapshotWhenOneIsFull) {
  auto keeper = this->keeper({.records_per_file = 15});
  write(10);
  follow(keeper);
  save();
  write(10);
  follow(keeper);
  write(5);
  follow(keeper);

  ASSERT_THAT(files(), SizeIs(2));
  EXPECT_THAT(read(files()[0]).tail, SizeIs(20));
  const Recovered second = read(files()[1]);
  EXPECT_EQ(second.snapshot->body, "state 10");
  ASSERT_THAT(second.tail, SizeIs(15));
  EXPECT_EQ(second.last_number(), 25U);
}

TEST_F(HistoryKeeperTest, GoesOnInTheNewestFileAfterARestart) {
  write(10);
  {
    auto keeper = this->keeper();
    follow(keeper);
  }
  write(10);
  auto keeper = this->keeper();
  follow(keeper);

  ASSERT_THAT(files(), SizeIs(1));
  EXPECT_EQ(read(files()[0]).last_number(), 20U);
}

TEST_F(HistoryKeeperTest, BeginsAnewWhereTheJournalHasForgottenTooMuch) {
  auto keeper = this->keeper();
  write(10);
  follow(keeper);
  for (int i = 0; i < 3; ++i) {
    write(10);
    save();
  }
  follow(keeper);

  ASSERT_THAT(files(), SizeIs(2));
  EXPECT_EQ(read(files()[0]).last_number(), 10U);
  EXPECT_EQ(read(files()[1]).snapshot->body, "state 40");
}

TEST_F(HistoryKeeperTest, BeginsAnewWithAnotherJournal) {
  auto keeper = this->keeper();
  write(10);
  follow(keeper);
  journal_.reset();
  for (const char* suffix : {"", "-wal", "-shm"}) {
    std::filesystem::remove(directory_.file(std::string("journal.db") + suffix));
  }
  open_journal();
  write(3);
  auto next = this->keeper();
  follow(next);

  ASSERT_THAT(files(), SizeIs(2));
  EXPECT_EQ(read(files()[1]).last_number(), 3U);
}

TEST_F(HistoryKeeperTest, LeavesADamagedFileAsItIs) {
  write(10);
  {
    auto keeper = this->keeper();
    follow(keeper);
  }
  std::ofstream(files()[0]) << std::string(8192, 'x');
  write(10);
  auto keeper = this->keeper();
  follow(keeper);

  ASSERT_THAT(files(), SizeIs(2));
  EXPECT_EQ(read(files()[1]).last_number(), 20U);
}

TEST_F(HistoryKeeperTest, BeginsWithASnapshotOfAJournalThatIsOlder) {
  for (int i = 0; i < 3; ++i) {
    write(10);
    save();
  }
  write(1);
  auto keeper = this->keeper();
  follow(keeper);

  ASSERT_THAT(files(), SizeIs(1));
  EXPECT_EQ(read(files()[0]).snapshot->body, "state 30");
  EXPECT_EQ(read(files()[0]).last_number(), 31U);
}

TEST_F(HistoryKeeperTest, CopiesInPortions) {
  auto keeper = this->keeper({.records_at_once = 4});
  write(10);

  EXPECT_EQ(keeper.follow(), base::Result<bool>(true));
  follow(keeper);

  EXPECT_EQ(read(files()[0]).last_number(), 10U);
}

TEST_F(HistoryKeeperTest, WritesForItsOwnerOnly) {
  auto keeper = this->keeper();
  write(1);
  follow(keeper);

  struct stat facts {};
  ASSERT_EQ(::stat(files()[0].c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777U, 0600U);
  ASSERT_EQ(::stat(directory_.file("history").c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777U, 0700U);
}

TEST_F(HistoryKeeperTest, SaysWhyItCannot) {
  HistoryKeeper keeper(directory_.file("journal.db"), "/proc/history", {});

  const auto more = keeper.follow();

  ASSERT_FALSE(more);
  EXPECT_NE(more.error().find("/proc/history"), std::string::npos) << more.error();
}

}  // namespace
}  // namespace store
