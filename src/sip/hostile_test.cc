// What no decent peer would send: it must neither crash the library nor leave a leg behind.

#include <gtest/gtest.h>

#include "sip/limits.h"
#include "sip/testing/rig.h"

namespace sip {
namespace {

using testing::Draft;
using testing::kOffer;
using testing::Message;
using testing::Rig;

const char* const kBadAddresses[] = {"<tel:+49301234>", "<foo:bar>", "<urn:service:sos>",
                                     "<mailto:a@b>",    "<sip:>",    "<sip:a@10.0.0.1:0>"};

TEST(Hostile, ContactThatCannotBeFollowedIsRefused) {
  Rig rig;
  int n = 0;
  for (const char* contact : kBadAddresses) {
    const std::string unique = std::to_string(++n);
    rig.send(Draft{.call_id = "bad-contact-" + unique,
                   .branch = "z9hG4bK-c" + unique,
                   .contact = contact,
                   .body = kOffer});
    EXPECT_EQ(rig.peer.response("INVITE").status(), 400) << contact;
  }
  rig.send(Draft{.call_id = "no-contact", .contact = "-", .body = kOffer});
  EXPECT_EQ(rig.peer.response("INVITE").status(), 400);
  EXPECT_EQ(rig.reports.waiting(), 0U);
}

TEST(Hostile, RecordRouteThatCannotBeFollowedIsRefused) {
  Rig rig;
  int n = 0;
  for (const char* route : kBadAddresses) {
    const std::string unique = std::to_string(++n);
    rig.send(Draft{.call_id = "bad-route-" + unique,
                   .branch = "z9hG4bK-r" + unique,
                   .extra = std::string("Record-Route: ") + route + "\r\n",
                   .body = kOffer});
    EXPECT_EQ(rig.peer.response("INVITE").status(), 400) << route;
  }
  EXPECT_EQ(rig.reports.waiting(), 0U);
}

TEST(Hostile, AnswerWithABadContactEndsTheLeg) {
  for (const char* contact : kBadAddresses) {
    Rig rig;
    rig.stack->post(rig.invitation());
    const Message invite = rig.peer.request("INVITE");

    rig.send({.status = 200, .contact = contact, .body = kOffer}, invite);

    EXPECT_EQ(rig.peer.request("ACK").cseq(), invite.cseq()) << contact;
    EXPECT_EQ(rig.reports.expect<call::LegRefused>().status, 502) << contact;
    rig.send({.status = 200}, rig.peer.request("BYE"));
    rig.reports.expect<call::LegGone>();
  }
}

TEST(Hostile, ContactWithANameIsReachedAtItsSource) {
  Rig rig;
  rig.send(Draft{.contact = "<sip:a@browser.invalid>", .body = kOffer});
  const auto invited = rig.reports.expect<call::LegInvited>();
  rig.stack->post(call::AnswerLeg{invited.leg, testing::our_media()});
  const Message ok = rig.peer.response("INVITE");
  rig.send(Draft{.method = "ACK", .to = ok.header("To"), .branch = "z9hG4bK-ack"});
  rig.reports.find<call::LegConfirmed>();

  rig.stack->post(call::HangUpLeg{invited.leg, 480, ""});

  EXPECT_EQ(rig.peer.request("BYE").uri(), "sip:a@browser.invalid");
}

TEST(Hostile, MalformedSdpIsRefused) {
  Rig rig;
  rig.send(Draft{.body = "v=0\r\nm=audio nonsense\r\n"});
  EXPECT_EQ(rig.peer.response("INVITE").status(), 400);
  rig.send(Draft{.call_id = "other",
                 .branch = "z9hG4bK-other",
                 .body = "v=0\r\no=- 1 1 IN IP4 a\r\ns=-\r\nc=IN IP4 host.example\r\nt=0 0\r\n"
                         "m=audio 4000 RTP/AVP 0\r\n"});
  EXPECT_EQ(rig.peer.response("INVITE").status(), 488);
}

TEST(Hostile, OtherBodiesAreRefused) {
  Rig rig;
  rig.send(Draft{.extra = "Content-Type: text/plain\r\nContent-Length: 2\r\n\r\nhi"});
  const Message refused = rig.peer.response("INVITE");
  EXPECT_EQ(refused.status(), 415);
  EXPECT_EQ(refused.header("Accept"), "application/sdp");
}

// The library fails an assertion when an ACK arrives for a response that it could not send: see
// Agent::try_to_reach.
TEST(Hostile, ViaCannotSendResponsesElsewhere) {
  Rig rig;
  for (const char* parameter : {";maddr=255.255.255.255", ";maddr=192.0.2.1;ttl=1", ""}) {
    const bool port_zero = *parameter == '\0';
    const std::string host = port_zero ? "127.0.0.1:0" : rig.peer.address();
    const std::string via = "Via: SIP/2.0/UDP " + host + ";branch=z9hG4bK-via" + parameter;
    const std::string rest =
        "\r\nMax-Forwards: 70\r\nFrom: <sip:a@b>;tag=x\r\nTo: <sip:c@d>\r\nCall-ID: via" +
        std::string(parameter) + "\r\nContact: <sip:a@" + rig.peer.address() + ">\r\n";
    for (const char* method : {"INVITE", "ACK", "INVITE", "ACK", "CANCEL", "ACK"}) {
      rig.peer.send(std::string(method) + " sip:c@d SIP/2.0\r\n" + via + rest + "CSeq: 1 " +
                        method + "\r\nContent-Length: 0\r\n\r\n",
                    rig.port);
    }
    rig.settle();
  }
}

TEST(Hostile, GarbageIsIgnored) {
  Rig rig;
  for (const std::string& junk :
       {std::string("hello"), std::string("\r\n\r\n\r\n\r\n"), std::string(60000, 'A'),
        std::string("INVITE sip:a@b SIP/2.0\r\n\r\n"), std::string("SIP/2.0 200 OK\r\n\r\n"),
        std::string("INVITE sip:a@b SIP/3.0\r\nVia: x\r\n\r\n"), std::string(64, '\0')}) {
    rig.peer.send(junk, rig.port);
  }
  rig.settle();
  EXPECT_EQ(rig.reports.waiting(), 0U);
}

TEST(Hostile, OverlongPartsAreRefused) {
  Rig rig;
  rig.send(Draft{.from = "<sip:1001@default>;tag=" + std::string(300, 't'), .body = kOffer});
  EXPECT_EQ(rig.peer.response("INVITE").status(), 400);
  rig.send(Draft{.from = "<sip:" + std::string(2000, 'u') + "@default>;tag=x",
                 .call_id = "long-from",
                 .branch = "z9hG4bK-f",
                 .body = kOffer});
  EXPECT_EQ(rig.peer.response("INVITE").status(), 400);
  std::string routes;
  for (int i = 0; i < 40; ++i) routes += "Record-Route: <sip:10.0.0.1;lr>\r\n";
  rig.send(Draft{.call_id = "routes", .branch = "z9hG4bK-m", .extra = routes, .body = kOffer});
  EXPECT_EQ(rig.peer.response("INVITE").status(), 400);
}

TEST(Hostile, ExtraHeadersAreBounded) {
  Rig rig;
  std::string extra;
  for (int i = 0; i < 100; ++i) extra += "X-H" + std::to_string(i) + ": v\r\n";
  rig.send(Draft{.extra = "X-Big: " + std::string(5000, 'b') + "\r\n" + extra, .body = kOffer});
  const auto invited = rig.reports.expect<call::LegInvited>();
  EXPECT_EQ(invited.extra_headers.size(), kExtraHeadersMax);
  for (const auto& [name, value] : invited.extra_headers) {
    EXPECT_LE(value.size(), kExtraHeaderValueMax) << name;
  }
}

TEST(Hostile, MessageThatIsTooLargeIsRefused) {
  Rig rig;
  rig.send(Draft{.extra = "X-Big: " + std::string(kMessageBytesMax, 'b') + "\r\n", .body = kOffer});
  EXPECT_EQ(rig.peer.response("INVITE").status(), 413);
}

TEST(Hostile, RequestForAnotherSchemeIsRefused) {
  Rig rig;
  rig.send(Draft{.uri = "tel:+49301234", .body = kOffer});
  EXPECT_EQ(rig.peer.response("INVITE").status(), 416);
}

}  // namespace
}  // namespace sip
