// A phone that sends a call on: decision #45.
#include <gtest/gtest.h>

#include "sip/testing/rig.h"

namespace sip {
namespace {

using testing::kOffer;
using testing::Message;
using testing::RawPeer;
using testing::Rig;

StackOptions following() {
  call::SipProfile profile = testing::test_profile();
  profile.redirect_networks = {"127.0.0.0/8"};
  return Rig::options_of(profile);
}

TEST(Redirect, IsNotFollowedUnlessTheProfileSaysSo) {
  Rig rig;
  const RawPeer other;
  rig.stack->post(rig.invitation());

  rig.send({.status = 302, .contact = "<sip:other@" + other.address() + ">"},
           rig.peer.request("INVITE"));

  EXPECT_EQ(rig.reports.expect<call::LegRefused>().status, 302);
  rig.reports.expect<call::LegGone>();
}

TEST(Redirect, IsFollowedIntoTheNetworksOfTheProfile) {
  Rig rig(following());
  const RawPeer other;
  rig.stack->post(rig.invitation());

  rig.send({.status = 302, .contact = "<sip:far@192.0.2.1>, <sip:other@" + other.address() + ">"},
           rig.peer.request("INVITE"));

  const Message invite = other.request("INVITE");
  EXPECT_EQ(invite.uri(), "sip:other@" + other.address());
  other.send(text_of(testing::Answer{.body = kOffer}, invite, other), rig.port);
  rig.reports.expect<call::LegAnswered>();
}

TEST(Redirect, EndsAfterThreeHops) {
  Rig rig(following());
  rig.stack->post(rig.invitation());
  std::uint32_t last = 0;
  for (int hop = 0; hop <= 3; ++hop) {
    const auto invite =
        rig.peer.next([&](const Message& m) { return m.method() == "INVITE" && m.cseq() > last; });
    ASSERT_TRUE(invite.has_value());
    last = invite->cseq();
    rig.send({.status = 302}, *invite);
  }
  EXPECT_EQ(rig.reports.expect<call::LegRefused>().status, 302);
}

}  // namespace
}  // namespace sip
