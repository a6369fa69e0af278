// Legs that speak different codecs, and what each of them hears.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "media/audio_codec.h"
#include "media/testing/plane_test.h"

namespace media {
namespace {

using testing::Packet;
using testing::Phone;

const call::Codec kPcmu{0, "PCMU", 8000, ""};
const call::Codec kPcma{8, "PCMA", 8000, ""};
const call::Codec kG722{9, "G722", 8000, ""};
const call::Codec kOpus{111, "opus", 48'000, "useinbandfec=1"};

// A phone of one codec, at one leg.
class Talker {
 public:
  Talker(const call::Codec& spoken, double tone)
      : codec(spoken),
        units(timestamp_units(*audio_codec(spoken))),
        encoder_(make_encoder(*audio_codec(spoken))),
        decoder_(make_decoder(*audio_codec(spoken))),
        sound_(testing::sine(tone, 50 * kFrameSamples)) {}

  void say() {
    Frame frame;
    std::copy_n(sound_.begin() + static_cast<std::ptrdiff_t>(said_ % 50 * kFrameSamples),
                kFrameSamples, frame.begin());
    std::array<std::uint8_t, kPayloadBytesMax> payload{};
    const std::size_t size = encoder_->encode(frame, payload);
    last_said.assign(payload.begin(), payload.begin() + static_cast<std::ptrdiff_t>(size));
    phone.send(
        {.payload_type = static_cast<std::uint8_t>(codec.payload_type),
         .sequence = static_cast<std::uint16_t>(65'530 + said_),
         .timestamp = static_cast<std::uint32_t>(4'294'960'000 + said_ * kFrameSamples * units),
         .ssrc = 0xabcdef01},
        last_said, port);
    all_said.push_back(last_said);
    ++said_;
  }
  // Whether the last tenth of a second that came was this tone and little else.
  bool hears(double tone) {
    for (Packet& packet : phone.heard_so_far()) {
      if (packet.header.payload_type == codec.payload_type) {
        std::vector<std::int16_t> samples(1500);
        samples.resize(decoder_->decode(packet.payload, samples));
        heard_.insert(heard_.end(), samples.begin(), samples.end());
      }
      packets.push_back(std::move(packet));
    }
    constexpr std::size_t kTenth = 5 * kFrameSamples;
    return heard_.size() >= kTenth &&
           testing::tone_share(std::span(heard_).last(kTenth), tone) > 0.9;
  }

  const call::Codec codec;
  const std::uint32_t units;
  Phone phone;
  std::uint16_t port = 0;
  std::vector<std::uint8_t> last_said;
  std::vector<std::vector<std::uint8_t>> all_said;
  std::vector<Packet> packets;

 private:
  std::unique_ptr<FrameEncoder> encoder_;
  std::unique_ptr<PayloadDecoder> decoder_;
  std::vector<std::int16_t> sound_;
  std::vector<std::int16_t> heard_;
  std::size_t said_ = 0;
};

class PlaneCodecs : public testing::PlaneTest {
 protected:
  void SetUp() override {
    start();
    clock_port_ = open_and_connect(9, clock_);
    play_looping(9, testing::kMusic);
  }
  void connect_talker(std::uint64_t leg, Talker& talker) {
    talker.port = open(leg);
    Terms terms;
    terms.codec = talker.codec;
    connect(leg, talker.phone, terms);
  }
  // Both speak by the time of a leg that hears music.
  ::testing::AssertionResult until_both_hear(Talker& first, double second_tone, Talker& second,
                                             double first_tone) {
    for (int n = 0; n < 1000; ++n) {
      if (!clock_.hear()) break;
      first.say();
      second.say();
      const bool hears = first.hears(second_tone);
      if (second.hears(first_tone) && hears) return ::testing::AssertionSuccess();
    }
    return ::testing::AssertionFailure() << first.codec.name << " and " << second.codec.name;
  }

  Phone clock_;
  std::uint16_t clock_port_ = 0;
};

TEST_F(PlaneCodecs, LegsOfAnyTwoCodecsHearEachOther) {
  const call::Codec all[] = {kPcmu, kPcma, kG722, kOpus};
  std::uint64_t leg = 10;
  for (const call::Codec& one : all) {
    for (const call::Codec& other : all) {
      Talker caller(one, 1000);
      Talker agent(other, 1400);
      connect_talker(leg, caller);
      connect_talker(leg + 1, agent);
      bridge(leg, leg + 1);
      settle(leg);
      EXPECT_TRUE(until_both_hear(caller, 1400, agent, 1000));
      leg += 2;
    }
  }
}

TEST_F(PlaneCodecs, PacketsOfTheSameCodecAreRelayedUntouched) {
  for (const call::Codec& codec : {kG722, kOpus}) {
    Talker caller(codec, 1000);
    Talker agent(codec, 1400);
    const auto leg = static_cast<std::uint64_t>(codec.payload_type * 10);
    connect_talker(leg, caller);
    connect_talker(leg + 1, agent);
    bridge(leg, leg + 1);
    settle(leg);
    std::optional<RtpHeader> last;
    for (int n = 0; n < 20; ++n) {
      caller.say();
      const auto packet = agent.phone.hear();
      ASSERT_TRUE(packet);
      EXPECT_EQ(packet->payload, caller.last_said);
      EXPECT_EQ(packet->header.payload_type, codec.payload_type);
      if (last) {
        EXPECT_EQ(packet->header.timestamp - last->timestamp, kFrameSamples * caller.units);
        EXPECT_EQ(packet->header.sequence, static_cast<std::uint16_t>(last->sequence + 1));
      }
      last = packet->header;
    }
  }
}

TEST_F(PlaneCodecs, MusicIsHeardInEveryCodecAndByItsClock) {
  for (const call::Codec& codec : {kG722, kOpus}) {
    Talker caller(codec, 1000);
    const auto leg = static_cast<std::uint64_t>(codec.payload_type * 10);
    connect_talker(leg, caller);
    play_looping(leg, testing::kMusic, leg);
    bool hears = false;
    for (int n = 0; n < 1000 && !hears; ++n) {
      ASSERT_TRUE(clock_.hear());
      hears = caller.hears(450);
    }
    EXPECT_TRUE(hears) << codec.name;
    for (std::size_t n = 1; n < caller.packets.size(); ++n) {
      const RtpHeader& before = caller.packets[n - 1].header;
      const std::uint32_t forward = caller.packets[n].header.timestamp - before.timestamp;
      EXPECT_EQ(forward % (kFrameSamples * caller.units), 0u) << codec.name;
      EXPECT_GT(forward, 0u) << codec.name;
    }
  }
}

TEST_F(PlaneCodecs, AChangeOfCodecEndsTheTranscoding) {
  Talker caller(kOpus, 1000);
  Talker agent(kPcmu, 1400);
  connect_talker(20, caller);
  connect_talker(21, agent);
  bridge(20, 21);
  settle(20);
  EXPECT_TRUE(until_both_hear(caller, 1400, agent, 1000));

  // The agent's phone goes over to Opus: from now on packets pass as they are.
  Talker again(kOpus, 1600);
  again.port = agent.port;
  Terms terms;
  terms.codec = kOpus;
  connect(21, again.phone, terms);
  EXPECT_TRUE(until_both_hear(caller, 1600, again, 1000));
  int untouched = 0;
  for (int n = 0; n < 1000 && untouched < 10; ++n) {
    caller.say();
    const auto packet = again.phone.hear();
    ASSERT_TRUE(packet);
    const bool is_his =
        std::count(caller.all_said.begin(), caller.all_said.end(), packet->payload) > 0;
    untouched = is_his ? untouched + 1 : 0;
  }
  EXPECT_EQ(untouched, 10);
}

TEST_F(PlaneCodecs, KeysArePressedAnewTowardOpus) {
  Talker caller(kPcmu, 1000);
  Talker agent(kOpus, 1400);
  connect_talker(20, caller);
  agent.port = open(21);
  post(call::ConnectMedia{.leg = {21},
                          .address = testing::kLoopback,
                          .port = agent.phone.port(),
                          .codec = kOpus,
                          .digits_payload_type = 110,
                          .digits_clock_rate = 48'000});
  bridge(20, 21);
  settle(20);

  caller.phone.tap(5, caller.port);
  EXPECT_EQ(wait_for<call::DigitReceived>().digit, "5");

  std::vector<Packet> keys;
  while (keys.empty() || (keys.back().payload.at(1) & 0x80) == 0) {
    const auto packet = agent.phone.hear();
    ASSERT_TRUE(packet);
    if (packet->header.payload_type == 110) keys.push_back(*packet);
  }
  for (const Packet& key : keys) {
    EXPECT_EQ(key.payload.at(0), 5);
    EXPECT_EQ(key.header.timestamp, keys.front().header.timestamp);
    const int duration = key.payload.at(2) << 8 | key.payload.at(3);
    EXPECT_EQ(duration % 960, 0);
    EXPECT_GT(duration, 0);
  }
}

}  // namespace
}  // namespace media
