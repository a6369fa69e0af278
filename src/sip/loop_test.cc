// Calls that come back: merged (RFC 3261 §8.2.2.2) and looped (§16.3) ones.
#include <gtest/gtest.h>

#include "sip/testing/rig.h"

namespace sip {
namespace {

using testing::Draft;
using testing::kOffer;
using testing::Message;
using testing::Rig;

// Our INVITE as a proxy in between sends it on, with its own Via on top.
std::string sent_back(const Message& invite, const Rig& rig, const std::string& uri) {
  std::string text = invite.text;
  text.replace(text.find(' ') + 1, invite.uri().size(), uri);
  const std::size_t via = text.find("Via:");
  text.insert(via, "Via: SIP/2.0/UDP " + rig.peer.address() + ";branch=z9hG4bK-proxy\r\n");
  return text;
}

TEST(Loop, CallOfOursThatComesBackIsRefused) {
  Rig rig;
  rig.stack->post(rig.invitation());
  const Message invite = rig.peer.request("INVITE");

  rig.peer.send(sent_back(invite, rig, invite.uri()), rig.port);

  EXPECT_EQ(rig.peer.response("INVITE").status(), 482);
  EXPECT_EQ(rig.reports.waiting(), 0U);
}

TEST(Loop, CallOfOursThatIsSentOnToUsIsTaken) {
  Rig rig;
  rig.stack->post(rig.invitation());
  const Message invite = rig.peer.request("INVITE");

  rig.peer.send(sent_back(invite, rig, "sip:6000@127.0.0.1:" + std::to_string(rig.port)), rig.port);

  EXPECT_EQ(rig.reports.expect<call::LegInvited>().request_user, "6000");
}

TEST(Loop, WeMayCallOurselves) {
  Rig rig;
  auto order = rig.invitation();
  order.request_uri = "sip:6000@127.0.0.1:" + std::to_string(rig.port);

  rig.stack->post(order);

  EXPECT_EQ(rig.reports.expect<call::LegInvited>().request_user, "6000");
}

TEST(Loop, SameInviteAtAnotherProfileIsMerged) {
  StackOptions options = Rig::options_of(testing::test_profile());
  options.profiles.push_back(testing::test_profile());
  options.profiles.back().name = "external";
  Rig rig(std::move(options));
  rig.send(Draft{.body = kOffer});
  rig.reports.expect<call::LegInvited>();

  rig.peer.send(text_of(Draft{.branch = "z9hG4bK-other", .body = kOffer}, rig.peer),
                rig.stack->bound()[1].port);

  EXPECT_EQ(rig.peer.response("INVITE").status(), 482);
  EXPECT_EQ(rig.reports.waiting(), 0U);
}

TEST(Loop, SecondCallWithItsOwnNumberIsNotMerged) {
  Rig rig;
  rig.send(Draft{.body = kOffer});
  rig.reports.expect<call::LegInvited>();

  rig.send(Draft{.cseq = 2, .branch = "z9hG4bK-other", .body = kOffer});

  rig.reports.expect<call::LegInvited>();
}

}  // namespace
}  // namespace sip
