// The trace of a whole stack: what its transports carried, what others are shown of it.
#include "sip/trace/trace.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <future>
#include <sstream>

#include "base/log.h"
#include "sip/testing/rig.h"

namespace sip {
namespace {

using testing::Draft;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::Rig;
using trace::Direction;
using trace::Messages;
using trace::Selection;

Messages traced(Rig& rig, const Selection& selection = {}) {
  std::promise<Messages> found;
  rig.stack->after_reading_trace([&] { found.set_value(rig.stack->trace().select(selection)); });
  return found.get_future().get();
}

std::vector<std::string> in_short(const Messages& messages) {
  std::vector<std::string> lines;
  for (const auto& message : messages) {
    const bool sent = message->direction == Direction::Sent;
    const std::string line = message->text.substr(0, message->text.find(' ', 8));
    lines.push_back((sent ? "> " : "< ") + line.substr(0, line.find(" sip:")));
  }
  return lines;
}

TEST(SipTrace, HasWhatWasSentAndReceived) {
  Rig rig;
  rig.inbound_call();

  const Messages messages = traced(rig, {.by = Selection::By::Call, .value = "call-1"});

  EXPECT_THAT(in_short(messages),
              ::testing::ElementsAre("< INVITE", "> SIP/2.0 100", "> SIP/2.0 200", "< ACK"));
  EXPECT_THAT(messages[2]->text, HasSubstr("\r\n\r\nv=0\r\n"));
  EXPECT_EQ(messages.front()->profile, "internal");
  EXPECT_EQ(messages.front()->local.port, rig.port);
  EXPECT_EQ(messages.front()->remote.port, rig.peer.port());
}

TEST(SipTrace, BothLegsOfACallBelongTogether) {
  Rig rig;
  const auto inbound = rig.inbound_call();
  rig.outbound_call();
  base::call_names().learn(inbound.leg, {.uuid = "caller", .call = "caller", .member = {}});
  base::call_names().learn(base::LegId{2}, {.uuid = "agent", .call = "caller", .member = {}});

  const Messages messages = traced(rig, {.by = Selection::By::Call, .value = "agent"});

  EXPECT_THAT(in_short(messages),
              ::testing::ElementsAre("< INVITE", "> SIP/2.0 100", "> SIP/2.0 200", "< ACK",
                                     "> INVITE", "< SIP/2.0 200", "> ACK"));
  EXPECT_THAT(messages[4]->text, HasSubstr("\r\n\r\nv=0\r\n"));
}

TEST(SipTrace, SecretsAreNotKept) {
  Rig rig;
  rig.send(Draft{.method = "OPTIONS",
                 .extra = "Authorization: Digest username=\"u\", response=\"secret\"\r\n"});
  rig.peer.response("OPTIONS");

  const Messages messages = traced(rig);

  ASSERT_FALSE(messages.empty());
  EXPECT_THAT(messages.front()->text, HasSubstr("response=\"******\""));
}

TEST(SipTrace, GoesToTheLogWhenItIsAskedFor) {
  const std::string path = ::testing::TempDir() + "sip_trace.log";
  std::remove(path.c_str());
  base::configure_log({.path = path});
  {
    Rig rig;
    rig.settle();
    traced(rig);
    rig.stack->trace().print("internal", trace::Printing::On);
    rig.send(Draft{.method = "OPTIONS", .call_id = "printed", .branch = "z9hG4bK-p"});
    rig.peer.response("OPTIONS");
    traced(rig);
    rig.stack->trace().print({}, trace::Printing::Off);
    rig.settle();
    traced(rig);
  }
  base::configure_log({});

  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  EXPECT_THAT(text.str(), HasSubstr("Call-ID: printed"));
  EXPECT_THAT(text.str(), HasSubstr("SIP/2.0 200 OK"));
  EXPECT_THAT(text.str(), Not(HasSubstr("Call-ID: settle-")));
  std::remove(path.c_str());
}

TEST(SipTrace, GoesToACaptureServerWithoutSecrets) {
  const testing::RawPeer collector;
  StackOptions options = Rig::options_of(testing::test_profile());
  options.views["internal"].capture_server = "udp:" + collector.address() + ";hep=3;capture_id=258";
  Rig rig(std::move(options));

  rig.send(Draft{.method = "OPTIONS",
                 .call_id = "captured",
                 .extra = "Authorization: Digest response=\"secret\"\r\n"});
  const auto packet = collector.next([](const testing::Message&) { return true; });

  ASSERT_TRUE(packet.has_value());
  const std::string& bytes = packet->text;
  EXPECT_EQ(bytes.substr(0, 4), "HEP3");
  const auto size =
      static_cast<unsigned char>(bytes[4]) * 256U + static_cast<unsigned char>(bytes[5]);
  EXPECT_EQ(size, bytes.size());
  EXPECT_THAT(bytes, HasSubstr(std::string("\0\0\0\x01\0\x07\x02", 7)));           // IPv4
  EXPECT_THAT(bytes, HasSubstr(std::string("\0\0\0\x03\0\x0a\x7f\0\0\x01", 10)));  // 127.0.0.1
  EXPECT_THAT(bytes, HasSubstr(std::string("\0\0\0\x0b\0\x07\x01", 7)));           // SIP
  EXPECT_THAT(bytes, HasSubstr(std::string("\0\0\0\x0c\0\x0a\0\0\x01\x02", 10)));  // 258
  EXPECT_THAT(bytes, HasSubstr(std::string("\0\0\0\x11\0\x0e", 6) + "captured"));
  EXPECT_THAT(bytes, HasSubstr("OPTIONS sip:5000@127.0.0.1 SIP/2.0\r\n"));
  EXPECT_THAT(bytes, HasSubstr("response=\"******\""));
}

}  // namespace
}  // namespace sip
