// Packets of other lengths than 20 ms, in and out.
#include <gtest/gtest.h>

#include <vector>

#include "media/testing/plane_test.h"

namespace media {
namespace {

using testing::kMusic;
using testing::Packet;
using testing::Phone;

constexpr std::size_t kThirtyMs = 240;

class PlaneLengths : public testing::PlaneTest {
 protected:
  void SetUp() override { start(); }
};

// One stream without a gap, in packets of one length.
void expect_packets_of(std::size_t samples, const std::vector<Packet>& packets) {
  for (std::size_t n = 0; n < packets.size(); ++n) {
    EXPECT_EQ(packets[n].payload.size(), samples) << n;
    if (n == 0) continue;
    const RtpHeader& last = packets[n - 1].header;
    const RtpHeader& next = packets[n].header;
    EXPECT_EQ(next.sequence, static_cast<std::uint16_t>(last.sequence + 1)) << n;
    EXPECT_EQ(next.timestamp - last.timestamp, samples) << n;
    EXPECT_FALSE(next.marker) << n;
  }
}

// The same of what the clock makes, which skips frames when the machine stalls: a packet that is
// cut short before the gap, and a marked one behind it.
void expect_clocked_packets_of(std::size_t samples, const std::vector<Packet>& packets) {
  std::size_t whole = 0;
  for (std::size_t n = 0; n < packets.size(); ++n) {
    whole += packets[n].payload.size() == samples ? 1 : 0;
    if (n == 0) continue;
    const RtpHeader& last = packets[n - 1].header;
    const RtpHeader& next = packets[n].header;
    EXPECT_EQ(next.sequence, static_cast<std::uint16_t>(last.sequence + 1)) << n;
    const std::uint32_t forward = next.timestamp - last.timestamp;
    EXPECT_GE(forward, packets[n - 1].payload.size()) << n;
    EXPECT_EQ(next.marker, forward > packets[n - 1].payload.size()) << n;
  }
  EXPECT_GE(whole, packets.size() / 2);
}

TEST_F(PlaneLengths, MusicComesInPacketsAsThePeerWantsThem) {
  for (const int milliseconds : {10, 30, 40, 50, 60}) {
    SCOPED_TRACE(milliseconds);
    Phone phone;
    const auto leg = static_cast<std::uint64_t>(milliseconds);
    open(leg);
    connect(leg, phone, {.packet_ms = milliseconds});
    play(leg, kMusic, leg);

    const auto packets = phone.hear(12);

    ASSERT_EQ(packets.size(), 12u);
    expect_clocked_packets_of(static_cast<std::size_t>(milliseconds * kSamplesPerMs), packets);
    EXPECT_TRUE(packets[0].header.marker);
    EXPECT_TRUE(phone.hears_tone(450));
  }
}

TEST_F(PlaneLengths, PartiesOfDifferentLengthsHearEachOther) {
  Phone caller;
  Phone agent;
  const std::uint16_t caller_port = open_and_connect(1, caller);
  const std::uint16_t agent_port = open(2);
  connect(2, agent, {.codec = {8, "PCMA", 8000, ""}, .packet_ms = 30});
  bridge(1, 2);
  settle(1);

  for (int n = 0; n < 12; ++n) caller.say(1000, caller_port);
  const auto to_agent = agent.hear(8);
  const std::vector<std::uint8_t> alaw(kThirtyMs, alaw_of(5000));
  for (int n = 0; n < 4; ++n) {
    agent.send({.payload_type = 8,
                .sequence = ++agent.sequence,
                .timestamp = agent.timestamp,
                .ssrc = agent.ssrc},
               alaw, agent_port);
    agent.timestamp += kThirtyMs;
  }
  const auto to_caller = caller.hear(6);

  ASSERT_EQ(to_agent.size(), 8u);
  expect_packets_of(kThirtyMs, to_agent);
  std::vector<std::int16_t> samples;
  for (const Packet& packet : to_agent) {
    EXPECT_EQ(packet.header.payload_type, 8);
    for (const std::uint8_t code : packet.payload) samples.push_back(sample_of_alaw(code));
  }
  EXPECT_GT(testing::tone_share(samples, 1000), 0.95);
  ASSERT_EQ(to_caller.size(), 6u);
  expect_packets_of(kFrameSamples, to_caller);
  for (const Packet& packet : to_caller) {
    EXPECT_EQ(packet.header.payload_type, 0);
    EXPECT_NEAR(sample_of_ulaw(packet.payload[0]), 5000, 300);
  }
}

TEST_F(PlaneLengths, KeysGoThroughBetweenPacketsThatAreCutAnew) {
  Phone caller;
  Phone agent;
  const std::uint16_t caller_port = open_and_connect(1, caller);
  open(2);
  connect(2, agent, {.digits = 96, .packet_ms = 30});
  bridge(1, 2);
  settle(1);

  for (int n = 0; n < 2; ++n) caller.say(1000, caller_port);
  caller.press(5, caller_port);
  for (int n = 0; n < 3; ++n) caller.say(1000, caller_port);

  // 30 ms, the 10 ms that were left when the key came, the key, 60 ms.
  const auto packets = agent.hear(10);
  ASSERT_EQ(packets.size(), 10u);
  EXPECT_EQ(packets[0].payload.size(), kThirtyMs);
  EXPECT_EQ(packets[1].payload.size(), 80u);
  for (std::size_t n = 2; n < 8; ++n) EXPECT_EQ(packets[n].header.payload_type, 96);
  EXPECT_EQ(packets[8].payload.size(), kThirtyMs);
  for (std::size_t n = 1; n < packets.size(); ++n) {
    EXPECT_EQ(packets[n].header.sequence,
              static_cast<std::uint16_t>(packets[n - 1].header.sequence + 1));
  }
  EXPECT_EQ(packets[8].header.timestamp - packets[0].header.timestamp, 6 * kFrameSamples);
}

TEST_F(PlaneLengths, MusicAfterTheConversationGoesOnInTheStream) {
  Phone caller;
  Phone agent;
  open(1);
  connect(1, caller, {.packet_ms = 60});
  const std::uint16_t agent_port = open_and_connect(2, agent);
  play(1, kMusic);
  auto heard = caller.hear(2);
  bridge(1, 2);
  settle(1);
  for (int n = 0; n < 6; ++n) agent.say(1400, agent_port);
  await_all_heard(agent, agent_port);
  play(1, kMusic, 2);

  for (int n = 0; n < 6; ++n) {
    auto packet = caller.hear();
    ASSERT_TRUE(packet);
    heard.push_back(std::move(*packet));
  }

  for (std::size_t n = 1; n < heard.size(); ++n) {
    EXPECT_EQ(heard[n].header.ssrc, heard[0].header.ssrc);
    EXPECT_EQ(heard[n].header.sequence,
              static_cast<std::uint16_t>(heard[n - 1].header.sequence + 1));
    EXPECT_LT(heard[n].header.timestamp - heard[n - 1].header.timestamp, 60u * kSampleRate);
  }
  EXPECT_TRUE(caller.hears_tone(450));
}

TEST_F(PlaneLengths, WhatWasOfferedMayComeByTheNumbersItWasOfferedWith) {
  Phone caller;
  Phone agent;
  open_and_connect(1, caller);
  const std::uint16_t agent_port = open(2);
  connect(2, agent,
          {.codec = {8, "PCMA", 8000, ""},
           .digits = 96,
           .hears = {{0, "PCMU", 8000, ""}, {101, "telephone-event", 8000, ""}}});
  bridge(1, 2);
  settle(1);

  for (int n = 0; n < 6; ++n) agent.say(1000, agent_port);

  EXPECT_TRUE(caller.hears_tone(1000));
  agent.tap(3, agent_port);
  EXPECT_EQ(wait_for<call::DigitReceived>().digit, "3");
}

}  // namespace
}  // namespace media
