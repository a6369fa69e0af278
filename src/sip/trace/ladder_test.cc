#include "sip/trace/ladder.h"

#include <gtest/gtest.h>

#include "sip/trace/selection.h"

namespace sip::trace {
namespace {

const Address kCaller{"192.0.2.7", 5060};
const Address kPhone{"192.0.2.8", 5062};

// One call with two legs, each message a second after the one before.
class Traced : public testing::Test {
 protected:
  void add(Direction direction, const Address& remote, const std::string& call_id,
           const std::string& line, const std::string& more = "") {
    Message message;
    message.unix_us = static_cast<std::int64_t>(messages_.size()) * 1'000'000;
    message.direction = direction;
    message.remote = remote;
    message.call_id = call_id;
    message.text = line + "\r\n" + more + "\r\n";
    messages_.push_back(std::make_shared<const Message>(std::move(message)));
  }
  void a_call() {
    const std::string sdp = "Content-Type: application/sdp\r\n";
    const std::string people = "f: <sip:5000@x>;tag=1\r\nt: <sip:sales@x>\r\n";
    add(Direction::Received, kCaller, "a", "INVITE sip:sales@x SIP/2.0", people + sdp);
    add(Direction::Sent, kPhone, "b", "INVITE sip:1000@x SIP/2.0", sdp);
    add(Direction::Sent, kPhone, "b", "INVITE sip:1000@x SIP/2.0", sdp);
    add(Direction::Received, kPhone, "b", "SIP/2.0 180 Ringing", "CSeq: 1 INVITE\r\n");
    add(Direction::Sent, kCaller, "a", "SIP/2.0 200 OK", "CSeq: 2 BYE\r\n");
  }
  std::string drawn(const Selection& selection) const {
    return ladder(select(messages_, names_, selection));
  }

  Messages messages_;
  Names names_ = {{"a", {"uuid-a", "uuid-a", "member"}}, {"b", {"uuid-b", "uuid-a", "member"}}};
};

using Ladder = Traced;

TEST_F(Ladder, ShowsBothLegsOfACall) {
  a_call();

  const std::string text = drawn({});

  EXPECT_EQ(text,
            "                     192.0.2.7:5060                Ringmaster"
            "                192.0.2.8:5062\n"
            "00:00:00.000                |------ INVITE (SDP) ------>|"
            "                           |\n"
            "00:00:01.000                |                           |"
            "------ INVITE (SDP) ------>|\n"
            "00:00:02.000                |                           |"
            "--- INVITE (SDP), again -->|\n"
            "00:00:03.000                |                           |"
            "<------ 180 Ringing -------|\n"
            "00:00:04.000                |<----- 200 OK to BYE ------|"
            "                           |\n");
}

TEST_F(Ladder, SaysWhenThereIsNothing) {
  EXPECT_EQ(drawn({}), "no messages\n");
}

TEST_F(Ladder, PeersWithoutRoomAreCounted) {
  for (std::uint16_t i = 0; i < 9; ++i) {
    add(Direction::Sent, {"192.0.2.9", i}, "x", "OPTIONS sip:a@b SIP/2.0");
  }

  EXPECT_NE(drawn({}).find("2 more peers with 2 messages are not drawn\n"), std::string::npos);
}

using SelectionOfMessages = Traced;

TEST_F(SelectionOfMessages, ACallIsChosenWhole) {
  a_call();
  add(Direction::Received, kPhone, "other", "OPTIONS sip:a@b SIP/2.0");

  for (const char* by : {"a", "b", "uuid-a", "uuid-b", "member"}) {
    const Selection call{.by = Selection::By::Call, .value = by};
    EXPECT_EQ(select(messages_, names_, call).size(), 5U) << by;
  }
  for (const char* number : {"5000", "sales", "1000"}) {
    const Selection chosen{.by = Selection::By::Number, .value = number};
    EXPECT_EQ(select(messages_, names_, chosen).size(), 5U) << number;
  }
  EXPECT_TRUE(select(messages_, names_, {.by = Selection::By::Call, .value = "none"}).empty());
  EXPECT_TRUE(select(messages_, names_, {.by = Selection::By::Number, .value = "500"}).empty());
}

TEST_F(SelectionOfMessages, ACallWithoutANameIsItsDialog) {
  a_call();
  names_.clear();

  EXPECT_EQ(select(messages_, names_, {.by = Selection::By::Call, .value = "b"}).size(), 3U);
}

}  // namespace
}  // namespace sip::trace
