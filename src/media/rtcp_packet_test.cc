#include "media/rtcp_packet.h"

#include <gtest/gtest.h>

namespace media {
namespace {

RtcpReport sample() {
  return {.ssrc = 0xdeadbeef,
          .sender = RtcpSender{0x0123456789abcdef, 1000, 50, 8000},
          .blocks = {{.ssrc = 7,
                      .fraction_lost = 12,
                      .lost = -3,
                      .highest = 70'000,
                      .jitter = 40,
                      .last_report = 0x456789ab,
                      .delay = 65'536}}};
}

TEST(RtcpPacket, ReadsWhatItWrites) {
  for (const char* cname : {"", "a", "ab", "abc", "ringmaster"}) {
    const auto bytes = write_rtcp(sample(), cname);
    EXPECT_EQ(bytes.size() % 4, 0u);
    EXPECT_EQ(parse_rtcp(bytes), sample()) << cname;
  }
  const RtcpReport receiver{.ssrc = 1};
  EXPECT_EQ(parse_rtcp(write_rtcp(receiver, "x")), receiver);
}

TEST(RtcpPacket, ReportsAreFoundBehindOtherPackets) {
  std::vector<std::uint8_t> bytes = {0x80, 204, 0, 1, 1, 2, 3, 4};
  const auto report = write_rtcp(sample(), "x");
  bytes.insert(bytes.end(), report.begin(), report.end());

  EXPECT_EQ(parse_rtcp(bytes), sample());
}

TEST(RtcpPacket, EveryCutAndEveryLieIsNoReport) {
  const auto whole = write_rtcp(RtcpReport{.ssrc = 1, .blocks = {{.ssrc = 2}}}, "");
  for (std::size_t size = 0; size < 32; ++size) {
    EXPECT_FALSE(parse_rtcp(std::span(whole).first(size))) << size;
  }
  auto lie = whole;
  lie[0] = 0x9f;  // 31 blocks.
  EXPECT_FALSE(parse_rtcp(lie));
  lie = whole;
  lie[0] = 0x41;  // Version 1.
  EXPECT_FALSE(parse_rtcp(lie));
  lie = whole;
  lie[2] = 0xff;
  EXPECT_FALSE(parse_rtcp(lie));
}

}  // namespace
}  // namespace media
