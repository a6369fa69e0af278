// Keys that the core presses toward a peer.
#include <gtest/gtest.h>

#include <vector>

#include "media/key_sender.h"
#include "media/testing/plane_test.h"

namespace media {
namespace {

using testing::kMusic;
using testing::Packet;
using testing::Phone;

class PlaneKeys : public testing::PlaneTest {
 protected:
  void SetUp() override {
    start();
    port_ = open_and_connect(1, phone_);
  }
  // Hears until the key's third end; only packets of keys are kept in `keys`.
  std::vector<Packet> hear_key(std::vector<Packet>& keys) {
    std::vector<Packet> all;
    int ends = 0;
    while (ends < KeySender::kEndPackets) {
      auto packet = phone_.hear();
      if (!packet) break;
      if (packet->header.payload_type == 101) {
        ends += parse_telephone_event(packet->payload)->ended ? 1 : 0;
        keys.push_back(*packet);
      }
      all.push_back(std::move(*packet));
    }
    return all;
  }

  Phone phone_;
  std::uint16_t port_ = 0;
};

TEST_F(PlaneKeys, AreOneEventOfOneTimestampInOneStream) {
  post(call::SendDigit{.leg = {1}, .digit = "5"});

  std::vector<Packet> keys;
  hear_key(keys);

  ASSERT_EQ(keys.size(), 11u);
  EXPECT_TRUE(keys.front().header.marker);
  for (std::size_t n = 1; n < keys.size(); ++n) {
    EXPECT_FALSE(keys[n].header.marker);
    EXPECT_EQ(keys[n].header.timestamp, keys[0].header.timestamp);
    EXPECT_EQ(keys[n].header.ssrc, keys[0].header.ssrc);
    EXPECT_EQ(keys[n].header.sequence, static_cast<std::uint16_t>(keys[n - 1].header.sequence + 1));
    EXPECT_EQ(keys[n].payload[0], 5);
  }
}

TEST_F(PlaneKeys, StandInTheMusicsPlaceAndItGoesOnBehindThem) {
  play_looping(1, kMusic);
  const auto before = phone_.hear(3);
  post(call::SendDigit{.leg = {1}, .digit = "9"});

  std::vector<Packet> keys;
  hear_key(keys);
  const auto after = phone_.hear(3);

  ASSERT_FALSE(keys.empty());
  for (std::size_t n = 1; n < keys.size(); ++n) {
    EXPECT_EQ(keys[n].header.sequence, static_cast<std::uint16_t>(keys[n - 1].header.sequence + 1));
  }
  EXPECT_EQ(after[0].header.sequence, static_cast<std::uint16_t>(keys.back().header.sequence + 1));
  EXPECT_EQ(after[0].header.payload_type, 0);
  // The event lasted from its timestamp on; sound behind it is later.
  const std::uint32_t later = after[0].header.timestamp - keys[0].header.timestamp;
  EXPECT_GE(later, 8u * kFrameSamples);
  EXPECT_EQ(later % kFrameSamples, 0u);
  EXPECT_EQ(before[0].header.ssrc, after[0].header.ssrc);
}

TEST_F(PlaneKeys, ReachAPhoneInABridgeWhichHearsTheOtherAgain) {
  Phone other;
  const std::uint16_t others_port = open_and_connect(2, other);
  bridge(1, 2);
  settle(1);
  post(call::SendDigit{.leg = {1}, .digit = "*"});

  std::vector<Packet> keys;
  hear_key(keys);
  EXPECT_EQ(keys.front().payload[0], 10);
  for (int n = 0; n < 10; ++n) other.say(1000, others_port);

  EXPECT_TRUE(phone_.hears_tone(1000));
}

TEST_F(PlaneKeys, AreNotSentToAPhoneThatDoesNotTakeThem) {
  connect(1, phone_, {.digits = -1});
  post(call::SendDigit{.leg = {1}, .digit = "5"});
  play(1, kMusic);

  for (const Packet& packet : phone_.hear(20)) EXPECT_EQ(packet.header.payload_type, 0);
}

// Presses 7 as a tone until it is told or a second has gone by; the music is the clock.
TEST_F(PlaneKeys, ToldByTonesAreHeardWhereThePeerHasNoOtherWay) {
  Terms terms;
  terms.digits = -1;
  connect(1, phone_, terms);
  play_looping(1, kMusic);
  const auto low = testing::sine(852, kSampleRate / 10, kSampleRate, 6000);
  const auto high = testing::sine(1209, kSampleRate / 10, kSampleRate, 6000);
  for (std::size_t packet = 0; packet < 50; ++packet) {
    ASSERT_TRUE(phone_.hear());
    std::vector<std::uint8_t> payload;
    for (std::size_t n = 0; n < kFrameSamples; ++n) {
      const std::size_t at = packet * kFrameSamples + n;
      const int sample = at < low.size() ? low[at] + high[at] : 0;
      payload.push_back(ulaw_of(static_cast<std::int16_t>(sample)));
    }
    phone_.send({.payload_type = 0,
                 .sequence = static_cast<std::uint16_t>(packet),
                 .timestamp = static_cast<std::uint32_t>(packet * kFrameSamples),
                 .ssrc = 7},
                payload, port_);
  }
  const auto told = wait_for<call::DigitReceived>();
  EXPECT_EQ(told.digit, "7");
  EXPECT_EQ(told.by, call::DigitReceived::By::Tone);
}

}  // namespace
}  // namespace media
