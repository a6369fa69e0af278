// Legs that listen to others and speak into what they hear. Everybody has a tone; what is heard is
// told by which tones are in the last tenth of a second.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <set>
#include <span>
#include <vector>

#include "media/testing/plane_test.h"

namespace media {
namespace {

using call::HeardBy;
using testing::Packet;
using testing::Phone;

constexpr int kMusicTone = 450;
constexpr int kBoss = 600;
constexpr int kCaller = 1000;
constexpr int kAgent = 1400;
using Tones = std::set<int>;

// A phone that is listened with.
class Ear {
 public:
  Phone phone;
  std::uint16_t port = 0;  // Where it speaks to.
  std::vector<Packet> packets;

  // What has come already.
  void listen() {
    for (Packet& packet : phone.heard_so_far()) take(std::move(packet));
  }
  // Returns: false, after long, when none comes.
  bool wait_for_packet() {
    auto packet = phone.hear();
    if (packet) take(std::move(*packet));
    return packet.has_value();
  }
  // These, and none of the others.
  bool hears(const Tones& tones) const {
    if (last_.size() < 5 * kFrameSamples) return false;
    for (const int tone : {kMusicTone, kBoss, kCaller, kAgent}) {
      const double share = testing::tone_share(last_, tone);
      if (tones.contains(tone) ? share < 0.15 : share > 0.02) return false;
    }
    return true;
  }

 private:
  void take(Packet packet) {
    const int type = packet.header.payload_type;
    for (const std::uint8_t byte : packet.payload) {
      if (type == 0) last_.push_back(sample_of_ulaw(byte));
      if (type == 8) last_.push_back(sample_of_alaw(byte));
    }
    packets.push_back(std::move(packet));
    constexpr std::size_t kTenth = 5 * kFrameSamples;
    if (last_.size() > kTenth) last_.erase(last_.begin(), last_.end() - kTenth);
  }

  std::vector<std::int16_t> last_;
};

class PlaneEavesdrop : public testing::PlaneTest {
 protected:
  void SetUp() override {
    start();
    caller_.port = open_and_connect(1, caller_.phone);
    agent_.port = open_and_connect(2, agent_.phone);
    boss_.port = open_and_connect(3, boss_.phone);
  }
  void eavesdrop(HeardBy heard_by = HeardBy::Nobody, std::uint64_t watched = 1) {
    post(call::StartEavesdropping{.leg = {3}, .watched = {watched}, .heard_by = heard_by});
  }
  // All speak, with the boss's phone, which is always sent something, as the clock.
  ::testing::AssertionResult until(const std::function<bool()>& is_true) {
    for (int n = 0; n < 1000; ++n) {
      if (!boss_.wait_for_packet()) break;
      if (!caller_is_silent_) caller_.phone.say(kCaller, caller_.port);
      if (!agent_is_silent_) agent_.phone.say(kAgent, agent_.port);
      boss_.phone.say(kBoss, boss_.port);
      for (Ear* ear : {&caller_, &agent_, &boss_}) ear->listen();
      if (is_true()) return ::testing::AssertionSuccess();
    }
    return ::testing::AssertionFailure() << "not heard";
  }
  ::testing::AssertionResult all_hear(const Tones& caller, const Tones& agent, const Tones& boss) {
    return until([&] { return caller_.hears(caller) && agent_.hears(agent) && boss_.hears(boss); });
  }

  Ear caller_;
  Ear agent_;
  Ear boss_;
  bool caller_is_silent_ = false;
  bool agent_is_silent_ = false;
};

TEST_F(PlaneEavesdrop, TheListenerHearsBothAndIsNotHeard) {
  bridge(1, 2);
  eavesdrop();

  EXPECT_TRUE(all_hear({kAgent}, {kCaller}, {kCaller, kAgent}));
}

TEST_F(PlaneEavesdrop, TheListenerHearsTheMusicOfOneWhoWaits) {
  play_looping(1, testing::kMusic);
  eavesdrop();

  EXPECT_TRUE(until([&] {
    return caller_.hears({kMusicTone}) && boss_.hears({kMusicTone, kCaller});
  }));
}

TEST_F(PlaneEavesdrop, GoesOnWhenABridgeBeginsAndEnds) {
  play_looping(1, testing::kMusic);
  eavesdrop();
  EXPECT_TRUE(until([&] { return boss_.hears({kMusicTone, kCaller}); }));
  bridge(1, 2);
  EXPECT_TRUE(all_hear({kAgent}, {kCaller}, {kCaller, kAgent}));

  post(call::UnbridgeMedia{.first = {1}, .second = {2}});

  EXPECT_TRUE(until([&] { return boss_.hears({kCaller}); }));
}

TEST_F(PlaneEavesdrop, AWhisperIsHeardByOneAndBargeByBoth) {
  bridge(1, 2);
  eavesdrop(HeardBy::Watched);
  EXPECT_TRUE(all_hear({kAgent, kBoss}, {kCaller}, {kCaller, kAgent}));

  eavesdrop(HeardBy::Other);
  EXPECT_TRUE(all_hear({kAgent}, {kCaller, kBoss}, {kCaller, kAgent}));

  eavesdrop(HeardBy::Both);
  EXPECT_TRUE(all_hear({kAgent, kBoss}, {kCaller, kBoss}, {kCaller, kAgent}));

  eavesdrop(HeardBy::Nobody);
  EXPECT_TRUE(all_hear({kAgent}, {kCaller}, {kCaller, kAgent}));
}

TEST_F(PlaneEavesdrop, ABridgeIsPlainRelayAgainBehindIt) {
  bridge(1, 2);
  eavesdrop(HeardBy::Both);
  EXPECT_TRUE(all_hear({kAgent, kBoss}, {kCaller, kBoss}, {kCaller, kAgent}));

  post(call::StopEavesdropping{.leg = {3}});
  settle(3);
  caller_.listen();
  for (int n = 0; n < 10; ++n) agent_.phone.say(kAgent, agent_.port);
  agent_.phone.tap(11, agent_.port);
  while (caller_.packets.back().header.payload_type != 101) {
    ASSERT_TRUE(caller_.wait_for_packet());
  }

  // The voices as they were said, with nothing of our own between them and the key.
  const auto voices = std::span(caller_.packets).last(11).first(10);
  for (const Packet& packet : voices) EXPECT_EQ(packet.payload, voices[0].payload);
}

TEST_F(PlaneEavesdrop, EverybodyHearsOneStreamThroughout) {
  bridge(1, 2);
  eavesdrop();
  EXPECT_TRUE(all_hear({kAgent}, {kCaller}, {kCaller, kAgent}));
  eavesdrop(HeardBy::Both);
  EXPECT_TRUE(all_hear({kAgent, kBoss}, {kCaller, kBoss}, {kCaller, kAgent}));
  eavesdrop();
  EXPECT_TRUE(all_hear({kAgent}, {kCaller}, {kCaller, kAgent}));

  for (const Ear* ear : {&caller_, &agent_, &boss_}) testing::expect_one_stream(ear->packets);
}

TEST_F(PlaneEavesdrop, AWhisperIsMixedIntoTheMusic) {
  play_looping(1, testing::kMusic);
  eavesdrop(HeardBy::Watched);

  EXPECT_TRUE(until([&] {
    return caller_.hears({kMusicTone, kBoss}) && boss_.hears({kMusicTone, kCaller});
  }));
}

TEST_F(PlaneEavesdrop, ASoundThatEndsIsToldWhileSomebodySpeaksIntoIt) {
  eavesdrop(HeardBy::Watched);
  play(1, "tone_stream://%(200,0,450)", 9);

  EXPECT_TRUE(until([&] { return was_told<call::PlaybackEnded>(); }));
  EXPECT_TRUE(until([&] { return caller_.hears({kBoss}); }));
}

TEST_F(PlaneEavesdrop, WhoIsSilentDoesNotSilenceTheOther) {
  bridge(1, 2);
  eavesdrop(HeardBy::Watched);
  EXPECT_TRUE(all_hear({kAgent, kBoss}, {kCaller}, {kCaller, kAgent}));

  agent_is_silent_ = true;
  EXPECT_TRUE(until([&] { return caller_.hears({kBoss}) && boss_.hears({kCaller}); }));
  agent_is_silent_ = false;
  caller_is_silent_ = true;
  EXPECT_TRUE(until([&] { return caller_.hears({kAgent, kBoss}) && boss_.hears({kAgent}); }));
}

TEST_F(PlaneEavesdrop, LawsOfDifferentLegsMix) {
  const call::Codec alaw{8, "PCMA", 8000, ""};
  const call::Codec ulaw{0, "PCMU", 8000, ""};
  connect(2, agent_.phone, {.codec = alaw, .hears = {ulaw}});
  connect(3, boss_.phone, {.codec = alaw, .hears = {ulaw}});
  bridge(1, 2);
  eavesdrop(HeardBy::Both);

  EXPECT_TRUE(all_hear({kAgent, kBoss}, {kCaller, kBoss}, {kCaller, kAgent}));
  EXPECT_EQ(agent_.packets.back().header.payload_type, 8);
  EXPECT_EQ(boss_.packets.back().header.payload_type, 8);
}

TEST_F(PlaneEavesdrop, SeveralListenToOneLegAndHearEachOtherSpeakToIt) {
  bridge(1, 2);
  Ear second;
  second.port = open_and_connect(5, second.phone);
  post(call::StartEavesdropping{.leg = {5}, .watched = {1}});
  eavesdrop(HeardBy::Watched);

  EXPECT_TRUE(until([&] {
    second.listen();
    return second.hears({kCaller, kAgent, kBoss}) && boss_.hears({kCaller, kAgent});
  }));
}

TEST_F(PlaneEavesdrop, KeysReachWhoHearsAMixture) {
  bridge(1, 2);
  eavesdrop(HeardBy::Other);
  EXPECT_TRUE(until([&] { return agent_.hears({kCaller, kBoss}); }));

  caller_.phone.press(5, caller_.port);

  const auto has_key = [&] {
    return std::any_of(agent_.packets.begin(), agent_.packets.end(), [](const Packet& packet) {
      return packet.header.payload_type == 101 && packet.payload.at(0) == 5;
    });
  };
  EXPECT_TRUE(until(has_key));
  EXPECT_TRUE(until([&] { return agent_.hears({kCaller, kBoss}); }));
  testing::expect_one_stream(boss_.packets);
}

TEST_F(PlaneEavesdrop, ASoundToTheListenerGoesBeforeWhatItWatches) {
  bridge(1, 2);
  eavesdrop();
  EXPECT_TRUE(until([&] { return boss_.hears({kCaller, kAgent}); }));
  play(3, "tone_stream://%(400,0,450)", 4);
  EXPECT_TRUE(until([&] { return boss_.hears({kMusicTone}); }));
  EXPECT_TRUE(until([&] { return boss_.hears({kCaller, kAgent}); }));
}

TEST_F(PlaneEavesdrop, LegsMayCloseInAnyOrder) {
  bridge(1, 2);
  eavesdrop(HeardBy::Both);
  EXPECT_TRUE(all_hear({kAgent, kBoss}, {kCaller, kBoss}, {kCaller, kAgent}));

  post(call::CloseMedia{.leg = {2}});
  EXPECT_TRUE(until([&] { return caller_.hears({kBoss}) && boss_.hears({kCaller}); }));
  post(call::CloseMedia{.leg = {1}});
  settle(3);
  post(call::StopEavesdropping{.leg = {3}});
  eavesdrop(HeardBy::Both, 99);
  eavesdrop(HeardBy::Both, 3);
  settle(3);
  play_looping(3, testing::kMusic);
  EXPECT_TRUE(until([&] { return boss_.hears({kMusicTone}); }));
  post(call::CloseMedia{.leg = {3}});
  wait_for<call::MediaClosed>();
}

}  // namespace
}  // namespace media
