#include "config/review.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "config/files_testing.h"

namespace config {
namespace {

using ::testing::AllOf;
using testing::Files;
using ::testing::HasSubstr;
using ::testing::Not;

struct Parts {
  std::string call_center = {};
  std::string dialplan = {};
  std::string directory = {};
  std::string others = {};
};

// What a review says about a directory of these parts, one line per finding.
std::string told(const Parts& parts) {
  const Files files;
  files.write("freeswitch.xml",
              "<document><X-PRE-PROCESS cmd=\"set\" data=\"domain=here\"/>\n"
              "<section name=\"configuration\"><configuration name=\"callcenter.conf\">" +
                  parts.call_center +
                  "</configuration><configuration name=\"sofia.conf\"><profiles>"
                  "<profile name=\"internal\"><settings/></profile></profiles></configuration>" +
                  parts.others + "</section>\n<section name=\"dialplan\">" + parts.dialplan +
                  "</section>\n<section name=\"directory\"><domain name=\"here\">"
                  "<user id=\"1\"><params><param name=\"password\" value=\"p\"/></params></user>" +
                  parts.directory + "</domain></section></document>");
  const ReviewFacts facts = {
      .why_silent = [](const core::Configuration&, const std::string& source) -> std::string {
        return source == "there.wav" ? "" : source + ": no such file";
      },
      .knows_command = [](std::string_view command) { return command == "known"; }};
  return files.shown(review(files.path(), {}, facts).findings);
}

std::string with_agent(const std::string& contact) {
  return told({.call_center = "<queues><queue name=\"q\"/></queues><agents><agent name=\"a\" "
                              "type=\"callback\" contact=\"" +
                              contact +
                              "\"/></agents><tiers><tier agent=\"a\" queue=\"q\"/></tiers>",
               .dialplan = "<context name=\"default\"/>"});
}

std::string with_actions(const std::string& actions) {
  return told({.call_center = "<queues><queue name=\"Sales@here\"/></queues>",
               .dialplan = "<context name=\"default\"><extension name=\"e\"><condition>" + actions +
                           "</condition></extension></context>"});
}

std::string action(const std::string& application, const std::string& data = {}) {
  return "<action application=\"" + application + "\" data=\"" + data + "\"/>";
}

TEST(Review, AnAgentWhomItsContactReachesIsLeftAlone) {
  for (const char* const contact :
       {"user/1@here", "[leg_timeout=9]user/1", "sofia/internal/7@192.0.2.1",
        "sofia/internal/1%here", "loopback/7/default", "error/USER_BUSY", "user/${who}@here",
        "${who}"}) {
    EXPECT_THAT(with_agent(contact), Not(HasSubstr("agent a"))) << contact;
  }
}

TEST(Review, AnAgentWhomNothingReachesCannotWork) {
  for (const char* const contact :
       {"user/2@here", "user/1@there", "sofia/outside/7@192.0.2.1", "sofia/gateway/g/7",
        "loopback/7/nowhere", "verto.rtc/1", "[a=1user/1", "user/2,user/3"}) {
    EXPECT_THAT(with_agent(contact), HasSubstr("error: agent a cannot work: ")) << contact;
  }
}

TEST(Review, AnAgentOfWhomOneAddressIsWrongIsAWarning) {
  EXPECT_THAT(with_agent("user/2,user/1"),
              AllOf(HasSubstr("warning: agent a: the directory has no user 2@here"),
                    Not(HasSubstr("error: "))));
}

TEST(Review, AQueueOfAnExtensionIsFoundInAnyCaseAndOpenOnesAreNotLookedAt) {
  EXPECT_THAT(with_actions(action("callcenter", "sales@HERE")), Not(HasSubstr("error: ")));
  EXPECT_THAT(with_actions(action("callcenter", "${name}")), Not(HasSubstr("error: ")));
  EXPECT_THAT(with_actions(action("callcenter", "sale@here")),
              HasSubstr("error: extension e cannot work: there is no queue \"sale@here\" "
                        "(did you mean Sales@here?)"));
}

TEST(Review, AnExtensionCannotWorkWhenNothingInItServesTheCaller) {
  EXPECT_THAT(with_actions(action("answer") + action("teleport") + action("hangup")),
              HasSubstr("error: extension e cannot work: nothing in it serves the caller, since "
                        "application teleport is not there"));
  // Who only lacks a trimming is served.
  EXPECT_THAT(with_actions(action("teleport") + action("callcenter", "Sales@here")),
              Not(HasSubstr("error: ")));
  // Nor does it have to serve anybody.
  EXPECT_THAT(with_actions(action("set", "a=b") + action("hash", "x")), Not(HasSubstr("error: ")));
}

TEST(Review, ATransferIntoAContextThatIsNotThereCannotWork) {
  EXPECT_THAT(with_actions(action("transfer", "1 XML elsewhere")),
              HasSubstr("error: extension e cannot work: there is no context elsewhere"));
  EXPECT_THAT(with_actions(action("transfer", "-bleg 1 XML default") +
                           action("transfer", "1 XML ${context}") + action("transfer", "1")),
              Not(HasSubstr("error: ")));
}

TEST(Review, AContextThatNothingNamesIsSaid) {
  const std::string said =
      told({.dialplan = "<context name=\"default\"/><context name=\"users\"/>"
                        "<context name=\"attic\"/>",
            .directory = "<user id=\"2\"><params><param name=\"password\" value=\"p\"/></params>"
                         "<variables><variable name=\"user_context\" value=\"users\"/>"
                         "</variables></user>"});

  EXPECT_THAT(
      said,
      AllOf(HasSubstr("used: context default, 0 extensions"), HasSubstr("used: context users"),
            HasSubstr("warning: context attic: no profile, user or action names it")));
}

TEST(Review, CommandsAndSoundsThatAreNotThereAreSaid) {
  const std::string said =
      with_actions(action("set", "a=${known(x ${odd(y)})}") + action("playback", "gone.wav") +
                   action("playback", "there.wav") + action("playback", "${which}.wav") +
                   action("set", "hold_music=lost.wav") + action("set", "other=lost2.wav"));

  EXPECT_THAT(said, AllOf(HasSubstr("there is no command odd"), HasSubstr("gone.wav: no such file"),
                          HasSubstr("lost.wav: no such file"), Not(HasSubstr("command known")),
                          Not(HasSubstr("there.wav")), Not(HasSubstr("which")),
                          Not(HasSubstr("lost2.wav"))));
}

TEST(Review, ModulesAndBindingsAreToldOneByOne) {
  const std::string said =
      told({.others = "<configuration name=\"modules.conf\"><modules><load module=\"mod_sofia\"/>"
                      "<load module=\"mod_conference\"/><load module=\"mod_own\"/>"
                      "<load module=\"mod_xml_curl\"/></modules></configuration>"
                      "<configuration name=\"xml_curl.conf\"><bindings><binding name=\"all\"/>"
                      "</bindings></configuration>"});

  EXPECT_THAT(said, AllOf(HasSubstr("used: module mod_sofia"),
                          HasSubstr("note: module mod_conference is ignored: it is not supported"),
                          HasSubstr("note: module mod_own is ignored"),
                          HasSubstr("warning: module mod_xml_curl is ignored: the configuration is "
                                    "read from files only"),
                          HasSubstr("warning: nothing is asked of it"),
                          Not(HasSubstr("modules.conf is ignored"))));
}

TEST(Review, AGatewayCannotWorkYet) {
  EXPECT_THAT(told({.directory = "<user id=\"2\"><gateways><gateway name=\"g\"/></gateways>"
                                 "</user>"}),
              HasSubstr("error: gateway g cannot work"));
}

TEST(Review, AnAgentThatIsLeftOutIsAnError) {
  EXPECT_THAT(told({.call_center = "<agents><agent name=\"a\" type=\"callbak\"/></agents>"}),
              HasSubstr("error: agent a: type is \"callbak\""));
}

TEST(Review, SettingsOfUsersThatNobodyReadsAreToldOnce) {
  const std::string user = "<params><param name=\"vm-mailto\" value=\"1\"/></params></user>";

  EXPECT_THAT(told({.directory = "<user id=\"2\">" + user + "<user id=\"3\">" + user}),
              HasSubstr("note: param vm-mailto (2 times) is ignored: no message is mailed"));
}

}  // namespace
}  // namespace config
