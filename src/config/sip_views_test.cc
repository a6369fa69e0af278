#include "config/sip_views.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/files_testing.h"

namespace config {
namespace {

using ::testing::HasSubstr;
using testing::Reading;

TEST(SipViews, AProfileChoosesWhoSeesItsMessages) {
  Reading reading(
      "<configuration><global_settings>"
      "<param name=\"capture-server\" value=\"udp:192.0.2.9:9060;hep=3\"/></global_settings>"
      "<profiles><profile name=\"a\"><settings><param name=\"sip-capture\" value=\"yes\"/>"
      "</settings></profile><profile name=\"b\"><settings>"
      "<param name=\"capture-server\" value=\"udp:192.0.2.8:9060\"/>"
      "<param name=\"sip-trace\" value=\"yes\"/></settings></profile>"
      "<profile name=\"c\"><settings/></profile></profiles></configuration>");

  const auto views = read_sip_views(reading.root(), reading.problems());

  ASSERT_EQ(views.size(), 2U);
  EXPECT_EQ(views.at("a").capture_server, "udp:192.0.2.9:9060;hep=3");
  EXPECT_FALSE(views.at("a").prints_messages);
  EXPECT_EQ(views.at("b").capture_server, "udp:192.0.2.8:9060");
  EXPECT_TRUE(views.at("b").prints_messages);
}

TEST(SipViews, AServerThatCannotBeReachedIsAWarning) {
  Reading reading(
      "<configuration><global_settings>"
      "<param name=\"capture-server\" value=\"udp:homer.example:9060\"/></global_settings>"
      "<profiles><profile name=\"a\"><settings><param name=\"sip-capture\" value=\"yes\"/>"
      "</settings></profile></profiles></configuration>");

  EXPECT_TRUE(read_sip_views(reading.root(), reading.problems()).empty());
  EXPECT_THAT(reading.shown(), HasSubstr("x:1: warning: global_settings: capture-server is"));
}

}  // namespace
}  // namespace config
