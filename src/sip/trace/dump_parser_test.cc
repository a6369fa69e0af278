#include "sip/trace/dump_parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sip::trace {
namespace {

constexpr std::int64_t kMidnight = std::int64_t{1'700'006'400} * 1'000'000;
constexpr const char* kOptions =
    "OPTIONS sip:a@b SIP/2.0\r\ni: q@host\r\nContent-Length: 2\r\n\r\nhi";

std::string record(const std::string& head, const std::string& bytes) {
  return head + ":\n" + bytes + "\v\n";
}
std::string received_by_tcp(const std::string& bytes) {
  return record("recv " + std::to_string(bytes.size()) +
                    " bytes from tcp/[192.0.2.7]:5071 at 00:00:01.000002",
                bytes);
}

class DumpParserTest : public testing::Test {
 protected:
  std::vector<Message> feed(const std::string& bytes, std::int64_t now = kMidnight + 2'000'000) {
    return parser_.feed(bytes, now);
  }
  DumpParser parser_{{.profile = "internal", .address = {"127.0.0.1", 5060}}};
};

TEST_F(DumpParserTest, TellsWhoSentWhatAndWhen) {
  const std::string bytes = kOptions;
  const auto found = feed("dump started at Sun Nov 22 09:27:22 2026\n\n\n" +
                          record("sent " + std::to_string(bytes.size()) +
                                     " bytes to udp/[2001:db8::7]:5071 at 00:00:01.000002",
                                 bytes));

  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].direction, Direction::Sent);
  EXPECT_EQ(found[0].transport, "udp");
  EXPECT_EQ(found[0].profile, "internal");
  EXPECT_EQ(found[0].local, (Address{"127.0.0.1", 5060}));
  EXPECT_EQ(found[0].remote, (Address{"2001:db8::7", 5071}));
  EXPECT_EQ(found[0].unix_us, kMidnight + 1'000'002);
  EXPECT_EQ(found[0].call_id, "q@host");
  EXPECT_EQ(found[0].text, bytes.substr(0, bytes.size()));
}

TEST_F(DumpParserTest, WhatWasSentComesWithoutItsBody) {
  const std::string headers = "SIP/2.0 200 OK\r\ni: a\r\nContent-Length: 134\r\n\r\n";
  const std::string sent = record("sent " + std::to_string(headers.size() + 134) +
                                      " bytes to udp/[192.0.2.7]:5071 at 00:00:01.000002",
                                  headers);

  const auto found = feed(sent + sent);

  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[1].text, headers);
}

TEST_F(DumpParserTest, ARecordMayComeInPiecesAndHoldAnything) {
  const std::string bytes = "junk\v\nrecv 5 bytes from udp/[1.2.3.4]:5 at 00:00:00.000000:\n";
  const std::string whole = record("recv " + std::to_string(bytes.size()) +
                                       " bytes from udp/[192.0.2.7]:5071 at 23:59:59.999999",
                                   bytes);
  std::vector<Message> found;
  for (const char c : whole) {
    for (Message& message : feed(std::string(1, c))) found.push_back(std::move(message));
  }

  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].text, bytes);
  EXPECT_EQ(found[0].unix_us, kMidnight - 1);  // A moment ago, before midnight.
}

TEST_F(DumpParserTest, AStreamIsCutIntoMessages) {
  const std::string two = std::string(kOptions) + "\r\n\r\n" + kOptions;

  EXPECT_TRUE(feed(received_by_tcp(two.substr(0, 30))).empty());
  const auto found = feed(received_by_tcp(two.substr(30)));

  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].text, kOptions);
  EXPECT_EQ(found[1].text, kOptions);
  EXPECT_EQ(found[1].transport, "tcp");
}

TEST_F(DumpParserTest, EmptyLinesThatKeepAWayOpenAreLeftOut) {
  EXPECT_TRUE(feed(record("recv 4 bytes from udp/[192.0.2.7]:5071 at 00:00:01.000002", "\r\n\r\n"))
                  .empty());
  EXPECT_TRUE(feed(received_by_tcp("\r\n\r\n")).empty());
}

}  // namespace
}  // namespace sip::trace
