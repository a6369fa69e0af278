// REFER in a dialog: what is reported, how it is answered, and the NOTIFY that tells the outcome.
#include <gtest/gtest.h>

#include "sip/testing/rig.h"

namespace sip {
namespace {

using testing::Draft;
using testing::Message;
using testing::Rig;

Draft refer(const Rig::Call& call, const std::string& header, std::uint32_t cseq = 2) {
  return Draft{.method = "REFER",
               .uri = call.target,
               .to = call.to,
               .cseq = cseq,
               .branch = "z9hG4bK-refer-" + std::to_string(cseq),
               .extra = header + "\r\n"};
}

TEST(Refer, IsReportedAndItsOutcomeToldByNotify) {
  Rig rig;
  const Rig::Call call = rig.inbound_call();

  rig.send(refer(call, "Refer-To: <sip:2000@127.0.0.1>"));
  const auto referred = rig.reports.expect<call::LegReferred>();
  rig.stack->post(call::AnswerRefer{call.leg});

  EXPECT_EQ(referred.leg, call.leg);
  EXPECT_EQ(referred.target_user, "2000");
  EXPECT_EQ(referred.target_host, "127.0.0.1");
  EXPECT_FALSE(referred.replaces);
  EXPECT_EQ(rig.peer.response("REFER").status(), 202);
  const Message notify = rig.peer.request("NOTIFY");
  EXPECT_EQ(notify.header("Event"), "refer;id=2");
  EXPECT_EQ(notify.header("Subscription-State"), "terminated;reason=noresource");
  EXPECT_EQ(notify.header("Content-Type"), "message/sipfrag;version=2.0");
  EXPECT_EQ(notify.body(), "SIP/2.0 200 OK\r\n");
  EXPECT_EQ(notify.header("From"), call.to);
}

TEST(Refer, IsRefusedWithoutNotify) {
  Rig rig;
  const Rig::Call call = rig.inbound_call();

  rig.send(refer(call, "Refer-To: <sip:2000@127.0.0.1>"));
  rig.reports.expect<call::LegReferred>();
  rig.stack->post(call::AnswerRefer{call.leg, 603});

  EXPECT_EQ(rig.peer.response("REFER").status(), 603);
  rig.reports.expect<call::DialogChanged>();
  rig.settle();
  EXPECT_EQ(rig.reports.waiting(), 0U);
}

TEST(Refer, TellsThatItNamesACall) {
  Rig rig;
  const Rig::Call call = rig.inbound_call();

  rig.send(refer(call, "Refer-To: <sip:2000@127.0.0.1?Replaces=abc%3Bto-tag%3D1%3Bfrom-tag%3D2>"));

  EXPECT_TRUE(rig.reports.expect<call::LegReferred>().replaces);
}

TEST(Refer, ThatCannotBeFollowedIsRefusedAtOnce) {
  Rig rig;
  const Rig::Call call = rig.inbound_call();
  std::uint32_t cseq = 2;
  const auto status_of = [&](const std::string& header) {
    rig.send(refer(call, header, cseq++));
    return rig.peer.response("REFER").status();
  };

  EXPECT_EQ(status_of("X-Nothing: 1"), 400);
  EXPECT_EQ(status_of("Refer-To: <tel:+4930123456>"), 400);
  EXPECT_EQ(status_of("Refer-To: <sip:127.0.0.1>"), 404);
  EXPECT_EQ(status_of("Refer-To: <sip:" + std::string(2000, 'x') + "@127.0.0.1>"), 414);
}

TEST(Refer, WaitsForNoSecondOne) {
  Rig rig;
  const Rig::Call call = rig.inbound_call();
  rig.send(refer(call, "Refer-To: <sip:2000@127.0.0.1>", 2));
  rig.reports.expect<call::LegReferred>();

  rig.send(refer(call, "Refer-To: <sip:2001@127.0.0.1>", 3));

  EXPECT_EQ(rig.peer.response("REFER").status(), 491);
}

TEST(Refer, OutsideACallFindsNone) {
  Rig rig;

  rig.send(Draft{.method = "REFER", .extra = "Refer-To: <sip:2000@127.0.0.1>\r\n"});

  EXPECT_EQ(rig.peer.response("REFER").status(), 481);
}

}  // namespace
}  // namespace sip
