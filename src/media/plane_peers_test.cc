// Whom the plane believes, and what it does with the rest.
#include <gtest/gtest.h>

#include <vector>

#include "media/testing/plane_test.h"

namespace media {
namespace {

using testing::kMusic;
using testing::Phone;
using Bytes = std::vector<std::uint8_t>;

class PlanePeers : public testing::PlaneTest {
 protected:
  void SetUp() override {
    start();
    stranger_.ssrc = 0x57a76e50;  // An SSRC is not guessed.
    port_ = open_and_connect(1, phone_);
  }

  Phone phone_;
  Phone stranger_;
  std::uint16_t port_ = 0;
};

TEST_F(PlanePeers, KeysAreToldOnceInOrder) {
  for (const int code : {1, 2, 2, 10, 15}) phone_.press(code, port_);

  for (const char* digit : {"1", "2", "2", "*", "D"}) {
    const auto told = wait_for<call::DigitReceived>();
    EXPECT_EQ(told.leg.value, 1u);
    EXPECT_EQ(told.digit, digit);
  }
  await_all_heard(phone_, port_);
  EXPECT_FALSE(was_told<call::DigitReceived>());
}

TEST_F(PlanePeers, KeysAreToldWhileMusicPlays) {
  play(1, kMusic);
  phone_.hear(2);

  phone_.press(7, port_);

  EXPECT_EQ(wait_for<call::DigitReceived>().digit, "7");
}

TEST_F(PlanePeers, HostilePacketsAreDroppedAndCounted) {
  await_all_heard(phone_, port_);
  const MediaFigures before = plane_->figures();
  const Bytes frame(160, 0xff);

  phone_.send_raw(Bytes{0x80}, {}, port_);
  phone_.send_raw({}, {}, port_);
  phone_.send_raw(Bytes(12, 0x00), frame, port_);
  phone_.send_raw(Bytes(12, 0x8f), {}, port_);
  phone_.send_raw(Bytes(12, 0x80), Bytes(1500, 0x80), port_);
  phone_.send_raw(Bytes(12, 0x80), Bytes(20'000, 0x80), port_);
  phone_.send({.payload_type = 33}, frame, port_);
  phone_.send({.payload_type = 101}, Bytes{1}, port_);
  await_all_heard(phone_, port_);

  const MediaFigures after = plane_->figures();
  EXPECT_EQ(after.dropped_malformed - before.dropped_malformed, 6u);
  EXPECT_EQ(after.dropped_unknown_payload - before.dropped_unknown_payload, 1u);
  EXPECT_EQ(after.packets_in - before.packets_in, 8u + 1u);
  EXPECT_FALSE(was_told<call::DigitReceived>());
}

TEST_F(PlanePeers, APeerBehindNatIsFoundByItsFirstPacket) {
  Phone behind_nat;
  Phone private_address;
  const std::uint16_t port = open_and_connect(3, private_address);
  settle(3);

  behind_nat.say(1000, port);
  play(3, kMusic);

  EXPECT_TRUE(behind_nat.hears_tone(450));
}

TEST_F(PlanePeers, AThirdPartyNeitherTakesOverNorIsHeard) {
  Phone agent;
  open_and_connect(2, agent);
  bridge(1, 2);
  phone_.say(1000, port_);
  await_all_heard(phone_, port_);
  agent.hear(2);
  const MediaFigures before = plane_->figures();

  for (int n = 0; n < 5; ++n) stranger_.say(1600, port_);
  stranger_.press(9, port_);
  play(1, kMusic);

  EXPECT_TRUE(phone_.hears_tone(450));
  await_all_heard(phone_, port_);
  EXPECT_TRUE(stranger_.heard_so_far().empty());
  for (const auto& packet : agent.hear(1)) EXPECT_EQ(packet.header.payload_type, 101);
  EXPECT_EQ(plane_->figures().dropped_stranger - before.dropped_stranger, 11u);
}

TEST_F(PlanePeers, ANewAddressOfThePeerIsFollowed) {
  Phone moved;
  await_all_heard(phone_, port_);
  play(1, kMusic);
  phone_.hear(2);

  connect(1, moved);

  EXPECT_TRUE(moved.hears_tone(450));
}

TEST_F(PlanePeers, PacketsBeforeTheConnectionAreDropped) {
  const std::uint16_t port = open(3);
  phone_.say(1000, port);
  connect(3, phone_);
  settle(3);

  await_all_heard(phone_, port);

  EXPECT_LE(plane_->figures().dropped_unwanted, 1u);
}

}  // namespace
}  // namespace media
