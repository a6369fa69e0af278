#include "store/journal_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <utility>

#include "store/journal_files.h"
#include "store/journal_testing.h"

namespace store {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// The writer on real files, step by step and without threads.
class JournalWriterTest : public testing::Test {
 protected:
  struct Opened {
    FileLock lock;
    JournalWriter writer;
  };

  std::unique_ptr<Opened> open() {
    auto files = open_journal_files(path_);
    EXPECT_TRUE(files.has_value());
    recovered_ = std::move(files->recovered);
    JournalCallbacks callbacks;
    callbacks.acknowledged = [this](std::uint64_t number) { acknowledged_.push_back(number); };
    callbacks.saved = [this](std::uint64_t number) { saved_.push_back(number); };
    callbacks.failed = [this](const std::string& reason, std::uint64_t) {
      failures_.push_back(reason);
    };
    const JournalWriter::Limits limits = {100, 1 << 20, std::chrono::milliseconds(500)};
    auto opened = std::make_unique<Opened>(
        Opened{std::move(files->lock),
               JournalWriter(std::move(files->tables), limits, std::move(callbacks))});
    opened->writer.start_after(recovered_.last_number(), {});
    return opened;
  }

  void finish(JournalWriter& writer) {
    while (writer.write_part()) {
    }
    writer.write(at_);
  }

  TemporaryDirectory directory_;
  const std::string path_ = directory_.file("journal.db");
  const JournalWriter::TimePoint at_{std::chrono::hours(1)};
  const std::string two_parts_ = std::string(SnapshotTable::kPartBytes + 1, 's');
  Recovered recovered_;
  std::vector<std::uint64_t> acknowledged_;
  std::vector<std::uint64_t> saved_;
  std::vector<std::string> failures_;
};

TEST_F(JournalWriterTest, ASnapshotFromBeforeAGapCannotCloseIt) {
  auto opened = open();
  JournalWriter& writer = opened->writer;
  writer.add(make_records(1, 2));
  writer.write(at_);
  writer.begin_snapshot({2, 0, two_parts_});
  ASSERT_TRUE(writer.write_part());

  writer.add(make_records(4, 4));
  finish(writer);
  writer.add(make_records(5, 5));
  writer.write(at_);

  EXPECT_THAT(saved_, IsEmpty());
  EXPECT_THAT(acknowledged_, ElementsAre(2u));
  EXPECT_THAT(failures_, ElementsAre(HasSubstr("record 3 was never handed over")));

  writer.expect_snapshot(5);
  writer.begin_snapshot({5, 0, two_parts_});
  writer.add(make_records(6, 6));
  writer.write(at_);
  EXPECT_THAT(acknowledged_, ElementsAre(2u)) << "6 is of no use before the snapshot counts";
  finish(writer);

  EXPECT_THAT(saved_, ElementsAre(5u));
  EXPECT_THAT(acknowledged_, ElementsAre(2u, 6u));
  opened.reset();
  open();
  EXPECT_EQ(recovered_.snapshot->number, 5u);
  EXPECT_EQ(numbers_of(recovered_.tail), range(6, 6));
}

TEST_F(JournalWriterTest, RecordsBetweenAnnouncementAndDeliveryComeAfterTheSnapshot) {
  auto opened = open();
  JournalWriter& writer = opened->writer;
  writer.add(make_records(1, 2));
  writer.write(at_);
  writer.note_loss("lost");
  writer.add(make_records(3, 3));
  writer.expect_snapshot(3);
  writer.add(make_records(4, 5));
  writer.write(at_);
  EXPECT_THAT(acknowledged_, ElementsAre(2u)) << "nothing of it is safe before the snapshot counts";

  writer.begin_snapshot({3, 0, two_parts_});
  writer.add(make_records(6, 6));
  finish(writer);

  EXPECT_THAT(saved_, ElementsAre(3u));
  EXPECT_THAT(acknowledged_, ElementsAre(2u, 6u));
  opened.reset();
  open();
  EXPECT_EQ(recovered_.snapshot->number, 3u);
  EXPECT_EQ(numbers_of(recovered_.tail), range(4, 6));
}

TEST_F(JournalWriterTest, ASnapshotAnnouncedBeforeAGapCannotCloseIt) {
  auto opened = open();
  JournalWriter& writer = opened->writer;
  writer.add(make_records(1, 2));
  writer.write(at_);
  writer.expect_snapshot(2);
  writer.note_loss("lost");

  writer.begin_snapshot({2, 0, two_parts_});
  finish(writer);
  writer.add(make_records(3, 3));
  writer.write(at_);

  EXPECT_THAT(saved_, IsEmpty());
  EXPECT_THAT(acknowledged_, ElementsAre(2u));
}

TEST_F(JournalWriterTest, ASnapshotThatANewerHasOvertakenIsDropped) {
  auto opened = open();
  JournalWriter& writer = opened->writer;
  writer.add(make_records(1, 4));
  writer.write(at_);
  writer.begin_snapshot({4, 0, two_parts_});
  writer.begin_snapshot({3, 0, two_parts_});
  finish(writer);

  EXPECT_THAT(saved_, ElementsAre(4u));
}

TEST_F(JournalWriterTest, OfSnapshotsThatComeTooFastTheFirstAndTheLastAreWritten) {
  auto opened = open();
  JournalWriter& writer = opened->writer;
  for (std::uint64_t number = 1; number <= 3; ++number) {
    writer.add(make_records(number, number));
    writer.write(at_);
    writer.begin_snapshot({number, 0, two_parts_});
  }

  finish(writer);

  EXPECT_THAT(saved_, ElementsAre(1u, 3u));
}

TEST_F(JournalWriterTest, ACrashInTheMiddleOfASnapshotLeavesTheOneBefore) {
  auto opened = open();
  opened->writer.add(make_records(1, 2));
  opened->writer.write(at_);
  opened->writer.begin_snapshot({2, 0, two_parts_});
  ASSERT_TRUE(opened->writer.write_part());

  opened.reset();
  open();

  EXPECT_FALSE(recovered_.snapshot.has_value());
  EXPECT_EQ(numbers_of(recovered_.tail), range(1, 2));
  EXPECT_THAT(recovered_.warnings, IsEmpty());
}

// ---- a disk that is nearly full -----------------------------------------------------------------

TEST_F(JournalWriterTest, WhatComesWhileWritingIsForbiddenIsWrittenAfterwards) {
  auto opened = open();
  JournalWriter& writer = opened->writer;
  writer.add(make_records(1, 2));
  writer.write(at_);

  writer.forbid("nearly full");
  writer.forbid("nearly full");
  writer.add(make_records(3, 4));
  writer.write(at_);
  EXPECT_THAT(failures_, ElementsAre("nearly full"));
  EXPECT_THAT(acknowledged_, ElementsAre(2));
  writer.forbid("");
  writer.write(at_);

  EXPECT_THAT(acknowledged_, ElementsAre(2, 4));
  EXPECT_THAT(writer.trouble(), IsEmpty());
}

TEST_F(JournalWriterTest, ASnapshotWaitsWhileWritingIsForbidden) {
  auto opened = open();
  JournalWriter& writer = opened->writer;
  writer.add(make_records(1, 2));
  writer.forbid("nearly full");

  writer.expect_snapshot(2);
  writer.begin_snapshot({2, 20, two_parts_});
  EXPECT_FALSE(writer.write_part());
  EXPECT_THAT(saved_, IsEmpty());

  writer.forbid("");
  finish(writer);
  EXPECT_THAT(saved_, ElementsAre(2));
}

TEST_F(JournalWriterTest, AGapThatCameWhileItWasForbiddenIsClosedByASnapshot) {
  auto opened = open();
  JournalWriter& writer = opened->writer;
  writer.forbid("nearly full");
  writer.add(make_records(1, 101));
  EXPECT_THAT(failures_.back(), HasSubstr("too many records wait"));

  writer.forbid("");
  writer.expect_snapshot(101);
  writer.begin_snapshot({101, 20, "state"});
  writer.add(make_records(102, 102));
  finish(writer);

  EXPECT_THAT(saved_, ElementsAre(101));
  EXPECT_THAT(acknowledged_, ElementsAre(102));
}

}  // namespace
}  // namespace store
