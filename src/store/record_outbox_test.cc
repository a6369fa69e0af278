#include "store/record_outbox.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "store/journal_testing.h"
#include "store/record_lines.h"

namespace store {
namespace {

namespace fs = std::filesystem;

class RecordOutboxTest : public testing::Test {
 protected:
  RecordOutbox open() {
    return std::move(*RecordOutbox::open(folder_.file("outbox.db"), RecordOutbox::Writes::Quick));
  }

  static Record call(const std::string& uuid) {
    SqlRow row(20);
    row[0] = uuid;
    row[11] = "1763856000000";  // 2025-11-23, 00:00 UTC
    return {.table = "calls", .row = row};
  }
  static std::string uuids(const RecordOutbox::Parcel& parcel) {
    std::string text;
    for (const Record& record : parcel.records) text += record.row[0].value_or("NULL") + ";";
    return text;
  }

  TemporaryDirectory folder_;
};

TEST_F(RecordOutboxTest, HoldsRecordsInOrderUntilTheyAreDelivered) {
  auto box = open();
  ASSERT_TRUE(box.put("life", 1, {call("a"), call("b")}));
  ASSERT_TRUE(box.put("life", 3, {call("c")}));

  const auto first = box.oldest(2);
  ASSERT_TRUE(first);
  EXPECT_EQ(uuids(*first), "a;b;");
  EXPECT_FALSE(first->records[0].row[1]);
  ASSERT_TRUE(box.delivered(first->last));

  auto again = open();
  EXPECT_EQ(uuids(*again.oldest(9)), "c;");
  EXPECT_EQ(*again.waiting(), 1);
}

TEST_F(RecordOutboxTest, WhatWasPutBeforeIsLeftOut) {
  auto box = open();
  ASSERT_TRUE(box.put("life", 1, {call("a"), call("b")}));

  ASSERT_TRUE(box.put("life", 1, {call("a"), call("b"), call("c")}));

  EXPECT_EQ(uuids(*box.oldest(9)), "a;b;c;");
  EXPECT_EQ(*box.last_put("life"), 3U);
}

TEST_F(RecordOutboxTest, AnotherLifeCountsAnew) {
  auto box = open();
  ASSERT_TRUE(box.put("one", 1, {call("a")}));

  ASSERT_TRUE(box.put("other", 1, {call("b")}));

  EXPECT_EQ(uuids(*box.oldest(9)), "a;b;");
}

TEST_F(RecordOutboxTest, ADamagedFileIsSetAside) {
  const fs::path path = folder_.file("outbox.db");
  std::ofstream(path) << std::string(8192, 'x');

  auto box = open();

  EXPECT_TRUE(box.put("life", 1, {call("a")}));
  EXPECT_TRUE(fs::exists(path.string() + ".damaged"));
}

TEST_F(RecordOutboxTest, ALineHasTheColumnsByName) {
  Record record = call("a");
  record.row[4] = "\"600\n1\"";

  EXPECT_EQ(record_line(record),
            R"({"uuid":"a","cid_number":"\"600\n1\"","left_ms":1763856000000})");
  EXPECT_EQ(record_file(record), "calls-2025-11-23.jsonl");
}

TEST_F(RecordOutboxTest, LinesAreAppendedToTheFileOfTheirDay) {
  Record other = call("b");
  other.row[11] = "1763942400000";

  ASSERT_TRUE(append_records(folder_.file("records"), {call("a"), other}));
  ASSERT_TRUE(append_records(folder_.file("records"), {call("c")}));

  std::ifstream file(folder_.file("records") + "/" + "calls-2025-11-23.jsonl");
  std::string first;
  std::string second;
  std::getline(file, first);
  std::getline(file, second);
  EXPECT_EQ(first, R"({"uuid":"a","left_ms":1763856000000})");
  EXPECT_EQ(second, R"({"uuid":"c","left_ms":1763856000000})");
  EXPECT_TRUE(fs::exists(folder_.file("records") + "/" + "calls-2025-11-24.jsonl"));
}

}  // namespace
}  // namespace store
