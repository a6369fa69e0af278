#include "config/server_settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/files_testing.h"

namespace config {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::Reading;

Reading settings(const std::string& params) {
  return Reading("<configuration><settings>\n" + params + "</settings></configuration>");
}

TEST(EventSocket, IsReadWithItsDefaults) {
  Reading nothing("<configuration/>");
  Reading all = settings(
      "<param name=\"listen-ip\" value=\"::1\"/><param name=\"listen-port\" value=\"0\"/>"
      "<param name=\"password\" value=\"secret\"/><param name=\"nat-map\" value=\"false\"/>");

  EXPECT_EQ(read_event_socket(nothing.root(), nothing.problems()), core::EventSocketSettings{});
  EXPECT_EQ(read_event_socket(all.root(), all.problems()),
            (core::EventSocketSettings{"::1", 0, "secret"}));
  EXPECT_EQ(all.shown(), "");
}

TEST(EventSocket, WrongValuesAreErrors) {
  Reading reading = settings(
      "<param name=\"listen-ip\" value=\"any\"/>\n<param name=\"listen-port\" value=\"x\"/>\n"
      "<param name=\"password\" value=\"\"/>");

  read_event_socket(reading.root(), reading.problems());

  EXPECT_THAT(reading.shown(), AllOf(HasSubstr("x:2: error: event socket: listen-ip is \"any\""),
                                     HasSubstr("x:3: error: event socket: listen-port is \"x\""),
                                     HasSubstr("error: event socket: the password is empty")));
}

TEST(EventSocket, TheKnownPasswordOnAnOpenAddressIsSaid) {
  Reading reading = settings("<param name=\"listen-ip\" value=\"0.0.0.0\"/>");

  read_event_socket(reading.root(), reading.problems());

  EXPECT_THAT(reading.shown(), HasSubstr("warning: event socket: 0.0.0.0 can be reached"));
}

TEST(XmlRpc, IsReadWithTheOriginalsNamesAndDefaults) {
  Reading nothing("<configuration/>");
  Reading all = settings(
      "<param name=\"http-port\" value=\"8088\"/><param name=\"auth-realm\" value=\"r\"/>"
      "<param name=\"auth-user\" value=\"u\"/><param name=\"auth-pass\" value=\"p\"/>"
      "<param name=\"listen-ip\" value=\"192.0.2.1\"/>"
      "<param name=\"default-domain\" value=\"d\"/>");

  EXPECT_EQ(read_xml_rpc(nothing.root(), nothing.problems()),
            (core::XmlRpcSettings{true, "127.0.0.1", 8080, "freeswitch", "freeswitch", "works"}));
  EXPECT_EQ(read_xml_rpc(all.root(), all.problems()),
            (core::XmlRpcSettings{true, "192.0.2.1", 8088, "r", "u", "p"}));
  EXPECT_EQ(all.shown(), "");
}

TEST(Lua, SettingsAreRead) {
  Reading all(R"(<configuration><settings>
    <param name="script-megabytes-max" value="8"/>
    <param name="all-scripts-megabytes-max" value="64"/>
    <param name="scripts-max" value="10"/>
    <param name="busy-milliseconds-max" value="500"/>
    <param name="libraries" value="os, io, ftp"/>
    <param name="startup-script" value="watch.lua a"/>
  </settings></configuration>)");
  EXPECT_EQ(read_scripts(all.root(), all.problems()),
            (core::ScriptSettings{{"os", "io"}, 8, 64, 10, 500, {"watch.lua a"}}));
}

TEST(XmlRpc, WhatWouldOpenADoorIsRefused) {
  for (const auto& [params, said] : std::vector<std::pair<std::string, std::string>>{
           {"<param name=\"listen-ip\" value=\"0.0.0.0\"/>", "0.0.0.0 can be reached"},
           {"<param name=\"auth-pass\" value=\"\"/>", "auth-pass is empty"},
           {"<param name=\"http-port\" value=\"x\"/>", "http-port is \"x\""},
           {"<param name=\"auth-realm\" value=\"a&quot;b\"/>", "auth-realm holds"}}) {
    Reading reading = settings(params);

    read_xml_rpc(reading.root(), reading.problems());

    EXPECT_THAT(reading.shown(), AllOf(HasSubstr("error: XML-RPC: "), HasSubstr(said)));
  }
}

TEST(Modules, AreLoadedWhenTheyStandInTheList) {
  Reading reading(
      "<configuration><modules><load module=\"mod_sofia\"/>"
      "<!-- <load module=\"mod_xml_rpc\"/> --></modules></configuration>");

  EXPECT_TRUE(loads_module(reading.root(), "mod_sofia"));
  EXPECT_FALSE(loads_module(reading.root(), "mod_xml_rpc"));
}

TEST(Switch, GivesTheRtpPortsAndIgnoresTheRest) {
  Reading reading = settings(
      "<param name=\"rtp-start-port\" value=\"20000\"/><param name=\"rtp-end-port\" "
      "value=\"20100\"/><param name=\"loglevel\" value=\"debug\"/>");

  EXPECT_EQ(read_switch(reading.root(), reading.problems()), (core::RtpSettings{20000, 20100}));
  EXPECT_EQ(reading.shown(), "");
}

TEST(Switch, GivesTheLimitsOfCalls) {
  Reading reading = settings(
      "<param name=\"max-sessions\" value=\"100\"/><param name=\"sessions-per-second\" "
      "value=\"30\"/>");

  EXPECT_EQ(read_call_limits(reading.root(), reading.problems()), (core::CallLimits{100, 30}));
  EXPECT_EQ(reading.shown(), "");
}

TEST(Switch, PortsMustBeARange) {
  for (const auto& [first, last] :
       std::vector<std::pair<std::string, std::string>>{{"30000", "20000"}, {"1000", "2000"}}) {
    Reading reading = settings("<param name=\"rtp-start-port\" value=\"" + first +
                               "\"/><param name=\"rtp-end-port\" value=\"" + last + "\"/>");

    read_switch(reading.root(), reading.problems());

    EXPECT_THAT(reading.shown(),
                HasSubstr("error: switch: RTP ports " + first + " to " + last + ", expected"));
  }
}

}  // namespace
}  // namespace config
