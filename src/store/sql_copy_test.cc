#include "store/sql_copy.h"

#include <gtest/gtest.h>

#include <string>

namespace store {
namespace {

class SqlCopyTest : public testing::Test {
 protected:
  SqlCopyTest() : database_(std::move(*SqlConnection::open(target()))) { copy_.own("east"); }

  static SqlTarget target() {
    return {.backend = SqlTarget::Backend::Sqlite, .connect = ":memory:"};
  }
  static SqlRow member(const std::string& uuid, const std::string& state,
                       const std::string& owner = "east") {
    SqlRow row(members_table().columns.size());
    row[0] = "support";
    row[1] = owner;
    row[2] = uuid;
    row[3] = "session";
    for (std::size_t i = 6; i < 13; ++i) row[i] = "0";
    row[15] = state;
    return members_table().fitting(row);
  }
  static SqlRow key(const std::string& uuid) { return {uuid}; }

  void flush() {
    const auto written = copy_.write(*database_);
    ASSERT_TRUE(written) << written.error();
  }
  void look() {
    const auto looked = copy_.look(*database_);
    ASSERT_TRUE(looked) << looked.error();
  }
  // "uuid state" of all rows, in order.
  std::string there() {
    const auto rows =
        database_->select({.text = "SELECT uuid, state FROM members ORDER BY uuid, state",
                           .kinds = {SqlKind::Text, SqlKind::Text}});
    std::string text;
    for (const SqlRow& row : rows.value_or(std::vector<SqlRow>{})) {
      text += row[0].value_or("NULL") + " " + row[1].value_or("NULL") + ";";
    }
    return text;
  }

  std::unique_ptr<SqlConnection> database_;
  SqlCopy copy_{members_table(), 1};
};

TEST_F(SqlCopyTest, WritesOnlyWhatDiffers) {
  look();
  copy_.put(member("a", "Waiting"));
  copy_.put(member("b", "Waiting"));
  flush();
  copy_.put(member("a", "Waiting"));
  EXPECT_TRUE(copy_.is_up_to_date());

  copy_.put(member("a", "Trying"));
  copy_.remove(key("b"));
  flush();

  EXPECT_EQ(there(), "a Trying;");
}

TEST_F(SqlCopyTest, MendsWhatHasChangedWhileItDidNotLook) {
  look();
  copy_.put(member("a", "Waiting"));
  copy_.put(member("b", "Waiting"));
  flush();
  ASSERT_TRUE(database_->execute("DELETE FROM members WHERE uuid = 'a'"));
  ASSERT_TRUE(database_->execute("UPDATE members SET state = 'Odd' WHERE uuid = 'b'"));
  ASSERT_TRUE(database_->run(members_table().insert(), member("stray", "Waiting")));

  look();
  flush();

  EXPECT_EQ(there(), "a Waiting;b Waiting;");
}

TEST_F(SqlCopyTest, ATableThatIsThereGetsItsIndex) {
  ASSERT_TRUE(database_->execute(members_table().create()));
  EXPECT_FALSE(*database_->has_index("members_uuid"));
  look();
  EXPECT_TRUE(*database_->has_index("members_uuid"));
  look();
}

TEST_F(SqlCopyTest, LeavesRowsOfOthersAlone) {
  look();
  ASSERT_TRUE(database_->run(members_table().insert(), member("w", "Waiting", "west")));

  look();
  copy_.put(member("a", "Waiting"));
  flush();

  EXPECT_EQ(there(), "a Waiting;w Waiting;");
}

TEST_F(SqlCopyTest, ARowThatStandsTwiceStandsOnceAfterwards) {
  look();
  for (int i = 0; i < 2; ++i) {
    ASSERT_TRUE(database_->run(members_table().insert(), member("a", "Waiting")));
  }

  copy_.put(member("a", "Waiting"));
  look();
  flush();

  EXPECT_EQ(there(), "a Waiting;");
}

TEST_F(SqlCopyTest, ARowThatIsRefusedDoesNotHoldUpTheOthers) {
  look();
  ASSERT_TRUE(
      database_->execute("CREATE TRIGGER no BEFORE INSERT ON members WHEN NEW.uuid = 'bad' "
                         "BEGIN SELECT RAISE(ABORT, 'not this one'); END"));
  for (const char* uuid : {"a", "bad", "c"}) copy_.put(member(uuid, "Waiting"));
  EXPECT_FALSE(copy_.write(*database_));

  look();
  const auto refused = copy_.write_each(*database_);

  ASSERT_TRUE(refused) << refused.error();
  EXPECT_EQ(refused->rows, 1U);
  EXPECT_NE(refused->why.find("not this one"), std::string::npos);
  EXPECT_EQ(there(), "a Waiting;c Waiting;");
}

TEST_F(SqlCopyTest, ADatabaseThatTakesNothingIsAFailureAndNoRowIsGivenUp) {
  look();
  ASSERT_TRUE(database_->execute(
      "CREATE TRIGGER no BEFORE INSERT ON members BEGIN SELECT RAISE(ABORT, 'full'); END"));
  copy_.put(member("a", "Waiting"));
  EXPECT_FALSE(copy_.write_each(*database_));
  ASSERT_TRUE(database_->execute("DROP TRIGGER no"));

  look();
  flush();

  EXPECT_EQ(there(), "a Waiting;");
}

TEST_F(SqlCopyTest, ClearedRowsGoUnlessTheyArePutAgain) {
  look();
  for (const char* uuid : {"a", "b"}) copy_.put(member(uuid, "Waiting"));
  flush();

  copy_.clear();
  copy_.put(member("b", "Waiting"));
  flush();

  EXPECT_EQ(there(), "b Waiting;");
}

TEST(SqlTable, TextsFitTheirColumns) {
  SqlRow row(members_table().columns.size());
  row[0] = std::string(254, 'x') + "\xc3\xa9" + "yz";
  row[4] = std::string("a\0b", 3);
  row[5] = "bad \xff byte";
  row[6] = "99999999999";
  row[7] = "none";

  const SqlRow fits = members_table().fitting(row);

  EXPECT_EQ(fits[0], std::string(254, 'x') + "\xc3\xa9");
  EXPECT_EQ(fits[4], "a b");
  EXPECT_EQ(fits[5], "bad \xef\xbf\xbd byte");
  EXPECT_EQ(fits[6], "2147483647");
  EXPECT_EQ(fits[7], "0");
  EXPECT_FALSE(fits[8]);
}

}  // namespace
}  // namespace store
