#include "app/record_thread.h"

#include <gtest/gtest.h>

#include <future>
#include <string>

#include "store/journal_testing.h"

namespace app {
namespace {

core::RecordsMade call(std::uint64_t number, std::string instance_id = "east") {
  queue::StayEnded stay;
  stay.uuid = std::to_string(number);
  return {.first = number,
          .frame = {.instance_id = std::move(instance_id), .anchor = {.unix_ms_at_origin = 1}},
          .records = {queue::Ended(stay)}};
}

class RecordThreadTest : public testing::Test {
 protected:
  RecordThread::Outlets outlets() {
    return {.confirm =
                [this](const core::Input& input) {
                  confirmed_ = std::get<core::RecordsKept>(input).last;
                  if (confirmed_ == awaited_) all_are_confirmed_.set_value();
                  return true;
                },
            .put_into_outbox = [this] { ++puts_; }};
  }

  // "UUID@INSTANCE;…"
  std::string in_the_outbox() const {
    const auto path = folder_.file("outbox.db");
    auto box = store::RecordOutbox::open(path, store::RecordOutbox::Writes::Quick);
    const auto parcel = box->oldest(1000);
    std::string text;
    for (const auto& record : parcel->records) {
      text += record.row[0].value_or("NULL") + "@" + record.row[1].value_or("NULL") + ";";
    }
    return text;
  }

  store::TemporaryDirectory folder_;
  std::uint64_t awaited_ = 0;
  std::uint64_t confirmed_ = 0;
  std::promise<void> all_are_confirmed_;
  int puts_ = 0;
};

TEST_F(RecordThreadTest, ManyRecordsCostFewConfirmationsOfTheDisk) {
  constexpr std::uint64_t kCalls = 500;
  std::string expected;
  awaited_ = kCalls;
  {
    RecordThread thread(folder_.file(""), outlets());
    for (std::uint64_t number = 1; number <= kCalls; ++number) {
      thread.keep(call(number));
      expected += std::to_string(number) + "@east;";
    }
    all_are_confirmed_.get_future().wait();
  }
  EXPECT_EQ(in_the_outbox(), expected);
  EXPECT_LT(puts_, 50);
}

TEST_F(RecordThreadTest, WhatComesBeforeTheEndIsKept) {
  {
    RecordThread thread(folder_.file(""), outlets());
    thread.keep(call(1));
    thread.keep(call(2));
  }
  EXPECT_EQ(in_the_outbox(), "1@east;2@east;");
}

TEST_F(RecordThreadTest, RecordsThatComeAgainAreKeptOnce) {
  {
    RecordThread thread(folder_.file(""), outlets());
    for (const std::uint64_t number : {1, 2, 2, 3, 1}) thread.keep(call(number));
  }
  EXPECT_EQ(in_the_outbox(), "1@east;2@east;3@east;");
}

TEST_F(RecordThreadTest, EachRecordNamesItsOwnInstance) {
  {
    RecordThread thread(folder_.file(""), outlets());
    thread.keep(call(1));
    thread.keep(call(2, "west"));
  }
  EXPECT_EQ(in_the_outbox(), "1@east;2@west;");
}

}  // namespace
}  // namespace app
