#include "config/parameters.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/files_testing.h"

namespace config {
namespace {

using ::testing::HasSubstr;
using testing::Reading;

Reading with(const std::string& name, const std::string& value) {
  return Reading("<q><param name=\"" + name + "\" value=\"" + value + "\"/></q>");
}

struct NumberRow {
  std::string text;
  int expected;
  bool warned;
};

TEST(Parameters, NumbersFollowTheOriginalsRule) {
  for (const auto& [text, expected, warned] :
       std::vector<NumberRow>{{"20", 20, false},
                              {"+20", 20, false},
                              {"1.5", 1, false},
                              {"", 0, false},
                              {".", 0, false},
                              {"86400", 86400, false},
                              {"86401", 7, true},
                              {"-1", 7, true},
                              {"20s", 7, true},
                              {"soon", 7, true},
                              {" 20", 7, true},
                              {"99999999999999999999", 7, true}}) {
    Reading reading = with("Max-Wait", text);
    Parameters parameters(reading.root(), "queue q", reading.problems());
    int value = 7;

    parameters.integer("max-wait", {0, 86'400}, value);

    EXPECT_EQ(value, expected) << text;
    const std::string problem = reading.shown();
    EXPECT_EQ(!problem.empty(), warned) << text;
    if (warned) {
      EXPECT_EQ(problem, "x:1: warning: queue q: max-wait is \"" + text +
                             "\", expected a number from 0 to 86400; 7 is used\n");
    }
  }
}

TEST(Parameters, BooleansKnowTheirWords) {
  for (const char* const word :
       {"yes", "on", "TRUE", "t", "enabled", "active", "Allow", "1", "-5"}) {
    EXPECT_EQ(strict_boolean(word), true) << word;
  }
  for (const char* const word :
       {"no", "OFF", "false", "f", "disabled", "inactive", "disallow", "0", ""}) {
    EXPECT_EQ(strict_boolean(word), false) << word;
  }
  EXPECT_EQ(strict_boolean("maybe"), std::nullopt);
}

TEST(Parameters, ABooleanThatIsNoneKeepsTheDefault) {
  Reading reading = with("rules", "maybe");
  Parameters parameters(reading.root(), "queue q", reading.problems());
  bool value = true;

  parameters.boolean("rules", value);

  EXPECT_TRUE(value);
  EXPECT_EQ(reading.shown(),
            "x:1: warning: queue q: rules is \"maybe\", expected true or false; "
            "true is used\n");
}

TEST(Parameters, TheFirstOccurrenceWins) {
  Reading reading("<q>\n<param name=\"a\" value=\"1\"/>\n<param name=\"A\" value=\"2\"/></q>");
  Parameters parameters(reading.root(), "queue q", reading.problems());
  std::string value;

  parameters.text("a", value);

  EXPECT_EQ(value, "1");
  EXPECT_THAT(reading.shown(), HasSubstr("x:3: warning: queue q: parameter A stands twice; the one "
                                         "of line 2 is used"));
}

TEST(Parameters, EmptyTextIsKept) {
  Reading reading = with("sound", "");
  Parameters parameters(reading.root(), "q", reading.problems());
  std::string value = "default";

  parameters.text("sound", value);

  EXPECT_EQ(value, "");
}

TEST(Parameters, WhatNobodyAskedForIsNamedOncePerName) {
  Reading reading("<q>\n<param name=\"max-wait-tme\" value=\"1\"/>\n<odd/></q>");
  std::set<std::string> warned;
  for (int i = 0; i < 2; ++i) {
    Parameters parameters(reading.root(), "queue q", reading.problems());
    int value = 0;
    parameters.integer("max-wait-time", {0, 9}, value);
    parameters.finish(warned);
  }

  const std::string problem = reading.shown();
  EXPECT_THAT(problem, HasSubstr("x:2: warning: queue q: unknown parameter max-wait-tme is ignored "
                                 "(did you mean max-wait-time?)\n"));
  EXPECT_THAT(problem, HasSubstr("x:3: warning: queue q: unknown element <odd> is ignored"));
  EXPECT_EQ(problem.find("max-wait-tme"), problem.rfind("max-wait-tme"));
}

TEST(Parameters, NameAndValueAreRequired) {
  Reading reading("<q>\n<param value=\"1\"/>\n<param name=\"a\"/></q>");
  const Parameters parameters(reading.root(), "queue q", reading.problems());

  EXPECT_THAT(reading.shown(),
              ::testing::AllOf(HasSubstr("x:2: error: queue q: <param> without name="),
                               HasSubstr("x:3: error: queue q: <param> without value=")));
}

TEST(Parameters, PortsAndAddressesAreErrorsWhenTheyDoNotFit) {
  for (const char* const text : {"65536", "-1", "many", "", "5060.5"}) {
    Reading reading = with("port", text);
    Parameters parameters(reading.root(), "p", reading.problems());
    std::uint16_t port = 1;
    parameters.port("port", port);
    EXPECT_THAT(reading.shown(), HasSubstr("x:1: error: p: port is")) << text;
  }
  for (const char* const text : {"localhost", "1.2.3", "1.2.3.4:5", "", "[::1]"}) {
    Reading reading = with("ip", text);
    Parameters parameters(reading.root(), "p", reading.problems());
    std::string address;
    parameters.address("ip", address);
    EXPECT_THAT(reading.shown(), HasSubstr("x:1: error: p: ip is")) << text;
  }
}

TEST(Parameters, PortsAndAddressesThatFitAreTaken) {
  Reading reading("<q><param name=\"port\" value=\"0\"/><param name=\"ip\" value=\" ::1 \"/></q>");
  Parameters parameters(reading.root(), "p", reading.problems());
  std::uint16_t port = 1;
  std::string address;

  parameters.port("port", port);
  parameters.address("ip", address);

  EXPECT_EQ(port, 0);
  EXPECT_EQ(address, "::1");
  EXPECT_EQ(reading.shown(), "");
}

TEST(Parameters, WhatIsNotBuiltYetIsSaid) {
  Reading reading(
      "<q><param name=\"tls\" value=\"true\"/><param name=\"timer\" value=\"false\"/>"
      "<param name=\"acl\" value=\"lan\"/><param name=\"debug\" value=\"9\"/></q>");
  Parameters parameters(reading.root(), "p", reading.problems());

  parameters.accept({"debug"});
  parameters.accept_when_false({"tls", "timer"});
  parameters.not_supported_yet({"acl"});
  parameters.finish();

  EXPECT_EQ(reading.shown(),
            "x:1: warning: p: tls is not supported yet and has no effect\n"
            "x:1: warning: p: acl is not supported yet and has no effect\n");
}

}  // namespace
}  // namespace config
