#include "api/sofia_command.h"

#include <gmock/gmock.h>

#include "api/desk_testing.h"

namespace api {
namespace {

using ::testing::HasSubstr;

class Sofia : public Desk {
 protected:
  Sofia() {
    call::SipProfile profile;
    profile.name = "internal";
    profiles_.push_back(profile);
  }
};

TEST_F(Sofia, StatusListsTheProfiles) {
  const std::string text = run("sofia status");
  EXPECT_THAT(text, HasSubstr("\tprofile\t"));
  EXPECT_THAT(text, HasSubstr("sip:ringmaster@127.0.0.1:5060\tRUNNING (0)\n"));
  EXPECT_THAT(text, HasSubstr("1 profile 0 aliases\n"));
}

TEST_F(Sofia, StatusOfAProfileSaysItsAddresses) {
  const std::string text = run("sofia status profile internal");
  EXPECT_THAT(text, HasSubstr("SIP-IP           \t127.0.0.1\n"));
  EXPECT_THAT(text, HasSubstr("REGISTRATIONS    \t0\n"));
}

TEST_F(Sofia, RegistrationsAreCounted) {
  EXPECT_THAT(run("sofia status profile internal reg"), HasSubstr("Total items returned: 0\n"));
}

TEST_F(Sofia, UnknownProfilesAndWordsAreSaid) {
  EXPECT_EQ(run("sofia status profile other"), "Invalid Profile!\n");
  EXPECT_EQ(run("sofia profile other rescan"), "Invalid Profile!\n");
  EXPECT_THAT(run("sofia"), HasSubstr("USAGE"));
  EXPECT_THAT(run("sofia profile internal explode"), HasSubstr("USAGE"));
}

TEST_F(Sofia, RescanReadsTheConfigurationAgain) {
  const Reply reply = reply_to("sofia profile internal rescan");
  EXPECT_EQ(reply.kind, Reply::Kind::RereadConfiguration);
  EXPECT_EQ(reply.profile, "internal");
}

TEST_F(Sofia, ThereAreNoGatewaysYet) {
  for (const char* command : {"sofia status gateway trunk", "sofia profile internal register trunk",
                              "sofia profile internal unregister all"}) {
    EXPECT_THAT(run(command), HasSubstr("Invalid Gateway!")) << command;
  }
}

TEST_F(Sofia, ProfilesDoNotStopByThemselves) {
  EXPECT_THAT(run("sofia profile internal restart"), HasSubstr("-ERR "));
}

TEST_F(Sofia, OnlyStatusReads) {
  EXPECT_TRUE(only_reads("sofia status"));
  EXPECT_FALSE(only_reads("sofia profile internal rescan"));
}

}  // namespace
}  // namespace api
