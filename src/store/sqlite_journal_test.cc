#include "store/sqlite_journal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <utility>

#include "store/database.h"
#include "store/journal_testing.h"
#include "store/snapshot_table.h"

namespace store {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class SqliteJournalTest : public testing::Test {
 protected:
  std::unique_ptr<SqliteJournal> open(const SqliteJournalOptions& options = {}) {
    auto journal = SqliteJournal::open(path_, options, listener_.callbacks());
    EXPECT_TRUE(journal.has_value()) << (journal ? "" : journal.error());
    return journal ? std::move(*journal) : nullptr;
  }
  Recovered reopen() { return open()->take_recovered(); }

  // Changes the file with SQL as damage or a foreign program would.
  void alter(const std::string& sql) {
    auto database = Database::open(path_);
    ASSERT_TRUE(database.has_value());
    const auto done = database->execute(sql);
    ASSERT_TRUE(done.has_value()) << done.error().text;
  }

  unsigned mode_of(const std::string& path) {
    struct stat facts {};
    EXPECT_EQ(::stat(path.c_str(), &facts), 0) << path;
    return facts.st_mode & 0777u;
  }

  TemporaryDirectory directory_;
  const std::string path_ = directory_.file("data/journal.db");
  Listener listener_;
};

TEST_F(SqliteJournalTest, StartsEmptyWhenNothingIsThere) {
  const Recovered found = reopen();

  EXPECT_FALSE(found.snapshot.has_value());
  EXPECT_TRUE(found.tail.empty());
  EXPECT_TRUE(found.values.empty());
  EXPECT_TRUE(found.warnings.empty());
  EXPECT_EQ(found.last_number(), 0u);
}

TEST_F(SqliteJournalTest, GivesBackWhatWasAcknowledged) {
  {
    auto journal = open();
    journal->append(make_records(1, 3));
    journal->append({{4, 44, std::string("zero \0 and ü \xff", 14)}});
    ASSERT_TRUE(listener_.wait_acknowledged(4));
  }

  const Recovered found = reopen();

  EXPECT_EQ(numbers_of(found.tail), range(1, 4));
  EXPECT_EQ(found.tail[1].instant_ms, 20);
  EXPECT_EQ(found.tail[1].body, "{\"n\":2}");
  EXPECT_EQ(found.tail[3].body, std::string("zero \0 and ü \xff", 14));
  EXPECT_EQ(found.last_number(), 4u);
}

TEST_F(SqliteJournalTest, GoesOnWithTheNextNumberAfterAReopening) {
  open()->append(make_records(1, 2));
  open()->append(make_records(3, 4));

  EXPECT_EQ(numbers_of(reopen().tail), range(1, 4));
  EXPECT_TRUE(listener_.failures().empty());
}

TEST_F(SqliteJournalTest, AcknowledgesInOrderAndEachNumberAtMostOnce) {
  auto journal = open();

  for (std::uint64_t number = 1; number <= 500; ++number) {
    journal->append(make_records(number, number));
  }
  ASSERT_TRUE(listener_.wait_acknowledged(500));

  const auto numbers = listener_.acknowledged();
  EXPECT_EQ(numbers.back(), 500u);
  EXPECT_EQ(std::ranges::adjacent_find(numbers, std::greater_equal<>()), numbers.end());
}

TEST_F(SqliteJournalTest, CountsStarts) {
  EXPECT_EQ(reopen().start_number, 1u);
  EXPECT_EQ(reopen().start_number, 2u);
  EXPECT_EQ(reopen().start_number, 3u);
}

TEST_F(SqliteJournalTest, KeepsTheLastValueOfEachKey) {
  {
    auto journal = open();
    journal->set_value("anchor", "1");
    journal->set_value("anchor", "2");
    journal->set_value("seed", "");
  }

  const Recovered found = reopen();

  EXPECT_EQ(found.values, (std::map<std::string, std::string>{{"anchor", "2"}, {"seed", ""}}));
}

TEST_F(SqliteJournalTest, SnapshotIsTheNewBeginning) {
  {
    auto journal = open();
    journal->append(make_records(1, 5));
    journal->save_snapshot({5, 50, "five"});
    journal->append(make_records(6, 7));
    ASSERT_TRUE(listener_.wait_saved(5));
  }

  const Recovered found = reopen();

  ASSERT_TRUE(found.snapshot.has_value());
  EXPECT_EQ(found.snapshot->number, 5u);
  EXPECT_EQ(found.snapshot->instant_ms, 50);
  EXPECT_EQ(found.snapshot->body, "five");
  EXPECT_EQ(numbers_of(found.tail), range(6, 7));
  EXPECT_FALSE(found.older_snapshot.has_value());
}

TEST_F(SqliteJournalTest, KeepsTwoSnapshotsAndTheRecordsSinceTheOlder) {
  {
    auto journal = open();
    journal->append(make_records(1, 2000));
    journal->save_snapshot({2000, 1, "first"});
    ASSERT_TRUE(listener_.wait_saved(2000));
    journal->append(make_records(2001, 4000));
    journal->save_snapshot({4000, 2, "second"});
    ASSERT_TRUE(listener_.wait_saved(4000));
    journal->append(make_records(4001, 4010));
    journal->save_snapshot({4010, 3, "third"});
    journal->append(make_records(4011, 4011));
    ASSERT_TRUE(journal->flush().has_value());
  }

  const Recovered found = reopen();

  EXPECT_EQ(found.snapshot->body, "third");
  EXPECT_EQ(numbers_of(found.tail), range(4011, 4011));
  ASSERT_TRUE(found.older_snapshot.has_value());
  EXPECT_EQ(found.older_snapshot->body, "second");
  EXPECT_EQ(numbers_of(found.between), range(4001, 4010));
  auto database = Database::open(path_);
  EXPECT_EQ(database->number("SELECT min(number) FROM records"), 4001);
  EXPECT_EQ(database->number("SELECT count(*) FROM snapshots"), 2);
}

TEST_F(SqliteJournalTest, LargeSnapshotIsWrittenBetweenBatches) {
  const std::string large = std::string(SnapshotTable::kPartBytes * 20 + 1, 'a') + "end";
  {
    auto journal = open();
    journal->append(make_records(1, 1));
    journal->save_snapshot({1, 10, large});
    for (std::uint64_t number = 2; number <= 50; ++number) {
      journal->append(make_records(number, number));
      ASSERT_TRUE(listener_.wait_acknowledged(number));
    }
    ASSERT_TRUE(listener_.wait_saved(1));
  }

  const Recovered found = reopen();

  EXPECT_EQ(found.snapshot->body, large);
  EXPECT_EQ(numbers_of(found.tail), range(2, 50));
}

TEST_F(SqliteJournalTest, PartsOfDroppedAndUnfinishedSnapshotsGo) {
  const auto parts = [&] {
    return Database::open(path_)->number("SELECT count(*) FROM snapshot_parts").value();
  };
  {
    auto journal = open();
    for (std::uint64_t number = 1; number <= 4; ++number) {
      journal->append(make_records(number, number));
      journal->save_snapshot({number, 0, std::string(SnapshotTable::kPartBytes * 3, 'x')});
      ASSERT_TRUE(journal->flush().has_value());
    }
  }
  EXPECT_EQ(parts(), 6);
  alter("INSERT INTO snapshot_parts VALUES(77, 0, 'of a snapshot that a crash cut short')");

  auto journal = open();
  ASSERT_TRUE(journal->flush().has_value());

  EXPECT_EQ(parts(), 6);
}

TEST_F(SqliteJournalTest, TheSameNumberMayBeSavedTwice) {
  for (const char* body : {"before", "after"}) {
    auto journal = open();
    journal->save_snapshot({0, 0, body});
    ASSERT_TRUE(listener_.wait_saved(0));
  }

  EXPECT_EQ(reopen().snapshot->body, "after");
}

TEST_F(SqliteJournalTest, FilesAreForTheirOwnerOnly) {
  auto journal = open();
  journal->append(make_records(1, 1));
  ASSERT_TRUE(listener_.wait_acknowledged(1));

  EXPECT_EQ(mode_of(directory_.file("data")), 0700u);
  EXPECT_EQ(mode_of(path_), 0600u);
  EXPECT_EQ(mode_of(path_ + "-wal"), 0600u);
}

TEST_F(SqliteJournalTest, RefusesASecondServerOnTheSameFiles) {
  const auto first = open();

  const auto second = SqliteJournal::open(path_, {}, {});

  ASSERT_FALSE(second.has_value());
  EXPECT_THAT(second.error(), HasSubstr("another server is using this directory"));
}

TEST_F(SqliteJournalTest, SaysWhyItCannotBeOpened) {
  std::ofstream(directory_.file("data")) << "a file where a directory should be";

  const auto journal = SqliteJournal::open(path_, {}, {});

  ASSERT_FALSE(journal.has_value());
  EXPECT_THAT(journal.error(), HasSubstr("data"));
}

// ---- damage ------------------------------------------------------------------------------------

TEST_F(SqliteJournalTest, TornFileIsSetAsideAndTheJournalStartsEmpty) {
  open()->append(make_records(1, 200, 300));
  const auto size = std::filesystem::file_size(path_);
  std::filesystem::resize_file(path_, size / 2 + 100);

  auto journal = open();
  const Recovered found = journal->take_recovered();

  EXPECT_TRUE(found.tail.empty());
  ASSERT_EQ(found.warnings.size(), 1u);
  EXPECT_THAT(found.warnings[0], HasSubstr("quarantine/journal.db.1"));
  EXPECT_EQ(std::filesystem::file_size(directory_.file("data/quarantine/journal.db.1")),
            size / 2 + 100);
  journal->append(make_records(1, 1));
  EXPECT_TRUE(listener_.wait_acknowledged(1));
}

TEST_F(SqliteJournalTest, FileThatIsNoDatabaseIsSetAside) {
  std::filesystem::create_directory(directory_.file("data"));
  std::ofstream(path_) << std::string(5000, 'x');

  EXPECT_THAT(reopen().warnings, ElementsAre(HasSubstr("not a database")));
  EXPECT_TRUE(reopen().warnings.empty());
}

TEST_F(SqliteJournalTest, AnotherProgramsDatabaseIsLeftAlone) {
  std::filesystem::create_directory(directory_.file("data"));
  alter("CREATE TABLE theirs(x)");

  const auto journal = SqliteJournal::open(path_, {}, {});

  ASSERT_FALSE(journal.has_value());
  EXPECT_THAT(journal.error(), HasSubstr("is not a journal of ringmaster"));
}

TEST_F(SqliteJournalTest, NewerProgramsJournalIsLeftAlone) {
  open();
  alter("PRAGMA user_version = 2");

  const auto journal = SqliteJournal::open(path_, {}, {});

  ASSERT_FALSE(journal.has_value());
  EXPECT_THAT(journal.error(), HasSubstr("newer"));
}

TEST_F(SqliteJournalTest, DamagedRecordEndsTheTailAndACopyIsKept) {
  open()->append(make_records(1, 5));
  alter("UPDATE records SET body = 'flipped' WHERE number = 4");

  auto journal = open();
  const Recovered found = journal->take_recovered();

  EXPECT_EQ(numbers_of(found.tail), range(1, 3));
  EXPECT_THAT(found.warnings,
              ElementsAre(HasSubstr("record 4 is damaged"), HasSubstr("quarantine")));
  EXPECT_TRUE(std::filesystem::exists(directory_.file("data/quarantine/journal.db.1")));
  journal->append(make_records(4, 6));
  ASSERT_TRUE(listener_.wait_acknowledged(6));
  journal.reset();
  EXPECT_EQ(numbers_of(reopen().tail), range(1, 6));
}

TEST_F(SqliteJournalTest, MissingRecordEndsTheTail) {
  open()->append(make_records(1, 5));
  alter("DELETE FROM records WHERE number = 2");

  const Recovered found = reopen();

  EXPECT_EQ(numbers_of(found.tail), range(1, 1));
  EXPECT_THAT(found.warnings[0], HasSubstr("record 2 is missing"));
}

TEST_F(SqliteJournalTest, DamagedSnapshotGivesWayToTheOlderWithAllRecordsSince) {
  {
    auto journal = open();
    journal->append(make_records(1, 2));
    journal->save_snapshot({2, 20, "older"});
    ASSERT_TRUE(listener_.wait_saved(2));
    journal->append(make_records(3, 4));
    journal->save_snapshot({4, 40, "newer"});
    journal->append(make_records(5, 5));
  }
  alter("UPDATE snapshot_parts SET body = 'broken' WHERE body = 'newer'");

  const Recovered found = reopen();

  EXPECT_EQ(found.snapshot->body, "older");
  EXPECT_EQ(numbers_of(found.tail), range(3, 5));
  EXPECT_THAT(found.warnings[0], HasSubstr("snapshot 4 is damaged"));
}

}  // namespace
}  // namespace store
