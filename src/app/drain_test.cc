#include "app/drain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/drain_commands.h"

namespace app {
namespace {

using Mode = Drain::Mode;
using ::testing::StartsWith;

constexpr base::Instant kStart{base::Duration(1'000)};

core::Floor busy() {
  core::Floor floor;
  floor.waiting = 1;
  floor.talking = 1;
  floor.legs = 3;
  return floor;
}

TEST(Drain, AServerTakesCallsAndStays) {
  Drain drain;

  EXPECT_TRUE(drain.takes_new_calls());
  EXPECT_FALSE(drain.is_over({}, 0, kStart));
}

TEST(Drain, IsOverWhenNobodyIsLeftAndNothingIsOnItsWay) {
  Drain drain;
  drain.set(Mode::Draining);

  EXPECT_FALSE(drain.takes_new_calls());
  EXPECT_FALSE(drain.is_over(busy(), 0, kStart));
  EXPECT_FALSE(drain.is_over({}, 1, kStart));
  EXPECT_TRUE(drain.is_over({}, 0, kStart));
}

TEST(Drain, NobodyWaitsForAgentsWhoStandBy) {
  Drain drain;
  drain.set(Mode::Draining);
  core::Floor floor;
  floor.legs = 2;
  floor.standing_by = 1;

  EXPECT_FALSE(drain.is_over(floor, 0, kStart));
  floor.legs = 1;
  EXPECT_TRUE(drain.is_over(floor, 0, kStart));
}

TEST(Drain, CanBeTakenBack) {
  Drain drain;
  drain.set(Mode::Draining);

  EXPECT_EQ(drain.set(Mode::Open), Mode::Draining);

  EXPECT_TRUE(drain.takes_new_calls());
  EXPECT_FALSE(drain.is_over({}, 0, kStart));
}

TEST(Drain, APauseTakesNoCallsAndEndsNothing) {
  Drain drain;
  drain.set(Mode::Paused);

  EXPECT_FALSE(drain.takes_new_calls());
  EXPECT_FALSE(drain.is_over({}, 0, kStart));
}

class DrainCommandsTest : public ::testing::Test {
 protected:
  std::string run(const std::string& command) {
    EXPECT_TRUE(DrainCommands::knows(command)) << command;
    return DrainCommands({.drain = drain_, .floor = busy, .stop = [this] { ++stops_; }})
        .run(command);
  }

  Drain drain_;
  int stops_ = 0;
};

TEST_F(DrainCommandsTest, OnlyTheirOwnAreTaken) {
  for (const char* not_mine : {"", "drained", "fsctl", "fsctl loglevel", "show drain", "status"}) {
    EXPECT_FALSE(DrainCommands::knows(not_mine)) << not_mine;
  }
}

TEST_F(DrainCommandsTest, DrainSaysWhatIsUnderWay) {
  EXPECT_EQ(run("drain status"), "+OK taking new calls: 1 waiting, 1 talking, 3 legs\n");
  EXPECT_EQ(run("drain"), "+OK draining: 1 waiting, 1 talking, 3 legs\n");
  EXPECT_EQ(run("DRAIN"), "+OK draining: 1 waiting, 1 talking, 3 legs\n");
  EXPECT_THAT(run("drain cancel"), StartsWith("+OK taking new calls"));
  EXPECT_THAT(run("drain now"), StartsWith("-USAGE: "));
  EXPECT_THAT(run("drain status please"), StartsWith("-USAGE: "));
  EXPECT_EQ(drain_.mode(), Mode::Open);
}

TEST_F(DrainCommandsTest, TheWordsOfTheOriginalDoTheSame) {
  EXPECT_EQ(run("fsctl pause"), "+OK\n");
  EXPECT_EQ(drain_.mode(), Mode::Paused);
  EXPECT_EQ(run("fsctl pause_check"), "true");
  EXPECT_EQ(run("fsctl resume inbound"), "+OK\n");
  EXPECT_EQ(run("fsctl pause_check"), "false");
  EXPECT_THAT(run("fsctl pause outbound"), StartsWith("-USAGE: "));

  EXPECT_EQ(run("fsctl shutdown elegant"), "+OK\n");
  EXPECT_EQ(drain_.mode(), Mode::EndingInTime);
  EXPECT_EQ(run("fsctl shutdown_check"), "true");
  EXPECT_EQ(run("fsctl shutdown asap"), "+OK\n");
  EXPECT_EQ(drain_.mode(), Mode::Draining);
  EXPECT_EQ(run("fsctl shutdown cancel"), "+OK\n");
  EXPECT_EQ(drain_.mode(), Mode::Open);
  EXPECT_THAT(run("fsctl shutdown maybe"), StartsWith("-USAGE: "));
  EXPECT_EQ(stops_, 0);
  EXPECT_EQ(run("fsctl shutdown"), "+OK\n");
  EXPECT_EQ(stops_, 1);
}

}  // namespace
}  // namespace app
