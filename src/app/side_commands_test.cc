#include "app/side_commands.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>

#include "base/log.h"
#include "sip/testing/rig.h"

namespace app {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

class SideCommandsTest : public ::testing::Test {
 protected:
  ~SideCommandsTest() override {
    tasks_.stop();
    base::configure_log({});
  }

  std::string run(const std::string& command) {
    std::promise<std::string> answer;
    commands_.run(command, [&answer](std::string text) { answer.set_value(std::move(text)); });
    return answer.get_future().get();
  }

  TaskThread tasks_;  // Outlives the sip thread, which hands it tasks.
  sip::testing::Rig rig_;
  SideCommands commands_{*rig_.stack, tasks_};
};

TEST_F(SideCommandsTest, OnlyTheirOwnAreTaken) {
  for (const char* mine :
       {"sip_trace", "SIP_TRACE call x", "sofia profile internal siptrace on",
        "sofia global siptrace off", "log_level", "fsctl loglevel", "console loglevel 7"}) {
    EXPECT_TRUE(SideCommands::knows(mine)) << mine;
  }
  for (const char* not_mine : {"", "sofia profile internal rescan", "sofia_contact x",
                               "fsctl pause", "status sip_trace"}) {
    EXPECT_FALSE(SideCommands::knows(not_mine)) << not_mine;
  }
}

TEST_F(SideCommandsTest, ATraceIsALadderOrValues) {
  EXPECT_EQ(run("sip_trace"), "no messages\n");
  rig_.settle();

  EXPECT_THAT(run("sip_trace call settle-1"), HasSubstr("--- OPTIONS ---"));
  EXPECT_THAT(run("sip_trace as json"), StartsWith("[{\"unix_us\":"));
  EXPECT_EQ(run("sip_trace number 999 as json"), "[]\n");
  EXPECT_THAT(run("sip_trace call"), StartsWith("-USAGE: "));
  EXPECT_THAT(run("sip_trace all of it"), StartsWith("-USAGE: "));
}

TEST_F(SideCommandsTest, PrintingIsSwitchedByProfile) {
  EXPECT_EQ(run("sofia profile internal siptrace on"), "Enabled sip debugging on internal\n");
  EXPECT_EQ(run("sofia profile internal siptrace off"), "Disabled sip debugging on internal\n");
  EXPECT_EQ(run("sofia global siptrace off"), "+OK Global siptrace off\n");
  EXPECT_EQ(run("sofia profile nobody siptrace on"), "Invalid Profile [nobody]\n");
  EXPECT_THAT(run("sofia global siptrace"), StartsWith("-USAGE: "));
}

TEST_F(SideCommandsTest, LevelsAreSetByArea) {
  EXPECT_EQ(run("log_level sip debug"), "+OK\n");
  EXPECT_EQ(run("log_level sip"), "debug\n");
  EXPECT_EQ(run("log_level calls"), "info\n");
  EXPECT_THAT(run("log_level"), HasSubstr("media info\n"));
  EXPECT_THAT(run("log_level music debug"), StartsWith("-USAGE: "));
  EXPECT_EQ(run("fsctl loglevel"), "+OK log level: INFO [6]\n");
  EXPECT_EQ(run("console loglevel 4"), "+OK console log level set to WARNING [4]\n");
  EXPECT_EQ(run("log_level all"),
            "server warning\ncalls warning\nsip warning\nmedia warning\nstore warning\n"
            "event_socket warning\nconfiguration warning\n");
  EXPECT_EQ(run("fsctl loglevel loud"), "-ERR syntax error, log level not set\n");
}

}  // namespace
}  // namespace app
