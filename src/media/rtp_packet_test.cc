#include "media/rtp_packet.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace media {
namespace {

using Bytes = std::vector<std::uint8_t>;

// A header of version 2, payload type 0, with this first byte and these bytes behind it.
Bytes packet(std::uint8_t first, const Bytes& rest) {
  Bytes bytes{first, 0x80, 0x12, 0x34, 0xde, 0xad, 0xbe, 0xef, 0x01, 0x02, 0x03, 0x04};
  bytes.insert(bytes.end(), rest.begin(), rest.end());
  return bytes;
}

TEST(RtpPacket, WhatIsWrittenIsRead) {
  const RtpHeader header{.payload_type = 101,
                         .marker = true,
                         .sequence = 0xfffe,
                         .timestamp = 0x89abcdef,
                         .ssrc = 0x01020304};
  Bytes bytes(kRtpHeaderBytes + 160);

  write_rtp_header(header, std::span(bytes).first<kRtpHeaderBytes>());
  const auto packet = parse_rtp(bytes);

  ASSERT_TRUE(packet);
  EXPECT_EQ(packet->header, header);
  EXPECT_EQ(packet->payload_offset, kRtpHeaderBytes);
  EXPECT_EQ(packet->payload_size, 160u);
}

TEST(RtpPacket, PayloadLiesBehindSourcesAndExtensionAndBeforePadding) {
  struct Case {
    const char* what;
    Bytes datagram;
    std::size_t offset;
    std::size_t size;
  };
  const Case cases[] = {
      {"plain", packet(0x80, {7}), 12, 1},
      {"two sources", packet(0x82, {0, 0, 0, 1, 0, 0, 0, 2, 7, 8}), 20, 2},
      {"extension of one word", packet(0x90, {0xbe, 0xde, 0, 1, 9, 9, 9, 9, 7}), 20, 1},
      {"extension of no word", packet(0x90, {0xbe, 0xde, 0, 0, 7, 8, 9}), 16, 3},
      {"padding of three", packet(0xa0, {7, 8, 0, 0, 3}), 12, 2},
      {"all of it", packet(0xb1, {0, 0, 0, 1, 0xbe, 0xde, 0, 1, 9, 9, 9, 9, 7, 0, 2}), 24, 1},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.what);
    const auto read = parse_rtp(one.datagram);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->payload_offset, one.offset);
    EXPECT_EQ(read->payload_size, one.size);
    EXPECT_EQ(read->header.sequence, 0x1234);
    EXPECT_EQ(read->header.timestamp, 0xdeadbeef);
    EXPECT_TRUE(read->header.marker);
  }
}

TEST(RtpPacket, WhatIsNoPacketHasAFault) {
  struct Case {
    const char* what;
    Bytes datagram;
    RtpFault fault;
  };
  const Case cases[] = {
      {"nothing", {}, RtpFault::TooShort},
      {"eleven bytes", Bytes(11, 0x80), RtpFault::TooShort},
      {"too large", packet(0x80, Bytes(kDatagramBytesMax, 0)), RtpFault::TooLarge},
      {"version 1", packet(0x40, {7}), RtpFault::WrongVersion},
      {"version 0, as STUN", packet(0x00, {7}), RtpFault::WrongVersion},
      {"fifteen sources, none there", packet(0x8f, {7}), RtpFault::Truncated},
      {"extension cut", packet(0x90, {0xbe, 0xde, 0}), RtpFault::Truncated},
      {"extension longer than all", packet(0x90, {0, 0, 0xff, 0xff, 1}), RtpFault::Truncated},
      {"padding of nothing", packet(0xa0, {7, 0}), RtpFault::BadPadding},
      {"padding longer than payload", packet(0xa0, {7, 200}), RtpFault::BadPadding},
      {"no payload", packet(0x80, {}), RtpFault::NoPayload},
      {"nothing but padding", packet(0xa0, {0, 2}), RtpFault::NoPayload},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.what);
    const auto read = parse_rtp(one.datagram);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error(), one.fault);
  }
}

// Every length of every kind of first byte: nothing reads beyond its end (the sanitizer's proof).
TEST(RtpPacket, EveryTruncationIsSafe) {
  for (int first = 0; first < 256; ++first) {
    const Bytes whole = packet(static_cast<std::uint8_t>(first), Bytes(80, 0x11));
    for (std::size_t size = 0; size <= whole.size(); ++size) {
      const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
      const auto read = parse_rtp(cut);
      if (read) {
        EXPECT_LE(read->payload_offset + read->payload_size, size);
        EXPECT_GE(read->payload_offset, kRtpHeaderBytes);
      }
    }
  }
}

}  // namespace
}  // namespace media
