#include "app/rescan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace app {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

call::SipProfile profile(const std::string& name, std::uint16_t port) {
  call::SipProfile made;
  made.name = name;
  made.sip_port = port;
  return made;
}

TEST(Rescan, SettingsThatCanChangeAreNotNamed) {
  call::SipProfile wished = profile("internal", 5060);
  wished.auth_calls = false;
  wished.ext_sip_ip = "203.0.113.1";

  EXPECT_THAT(needing_a_restart({profile("internal", 5060)}, {wished}), IsEmpty());
}

TEST(Rescan, AddressesPortsAndProfilesWaitForARestart) {
  call::SipProfile moved = profile("internal", 5062);
  moved.sip_ip = "192.0.2.1";

  EXPECT_THAT(
      needing_a_restart({profile("internal", 5060), profile("old", 5080)},
                        {moved, profile("new", 5090)}),
      ElementsAre(
          "profile internal: sip-ip stays 127.0.0.1 until the server starts again with 192.0.2.1",
          "profile internal: sip-port stays 5060 until the server starts again with 5062",
          "profile old is gone from the configuration: it listens until the server starts again",
          "profile new is new: it listens when the server starts again"));
}

TEST(Rescan, ReplyIsAboutTheProfileThatWasNamed) {
  const auto lines =
      needing_a_restart({profile("a", 1), profile("ab", 1)}, {profile("a", 2), profile("ab", 2)});

  EXPECT_EQ(rescan_reply("a", lines),
            "+OK scan complete\n"
            "profile a: sip-port stays 1 until the server starts again with 2\n");
  EXPECT_EQ(rescan_reply("c", lines), "+OK scan complete\n");
}

}  // namespace
}  // namespace app
