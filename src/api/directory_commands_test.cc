#include <gtest/gtest.h>

#include "api/desk_testing.h"
#include "call/dial_string.h"

namespace api {
namespace {

class DirectoryCommands : public Desk {
 protected:
  DirectoryCommands() {
    directory_.add({.id = "1000",
                    .domain = "default",
                    .password = "secret",
                    .a1_hash = {},
                    .dial_string = "user/x",
                    .variables = {{"effective_caller_id_name", "Ruth Amory"}, {"empty", ""}}});
  }
};

TEST_F(DirectoryCommands, UserDataGivesVariablesParametersAndTheId) {
  EXPECT_EQ(run("user_data 1000@default var effective_caller_id_name"), "Ruth Amory");
  EXPECT_EQ(run("user_data 1000 VAR effective_caller_id_name"), "Ruth Amory");
  EXPECT_EQ(run("user_data 1000@default param password"), "secret");
  EXPECT_EQ(run("user_data 1000@default param dial-string"), "user/x");
  EXPECT_EQ(run("user_data 1000@default attr id"), "1000");
}

TEST_F(DirectoryCommands, UserDataGivesNothingForWhatIsNotThere) {
  for (const char* const what :
       {"1001@default var effective_caller_id_name", "1000@else var effective_caller_id_name",
        "1000@default var other", "1000@default var empty", "1000@default param vm-password",
        "1000@default attr mailbox", "1000@default other id"}) {
    EXPECT_EQ(run(std::string("user_data ") + what), "") << what;
  }
  EXPECT_EQ(run("user_data 1000@default var").substr(0, 7), "-USAGE:");
}

TEST_F(DirectoryCommands, UserExistsSaysTrueOrFalse) {
  EXPECT_EQ(run("user_exists id 1000 default"), "true");
  EXPECT_EQ(run("user_exists id 1000"), "true");
  EXPECT_EQ(run("user_exists id 1001 default"), "false");
  EXPECT_EQ(run("user_exists id 1000 else"), "false");
  EXPECT_EQ(run("user_exists number-alias 1000 default"), "false");
  EXPECT_EQ(run("user_exists id").substr(0, 7), "-USAGE:");
}

TEST_F(DirectoryCommands, VertoContactIsADestinationThatFails) {
  const std::string contact = run("verto_contact 1000@default");

  EXPECT_EQ(contact, "error/user_not_registered");
  const auto parsed = call::parse_dial_string(contact);
  ASSERT_TRUE(parsed.has_value());
  EXPECT_EQ(parsed->first().endpoint, "error");
}

TEST_F(DirectoryCommands, TheyChangeNothing) {
  for (const char* const command : {"user_data", "user_exists", "verto_contact"}) {
    EXPECT_TRUE(only_reads(command)) << command;
  }
}

}  // namespace
}  // namespace api
