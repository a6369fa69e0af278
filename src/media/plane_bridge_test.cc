// Two legs that hear each other.
#include <gtest/gtest.h>

#include <vector>

#include "media/testing/plane_test.h"

namespace media {
namespace {

using testing::kMusic;
using testing::Packet;
using testing::Phone;

class PlaneBridge : public testing::PlaneTest {
 protected:
  void SetUp() override {
    start();
    caller_port_ = open_and_connect(1, caller_);
    agent_port_ = open_and_connect(2, agent_);
  }

  // The agent speaks until the caller hears it; what the caller heard on the way is kept.
  void speak_until_heard(double frequency, std::vector<Packet>& heard) {
    for (int tries = 0; tries < 1000; ++tries) {
      agent_.say(frequency, agent_port_);
      auto packet = caller_.hear();
      if (!packet) return;
      heard.push_back(std::move(*packet));
      if (is_tone(heard.back(), frequency)) return;
    }
    ADD_FAILURE() << "the agent is not heard";
  }
  static bool is_tone(const Packet& packet, double frequency) {
    return testing::tone_share(testing::decoded_ulaw(packet.payload), frequency) > 0.9;
  }

  Phone caller_;
  Phone agent_;
  std::uint16_t caller_port_ = 0;
  std::uint16_t agent_port_ = 0;
};

TEST_F(PlaneBridge, EachHearsTheOther) {
  bridge(1, 2);
  settle(1);

  for (int n = 0; n < 10; ++n) {
    caller_.say(1000, caller_port_);
    agent_.say(1400, agent_port_);
  }

  EXPECT_TRUE(agent_.hears_tone(1000));
  EXPECT_TRUE(caller_.hears_tone(1400));
}

TEST_F(PlaneBridge, RelayedPacketsAreOfOurStreamAndUnchangedInside) {
  bridge(1, 2);
  settle(1);
  for (int n = 0; n < 30; ++n) caller_.say(1000, caller_port_);

  const auto packets = agent_.hear(30);

  ASSERT_EQ(packets.size(), 30u);
  testing::expect_one_stream(packets);
  EXPECT_NE(packets[0].header.ssrc, caller_.ssrc);
  for (std::size_t n = 1; n < packets.size(); ++n) {
    EXPECT_EQ(packets[n].header.timestamp - packets[n - 1].header.timestamp, kFrameSamples);
    EXPECT_EQ(packets[n].payload, packets[0].payload);
  }
}

TEST_F(PlaneBridge, MusicThenConversationThenMusicIsOneStream) {
  play(1, kMusic);
  auto heard = caller_.hear(5);

  bridge(1, 2);
  for (int n = 0; n < 5; ++n) speak_until_heard(1400, heard);
  post(call::UnbridgeMedia{.first = {2}, .second = {1}});
  play(1, kMusic);
  while (!is_tone(heard.back(), 450)) {
    auto packet = caller_.hear();
    ASSERT_TRUE(packet);
    heard.push_back(std::move(*packet));
  }

  testing::expect_one_stream(heard);
}

TEST_F(PlaneBridge, ASoundReplacesTheOtherPartyUntilItEnds) {
  bridge(1, 2);
  settle(1);
  std::vector<Packet> heard;
  speak_until_heard(1400, heard);

  play(1, "tone_stream://%(200,0,800)");
  std::size_t of_sound = 0;
  while (of_sound < 10) {
    agent_.say(1400, agent_port_);
    caller_.say(1000, caller_port_);
    auto packet = caller_.hear();
    ASSERT_TRUE(packet);
    of_sound += is_tone(*packet, 800) ? 1 : 0;
    heard.push_back(std::move(*packet));
  }
  wait_for<call::PlaybackEnded>();
  speak_until_heard(1400, heard);

  testing::expect_one_stream(heard);
  EXPECT_TRUE(agent_.hears_tone(1000));
}

TEST_F(PlaneBridge, WhoIsSilentIsNotHeard) {
  bridge(1, 2);
  agent_.say(1400, agent_port_);
  await_all_heard(agent_, agent_port_);

  EXPECT_EQ(caller_.hear(2).size(), 2u);  // The frame of voice and the key.
  EXPECT_TRUE(agent_.heard_so_far().empty());
}

TEST_F(PlaneBridge, BridgingEndsTheMusicAndUnbridgingLeavesSilence) {
  play(1, kMusic);
  caller_.hear(3);
  bridge(1, 2);
  settle(1);
  caller_.heard_so_far();

  post(call::UnbridgeMedia{.first = {1}, .second = {2}});
  settle(1);
  agent_.say(1400, agent_port_);
  await_all_heard(agent_, agent_port_);

  EXPECT_TRUE(caller_.heard_so_far().empty());
  EXPECT_FALSE(was_told<call::PlaybackEnded>());
}

TEST_F(PlaneBridge, ANewBridgeEndsTheOldOne) {
  Phone other;
  const std::uint16_t other_port = open_and_connect(4, other);
  bridge(1, 2);
  bridge(1, 4);
  // The bridge that is no more cannot be ended again.
  post(call::UnbridgeMedia{.first = {1}, .second = {2}});
  settle(1);

  agent_.say(1400, agent_port_);
  await_all_heard(agent_, agent_port_);
  EXPECT_TRUE(caller_.heard_so_far().empty());
  for (int n = 0; n < 6; ++n) other.say(1500, other_port);
  EXPECT_TRUE(caller_.hears_tone(1500));
}

TEST_F(PlaneBridge, AClosedLegIsNoLongerHeard) {
  bridge(1, 2);
  post(call::CloseMedia{.leg = {2}});
  settle(1);

  caller_.say(1000, caller_port_);
  await_all_heard(caller_, caller_port_);

  EXPECT_TRUE(agent_.heard_so_far().empty());
}

TEST_F(PlaneBridge, AHeldLegIsNotHeardButMayHear) {
  bridge(1, 2);
  connect(2, agent_, {.direction = call::MediaDirection::SendOnly});
  settle(1);

  agent_.say(1400, agent_port_);
  for (int n = 0; n < 6; ++n) caller_.say(1000, caller_port_);
  EXPECT_TRUE(agent_.hears_tone(1000));
  connect(2, agent_);
  settle(1);
  await_all_heard(agent_, agent_port_);

  for (const Packet& packet : caller_.hear(1)) EXPECT_EQ(packet.header.payload_type, 101);
}

TEST_F(PlaneBridge, CodecsOfBothSidesAreTranslated) {
  connect(2, agent_, {.codec = {8, "PCMA", 8000, ""}});
  bridge(1, 2);
  settle(1);
  for (int n = 0; n < 10; ++n) caller_.say(1000, caller_port_);

  std::vector<std::int16_t> samples;
  for (const Packet& packet : agent_.hear(10)) {
    EXPECT_EQ(packet.header.payload_type, 8);
    for (const std::uint8_t code : packet.payload) samples.push_back(sample_of_alaw(code));
  }

  EXPECT_GT(testing::tone_share(samples, 1000), 0.95);
}

TEST_F(PlaneBridge, KeysAreRelayedUnderTheOthersPayloadTypeAndToldOnce) {
  connect(2, agent_, {.digits = 96});
  bridge(1, 2);
  settle(1);

  caller_.say(1000, caller_port_);
  caller_.press(5, caller_port_);
  caller_.say(1000, caller_port_);

  const auto digit = wait_for<call::DigitReceived>();
  EXPECT_EQ(digit.leg.value, 1u);
  EXPECT_EQ(digit.digit, "5");
  const auto packets = agent_.hear(8);
  ASSERT_EQ(packets.size(), 8u);
  for (std::size_t n = 1; n <= 6; ++n) {
    EXPECT_EQ(packets[n].header.payload_type, 96);
    EXPECT_EQ(packets[n].header.marker, n == 1);
    EXPECT_EQ(packets[n].header.timestamp, packets[1].header.timestamp);
    EXPECT_EQ(packets[n].payload.size(), 4u);
  }
  for (std::size_t n = 1; n < 8; ++n) {
    EXPECT_EQ(packets[n].header.sequence,
              static_cast<std::uint16_t>(packets[n - 1].header.sequence + 1));
  }
  EXPECT_EQ(packets[7].header.timestamp - packets[0].header.timestamp, 5 * kFrameSamples);
  EXPECT_FALSE(was_told<call::DigitReceived>());
}

TEST_F(PlaneBridge, KeysThatTheOtherCannotTakeLeaveNoGap) {
  connect(2, agent_, {.digits = -1});
  bridge(1, 2);
  settle(1);

  caller_.say(1000, caller_port_);
  caller_.press(5, caller_port_);
  caller_.say(1000, caller_port_);

  const auto packets = agent_.hear(2);
  ASSERT_EQ(packets.size(), 2u);
  testing::expect_one_stream(packets);
  EXPECT_EQ(wait_for<call::DigitReceived>().digit, "5");
}

}  // namespace
}  // namespace media
