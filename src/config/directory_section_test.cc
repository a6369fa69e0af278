#include "config/directory_section.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/files_testing.h"

namespace config {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::Reading;

struct Outcome {
  call::Directory directory;
  std::string problems;
};

Outcome read(const std::string& section) {
  Reading reading("<section name=\"directory\">\n" + section + "</section>");
  Outcome outcome;
  read_directory(reading.root(), outcome.directory, reading.problems());
  outcome.problems = reading.shown();
  return outcome;
}

std::string param(const std::string& name, const std::string& value) {
  return "<param name=\"" + name + "\" value=\"" + value + "\"/>";
}
std::string variable(const std::string& name, const std::string& value) {
  return "<variable name=\"" + name + "\" value=\"" + value + "\"/>";
}

TEST(DirectorySection, UsersInheritFromGroupAndDomain) {
  const auto outcome = read(
      "<domain name=\"d\"><params>" + param("dial-string", "domain") + "</params><variables>" +
      variable("a", "domain") + variable("b", "domain") + variable("c", "domain") +
      "</variables><groups><group name=\"g\"><params>" + param("password", "group") +
      "</params><variables>" + variable("b", "group") + variable("c", "group") +
      "</variables><users><user id=\"1\"/><user id=\"2\"><params>" + param("password", "own") +
      param("dial-string", "own") + param("vm-password", "9") + "</params><variables>" +
      variable("c", "own") +
      "</variables></user></users></group></groups>"
      "<users><user id=\"3\"><params>" +
      param("a1-hash", "ABCDEF") + param("password", "x") + "</params></user></users></domain>");

  EXPECT_EQ(outcome.problems, "");
  ASSERT_EQ(outcome.directory.size(), 3U);
  EXPECT_EQ(
      *outcome.directory.find("1", "d"),
      (call::DirectoryUser{
          "1", "d", "group", "", "domain", {{"a", "domain"}, {"b", "group"}, {"c", "group"}}}));
  EXPECT_EQ(*outcome.directory.find("2", "d"),
            (call::DirectoryUser{
                "2", "d", "own", "", "own", {{"a", "domain"}, {"b", "group"}, {"c", "own"}}, "9"}));
  EXPECT_EQ(
      *outcome.directory.find("3", "d"),
      (call::DirectoryUser{
          "3", "d", "", "abcdef", "domain", {{"a", "domain"}, {"b", "domain"}, {"c", "domain"}}}));
}

TEST(DirectorySection, PointersAreNoUsers) {
  const auto outcome = read(
      "<domain name=\"d\"><groups><group name=\"g\"><users><user id=\"1\" type=\"pointer\"/>"
      "</users></group></groups></domain>");

  EXPECT_EQ(outcome.directory.size(), 0U);
  EXPECT_EQ(outcome.problems, "");
}

TEST(DirectorySection, OddOnesAreNamed) {
  const auto outcome = read(
      "<domain/>\n<domains/>\n<domain name=\"d\"><users>\n<user/>\n<user id=\"1\"/>\n"
      "<user id=\"1\"/>\n<user id=\"2\" cidr=\"192.0.2.0/24\"><params><param name=\"password\"/>"
      "</params>\n<gateways/><odd/></user>\n<people/></users></domain>");

  EXPECT_THAT(outcome.problems,
              AllOf(HasSubstr("x:2: error: <domain> without name="),
                    HasSubstr("x:3: warning: unknown element <domains>"),
                    HasSubstr("x:5: error: <user> without id="),
                    HasSubstr("x:6: warning: user 1@d has no password"),
                    HasSubstr("x:7: warning: user 1@d is defined twice"),
                    HasSubstr("x:8: warning: user 2@d: cidr is not supported yet"),
                    HasSubstr("x:8: error: user 2@d: <param> in <params>, expected <param name="),
                    HasSubstr("x:9: warning: user 2@d: gateways are not supported yet"),
                    HasSubstr("x:9: warning: user 2@d: unknown element <odd>"),
                    HasSubstr("x:10: warning: domain d: unknown element <people>")));
}

}  // namespace
}  // namespace config
