// The journal against death and a failing disk, with real means: SIGKILL, and a limit on file sizes
// (setrlimit(2)) in place of a full disk.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <utility>

#include "store/journal_testing.h"
#include "store/sqlite_journal.h"

namespace store {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// While it lives, no file of this process grows beyond `bytes`; a write that would, fails.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    previous_action_ = ::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &previous_);
    rlimit limit = previous_;
    limit.rlim_cur = bytes;
    EXPECT_EQ(::setrlimit(RLIMIT_FSIZE, &limit), 0);
  }
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &previous_);
    ::signal(SIGXFSZ, previous_action_);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  rlimit previous_{};
  void (*previous_action_)(int) = nullptr;
};

class JournalFailureTest : public testing::Test {
 protected:
  std::unique_ptr<SqliteJournal> open(const SqliteJournalOptions& options = {}) {
    auto journal = SqliteJournal::open(path_, options, listener_.callbacks());
    EXPECT_TRUE(journal.has_value()) << (journal ? "" : journal.error());
    return journal ? std::move(*journal) : nullptr;
  }

  TemporaryDirectory directory_;
  const std::string path_ = directory_.file("journal.db");
  Listener listener_;
  // Retries come quickly here, so that tests need not wait for them.
  const SqliteJournalOptions quick_ = {.sync_interval = std::chrono::milliseconds(20)};
};

// ---- kill -9 -----------------------------------------------------------------------------------

// Appends for ever, one record and now and then a snapshot, and writes each acknowledged number to
// `pipe`. Never returns.
[[noreturn]] void append_until_killed(const std::string& path, int pipe) {
  JournalCallbacks callbacks;
  callbacks.acknowledged = [pipe](std::uint64_t number) {
    if (::write(pipe, &number, sizeof(number)) != sizeof(number)) ::_exit(1);
  };
  auto journal = SqliteJournal::open(path, {}, callbacks);
  if (!journal) ::_exit(2);
  const std::uint64_t first = (*journal)->take_recovered().last_number() + 1;
  for (std::uint64_t number = first;; ++number) {
    (*journal)->append(make_records(number, number, 200));
    if (number % 100 == 0) (*journal)->save_snapshot({number, 0, "state"});
    // Not faster than the disk: a full inbox is another test.
    if (number % 50 == 0 && !(*journal)->flush()) ::_exit(3);
  }
}

// Runs a child until it has acknowledged `count` records, and kills it.
// Returns: the last number that the child knew to be safe.
std::uint64_t run_and_kill(const std::string& path, std::size_t count) {
  int ends[2];
  EXPECT_EQ(::pipe(ends), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(ends[0]);
    append_until_killed(path, ends[1]);
  }
  ::close(ends[1]);
  std::uint64_t last = 0;
  std::uint64_t number = 0;
  std::size_t read = 0;
  while (::read(ends[0], &number, sizeof(number)) == sizeof(number)) {
    last = number;
    if (++read == count) ::kill(child, SIGKILL);
  }
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status)) << "exit code " << WEXITSTATUS(status);
  return last;
}

TEST_F(JournalFailureTest, NothingAcknowledgedIsLostWhenTheProcessIsKilled) {
  std::uint64_t before = 0;
  for (const std::size_t count : {1u, 7u, 60u, 333u}) {
    const std::uint64_t safe = run_and_kill(path_, count);
    ASSERT_GT(safe, before);

    const Recovered found = open()->take_recovered();

    EXPECT_TRUE(found.warnings.empty());
    EXPECT_GE(found.last_number(), safe);
    const std::uint64_t from = found.snapshot ? found.snapshot->number : 0;
    EXPECT_EQ(numbers_of(found.tail), range(from + 1, found.last_number()));
    before = safe;
  }
}

// ---- a disk that fails -------------------------------------------------------------------------

TEST_F(JournalFailureTest, RecordsOfAFullDiskAreWrittenOnceThereIsRoom) {
  auto journal = open(quick_);
  journal->append(make_records(1, 1));
  ASSERT_TRUE(listener_.wait_acknowledged(1));
  {
    const FileSizeLimit limit(256 << 10);
    journal->append(make_records(2, 1001, 1000));
    ASSERT_TRUE(listener_.wait_failures(1));
    journal->append(make_records(1002, 1002));
    EXPECT_THAT(journal->flush().error(), Not(IsEmpty()));
    EXPECT_EQ(listener_.acknowledged().back(), 1u);
  }

  ASSERT_TRUE(listener_.wait_acknowledged(1002));
  EXPECT_TRUE(journal->flush().has_value());

  journal.reset();
  EXPECT_EQ(numbers_of(open()->take_recovered().tail), range(1, 1002));
}

TEST_F(JournalFailureTest, TheDatabasesOwnSizeLimitIsReportedAsFull) {
  SqliteJournalOptions options = quick_;
  options.pages_max = 40;
  auto journal = open(options);

  journal->append(make_records(1, 1000, 1000));

  ASSERT_TRUE(listener_.wait_failures(1));
  EXPECT_THAT(listener_.failures()[0], HasSubstr("full"));
  EXPECT_TRUE(listener_.acknowledged().empty());
}

TEST_F(JournalFailureTest, WhenTooManyRecordsWaitOnlyASnapshotBringsProtectionBack) {
  SqliteJournalOptions options = quick_;
  options.waiting_records = 10;
  auto journal = open(options);
  journal->append(make_records(1, 3));
  ASSERT_TRUE(listener_.wait_acknowledged(3));
  {
    const FileSizeLimit limit(256 << 10);
    journal->append(make_records(4, 400, 1000));
    ASSERT_TRUE(listener_.wait_failures(1));
    journal->append(make_records(401, 401));
    ASSERT_TRUE(listener_.wait_failures(2));
    EXPECT_THAT(listener_.failures()[1], HasSubstr("too many records wait"));
  }

  journal->append(make_records(402, 402));
  EXPECT_FALSE(journal->flush().has_value());
  EXPECT_EQ(listener_.acknowledged().back(), 3u);
  journal->save_snapshot({402, 0, "all until 402"});
  journal->append(make_records(403, 404));
  ASSERT_TRUE(listener_.wait_saved(402));
  ASSERT_TRUE(listener_.wait_acknowledged(404));

  journal.reset();
  const Recovered found = open()->take_recovered();
  EXPECT_TRUE(found.warnings.empty());
  EXPECT_EQ(found.snapshot->body, "all until 402");
  EXPECT_EQ(numbers_of(found.tail), range(403, 404));
}

TEST_F(JournalFailureTest, CrashAfterAGapFindsTheStateBeforeIt) {
  SqliteJournalOptions options = quick_;
  options.waiting_records = 1;
  {
    auto journal = open(options);
    journal->append(make_records(1, 2));
    ASSERT_TRUE(listener_.wait_acknowledged(2));
    journal->append(make_records(4, 5));  // 3 never came.
    ASSERT_TRUE(listener_.wait_failures(1));
    EXPECT_THAT(listener_.failures()[0], HasSubstr("record 3 was never handed over"));
    journal->append(make_records(6, 6));
  }

  EXPECT_EQ(numbers_of(open()->take_recovered().tail), range(1, 2));
}

TEST_F(JournalFailureTest, ASnapshotThatDoesNotFitIsReportedAndTheRecordsStay) {
  auto journal = open(quick_);
  journal->append(make_records(1, 5));
  ASSERT_TRUE(listener_.wait_acknowledged(5));
  {
    const FileSizeLimit limit(256 << 10);
    journal->save_snapshot({5, 0, std::string(1 << 20, 's')});
    ASSERT_TRUE(listener_.wait_failures(1));
    EXPECT_THAT(listener_.failures()[0], HasSubstr("snapshot 5"));
  }
  journal->append(make_records(6, 6));
  ASSERT_TRUE(listener_.wait_acknowledged(6));

  journal.reset();
  const Recovered found = open()->take_recovered();
  EXPECT_FALSE(found.snapshot.has_value());
  EXPECT_EQ(numbers_of(found.tail), range(1, 6));
}

TEST_F(JournalFailureTest, FullInboxIsAFailureAndNotASilentLoss) {
  SqliteJournalOptions options;
  options.inbox_items = 1;
  auto journal = open(options);

  // One item at a time fits, so among many some find the inbox full.
  for (std::uint64_t number = 1; number <= 2000; ++number) {
    journal->append(make_records(number, number, 2000));
  }

  ASSERT_TRUE(listener_.wait_failures(1));
  EXPECT_FALSE(journal->flush().has_value());
}

// ---- a reserve
// -----------------------------------------------------------------------------------

TEST_F(JournalFailureTest, BelowItsReserveNothingIsWrittenButTheEnd) {
  SqliteJournalOptions options = quick_;
  options.free_bytes_min = ~std::uint64_t{0} / 2;
  {
    auto journal = open(options);
    ASSERT_TRUE(listener_.wait_failures(1));
    EXPECT_THAT(listener_.failures()[0], HasSubstr("nearly full"));
    journal->append(make_records(1, 3));

    // What a server does that ends.
    journal->save_snapshot({3, 30, "state"});
    EXPECT_TRUE(journal->flush().has_value());
  }

  const Recovered found = open()->take_recovered();
  EXPECT_EQ(found.snapshot->body, "state");
  EXPECT_EQ(found.last_number(), 3u);
}

}  // namespace
}  // namespace store
