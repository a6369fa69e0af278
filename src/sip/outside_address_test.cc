// ext-sip-ip: where peers outside the local networks are told to send requests in a dialog.
#include <gtest/gtest.h>

#include "sip/testing/rig.h"

namespace sip {
namespace {

using testing::Draft;
using testing::kOffer;
using testing::Message;
using testing::our_media;
using testing::Rig;

constexpr const char* kOutside = "203.0.113.9";

// The peer, 127.0.0.1, is outside when no network is local.
StackOptions behind_a_router(std::vector<std::string> local_networks) {
  call::SipProfile profile = testing::test_profile();
  profile.ext_sip_ip = kOutside;
  profile.local_networks = std::move(local_networks);
  return Rig::options_of(profile);
}

std::string contact_at(const std::string& host, std::uint16_t port) {
  return "sip:ringmaster@" + host + ":" + std::to_string(port);
}

TEST(OutsideAddress, IsTheContactOfAnAnswerToAPeerOutside) {
  Rig rig(behind_a_router({}));

  EXPECT_EQ(rig.inbound_call().target, contact_at(kOutside, rig.port));
}

TEST(OutsideAddress, IsTheContactOfAnInvitationAndItsAck) {
  Rig rig(behind_a_router({"10.0.0.0/8"}));

  const Rig::Answered answered = rig.outbound_call();

  EXPECT_EQ(Rig::uri_in(answered.invite.header("Contact")), contact_at(kOutside, rig.port));
}

TEST(OutsideAddress, IsNotToldToLocalPeers) {
  Rig rig(behind_a_router({"127.0.0.0/8"}));

  EXPECT_EQ(rig.inbound_call().target, contact_at("127.0.0.1", rig.port));
}

TEST(OutsideAddress, StaysInTheAnswerToAReinvite) {
  Rig rig(behind_a_router({}));
  const Rig::Call call = rig.inbound_call();

  rig.send(Draft{.to = call.to, .cseq = 2, .branch = "z9hG4bK-again", .body = kOffer});
  const auto reinvited = rig.reports.expect<call::LegReinvited>();
  rig.stack->post(call::AnswerReinvite{reinvited.leg, our_media()});

  const Message ok = rig.peer.response("INVITE");
  EXPECT_EQ(Rig::uri_in(ok.header("Contact")), contact_at(kOutside, rig.port));
}

}  // namespace
}  // namespace sip
