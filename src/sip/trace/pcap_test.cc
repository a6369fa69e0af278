#include "sip/trace/pcap.h"

#include <gtest/gtest.h>

#include "sip/trace/packet.h"

namespace sip::trace {
namespace {

constexpr std::size_t kFileHeader = 24;
constexpr std::size_t kRecordHeader = 16;

std::uint64_t number(const std::string& bytes, std::size_t at, std::size_t size) {
  std::uint64_t value = 0;
  for (std::size_t i = at; i < at + size; ++i) {
    value = value << 8 | static_cast<unsigned char>(bytes.at(i));
  }
  return value;
}

// The sum of RFC 1071 over what includes its own checksum is all ones.
std::uint64_t folded_sum(std::string bytes) {
  if (bytes.size() % 2 != 0) bytes += '\0';
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < bytes.size(); i += 2) sum += number(bytes, i, 2);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  return sum;
}

std::string capture_of(const std::string& host, const std::string& text) {
  Message message;
  message.unix_us = 1'700'000'000'000'042;
  message.direction = Direction::Sent;
  message.local = {host, 5060};
  message.remote = {host, 5071};
  message.text = text;
  return pcap({std::make_shared<const Message>(message)});
}

TEST(Pcap, IsAFileOfRawPackets) {
  const std::string file = pcap({});

  ASSERT_EQ(file.size(), kFileHeader);
  EXPECT_EQ(number(file, 0, 4), 0xa1b2c3d4U);
  EXPECT_EQ(number(file, 20, 4), 101U);
}

TEST(Pcap, AMessageIsAnUdpPacketWithRightSums) {
  const std::string text = "OPTIONS sip:a@b SIP/2.0\r\n\r\n";
  const std::string file = capture_of("192.0.2.7", text);

  ASSERT_EQ(file.size(), kFileHeader + kRecordHeader + 28 + text.size());
  EXPECT_EQ(number(file, kFileHeader, 4), 1'700'000'000U);
  EXPECT_EQ(number(file, kFileHeader + 4, 4), 42U);
  const std::string packet = file.substr(kFileHeader + kRecordHeader);
  EXPECT_EQ(folded_sum(packet.substr(0, 20)), 0xffffU);
  EXPECT_EQ(number(packet, 20, 2), 5060U);
  EXPECT_EQ(number(packet, 22, 2), 5071U);
  const std::string udp = packet.substr(20);
  std::string pseudo = packet.substr(12, 8) + std::string("\0\x11", 2);
  append_number<2>(pseudo, udp.size());
  EXPECT_EQ(folded_sum(pseudo + udp), 0xffffU);
  EXPECT_EQ(packet.substr(28), text);
}

TEST(Pcap, KnowsTheLongAddresses) {
  const std::string packet = capture_of("2001:db8::7", "odd").substr(kFileHeader + kRecordHeader);

  ASSERT_EQ(packet.size(), 40U + 8 + 3);
  EXPECT_EQ(number(packet, 0, 1), 0x60U);
  const std::string udp = packet.substr(40);
  std::string pseudo = packet.substr(8, 32);
  append_number<4>(pseudo, udp.size());
  append_number<4>(pseudo, 17);
  EXPECT_EQ(folded_sum(pseudo + udp), 0xffffU);
}

TEST(Pcap, WhatHasNoAddressIsLeftOut) {
  EXPECT_EQ(capture_of("nowhere", "x").size(), kFileHeader);
}

}  // namespace
}  // namespace sip::trace
