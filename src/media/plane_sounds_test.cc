// Sounds as a listener hears them.
#include <gtest/gtest.h>

#include <fstream>
#include <map>

#include "media/testing/plane_test.h"

namespace media {
namespace {

using call::PlaybackEnded;
using std::chrono::milliseconds;
using testing::kMusic;
using testing::Packet;
using testing::Phone;

class PlaneSounds : public testing::PlaneTest {};

TEST_F(PlaneSounds, MusicIsOneStreamAtFiftyPacketsPerSecond) {
  Phone phone;
  start();
  open_and_connect(1, phone);

  play(1, kMusic);
  const auto packets = phone.hear(51);

  ASSERT_EQ(packets.size(), 51u);
  const auto took = packets.back().at - packets.front().at;
  // A second, give or take what a busy machine does to both ends.
  EXPECT_GT(took, milliseconds(600));
  EXPECT_LT(took, milliseconds(3000));
  testing::expect_one_stream(packets);
  EXPECT_TRUE(packets[0].header.marker);
  for (const Packet& packet : packets) {
    EXPECT_EQ(packet.header.payload_type, 0);
    EXPECT_EQ(packet.payload.size(), kFrameSamples);
  }
  EXPECT_TRUE(phone.hears_tone(450));
}

TEST_F(PlaneSounds, AFiniteSoundIsHeardWholeAndThenReported) {
  Phone phone;
  start();
  open_and_connect(1, phone);

  play(1, "tone_stream://%(200,0,1200)", 77);
  const auto ended = wait_for<PlaybackEnded>();

  EXPECT_EQ(ended.leg.value, 1u);
  EXPECT_EQ(ended.playback.value, 77u);
  EXPECT_EQ(ended.how, PlaybackEnded::How::Finished);
  const auto packets = phone.heard_so_far();
  ASSERT_EQ(packets.size(), 10u);
  testing::expect_one_stream(packets);
  std::vector<std::uint8_t> all;
  for (const Packet& packet : packets) {
    all.insert(all.end(), packet.payload.begin(), packet.payload.end());
  }
  EXPECT_GT(testing::tone_share(testing::decoded_ulaw(all), 1200), 0.98);
}

TEST_F(PlaneSounds, AFiniteSoundEndsThoughNobodyIsConnected) {
  start();
  open(1);

  play(1, "silence_stream://60", 5);

  EXPECT_EQ(wait_for<PlaybackEnded>().how, PlaybackEnded::How::Finished);
}

TEST_F(PlaneSounds, ALoopedSoundGoesOnBehindItsEnd) {
  Phone phone;
  start();
  open_and_connect(1, phone);

  play_looping(1, "tone_stream://%(30,0,500)");

  testing::expect_one_stream(phone.hear(20));
  EXPECT_TRUE(phone.hears_tone(500));
  EXPECT_FALSE(was_told<PlaybackEnded>());
}

TEST_F(PlaneSounds, TheSoundOrderedLastIsHeardInTheSameStream) {
  Phone phone;
  start();
  open_and_connect(1, phone);
  play(1, kMusic, 1);
  auto packets = phone.hear(5);

  play(1, "tone_stream://%(10000,0,900)", 2);

  while (testing::tone_share(testing::decoded_ulaw(packets.back().payload), 900) < 0.9) {
    auto next = phone.hear();
    ASSERT_TRUE(next);
    packets.push_back(std::move(*next));
  }
  testing::expect_one_stream(packets);
  EXPECT_FALSE(was_told<PlaybackEnded>());
}

TEST_F(PlaneSounds, StoppingConcernsOnlyThePlaybackThatIsNamed) {
  Phone phone;
  start();
  open_and_connect(1, phone);
  play(1, kMusic, 2);
  post(call::StopSound{.leg = {1}, .playback = {1}});
  settle(1);
  phone.heard_so_far();
  phone.hear(3);

  post(call::StopSound{.leg = {1}, .playback = {2}});
  settle(1);
  phone.heard_so_far();

  // What is played behind the stop is the next thing heard: nothing came in between.
  play(1, "tone_stream://%(10000,0,900)", 3);
  const auto next = phone.hear();
  ASSERT_TRUE(next);
  EXPECT_GT(testing::tone_share(testing::decoded_ulaw(next->payload), 900), 0.9);
}

TEST_F(PlaneSounds, WhatCannotBePlayedIsReportedByName) {
  Phone phone;
  start();
  open_and_connect(1, phone);
  std::ofstream(scratch_ / "text.wav") << "no sound";

  const std::pair<std::string, std::string> cases[] = {
      {"vlc://moh", "vlc://moh: sources of kind 'vlc' are not known"},
      {"file_string://a.wav!b.wav", (scratch_ / "a.wav").string() + ": no such file, "},
      {"tone_stream://%(1)", "tone_stream://%(1): '%(1)' is not %(on,off,frequency,…)"},
      {"/nonexistent/music.wav", "/nonexistent/music.wav: no such file"},
      {"../x.wav", "../x.wav: leads out of the sound_prefix"},
      {"text.wav", (scratch_ / "text.wav").string() + ": "},
  };
  std::uint64_t playback = 0;
  for (const auto& [sound, why] : cases) {
    play_looping(1, sound, ++playback);
    const auto ended = wait_for<PlaybackEnded>();
    EXPECT_EQ(ended.playback.value, playback);
    EXPECT_EQ(ended.how, PlaybackEnded::How::Unplayable);
    EXPECT_EQ(ended.why.substr(0, why.size()), why);
  }
}

TEST_F(PlaneSounds, AFileIsHeardWhateverItsRateAndFolder) {
  Phone phone;
  start();
  open_and_connect(1, phone);
  testing::write_wav(scratch_ / "ivr/8000/x.wav", testing::sine(700, 44100, 44100),
                     {.rate = 44100});

  play_looping(1, "ivr/x.wav");

  EXPECT_TRUE(phone.hears_tone(700));
}

TEST_F(PlaneSounds, AFileEndsWithItsLastFrame) {
  Phone phone;
  start();
  open_and_connect(1, phone);
  testing::write_wav(scratch_ / "x.wav", testing::sine(700, 801));

  play(1, (scratch_ / "x.wav").string());

  EXPECT_EQ(wait_for<PlaybackEnded>().how, PlaybackEnded::How::Finished);
  EXPECT_EQ(phone.heard_so_far().size(), 6u);
}

TEST_F(PlaneSounds, AHundredListenersCostAsMuchAsOneAndHearTheSameMoment) {
  constexpr std::uint64_t kListeners = 100;
  constexpr std::size_t kRounds = 20;
  Phone phone;
  start();
  for (std::uint64_t leg = 1; leg <= kListeners; ++leg) open_and_connect(leg, phone);
  for (std::uint64_t leg = 1; leg <= kListeners; ++leg) {
    play(leg, "tone_stream://%(10000,0,437);loops=-1");
  }

  const auto packets = phone.hear(kListeners * kRounds);
  stop();

  ASSERT_EQ(packets.size(), kListeners * kRounds);
  std::map<std::vector<std::uint8_t>, std::size_t> listeners_of_moment;
  for (const Packet& packet : packets) ++listeners_of_moment[packet.payload];
  // Frames at the edges have fewer listeners, and so has one whose packets the test was too slow
  // to take from the kernel.
  EXPECT_GE(packets.size() / listeners_of_moment.size(), kListeners / 2);
  for (const auto& [payload, listeners] : listeners_of_moment) EXPECT_LE(listeners, kListeners);
}

TEST_F(PlaneSounds, WhoComesLaterToALocalStreamHearsTheSameMomentOfIt) {
  constexpr std::size_t kRounds = 20;
  testing::write_wav(scratch_ / "music/a.wav", testing::sine(437, 60 * 8000));
  options_.sounds.streams = {{.name = "moh/8000", .path = (scratch_ / "music").string()}};
  Phone phone;
  start();
  for (const std::uint64_t leg : {1, 2}) open_and_connect(leg, phone);
  play(1, "local_stream://moh");
  phone.hear(5);
  play(2, "local_stream://moh/8000");
  settle(2);

  const auto packets = phone.hear(2 * kRounds);
  const MediaFigures figures = plane_->figures();

  ASSERT_EQ(packets.size(), 2 * kRounds);
  std::map<std::vector<std::uint8_t>, std::size_t> listeners_of_moment;
  for (const Packet& packet : packets) ++listeners_of_moment[packet.payload];
  EXPECT_LE(listeners_of_moment.size(), kRounds + 5);
  EXPECT_LE(figures.encoded_frames, figures.decoded_frames);
}

TEST_F(PlaneSounds, EncodedFramesDoNotGrowWithTheListeners) {
  constexpr std::uint64_t kListeners = 100;
  Phone phone;
  start();
  for (std::uint64_t leg = 1; leg <= kListeners; ++leg) {
    open_and_connect(leg, phone);
    play(leg, kMusic);
  }

  const MediaFigures before = plane_->figures();
  phone.hear(kListeners * 25);
  const MediaFigures after = plane_->figures();

  EXPECT_GE(after.packets_out - before.packets_out, kListeners * 20);
  EXPECT_LT((after.encoded_frames - before.encoded_frames) * kListeners,
            (after.packets_out - before.packets_out) * 2);
}

TEST_F(PlaneSounds, AHundredListenersDecodeAsOftenAsOne) {
  constexpr std::uint64_t kListeners = 100;
  constexpr std::uint64_t kFrames = 25;
  testing::write_wav(scratch_ / "music.wav", testing::sine(700, 8000));
  Phone phone;
  start();
  for (std::uint64_t leg = 1; leg <= kListeners; ++leg) {
    open_and_connect(leg, phone);
    play_looping(leg, "music.wav");
  }
  phone.hear(kListeners);

  const MediaFigures before = plane_->figures();
  phone.hear(kListeners * kFrames);
  const MediaFigures after = plane_->figures();

  // One read of the file's sound for each moment, whoever hears it: a hundredth of what is sent,
  // give or take the frames that are half sent when the figures are read.
  const std::uint64_t moments = (after.packets_out - before.packets_out) / kListeners;
  EXPECT_GE(moments, kFrames - 2);
  EXPECT_LE(after.decoded_frames - before.decoded_frames, moments + 2);
}

TEST_F(PlaneSounds, AListenerOfTheOtherCodecHearsTheSameMusic) {
  Phone phone;
  start();
  open(1);
  connect(1, phone, {.codec = {8, "PCMA", 8000, ""}});

  play(1, kMusic);

  std::vector<std::int16_t> samples;
  for (const Packet& packet : phone.hear(10)) {
    EXPECT_EQ(packet.header.payload_type, 8);
    for (const std::uint8_t code : packet.payload) samples.push_back(sample_of_alaw(code));
  }
  EXPECT_GT(testing::tone_share(samples, 450), 0.95);
}

TEST_F(PlaneSounds, ALegThatMayNotBeSentToHearsNothing) {
  Phone phone;
  start();
  open(1);
  for (const Terms& terms : {Terms{.direction = call::MediaDirection::ReceiveOnly},
                             Terms{.direction = call::MediaDirection::Inactive},
                             Terms{.address = "0.0.0.0"}, Terms{.codec = {3, "GSM", 8000, ""}}}) {
    connect(1, phone, terms);
    play(1, "tone_stream://%(100,0,450)");
    wait_for<PlaybackEnded>();
    EXPECT_TRUE(phone.heard_so_far().empty());
  }
}

TEST_F(PlaneSounds, AHeldLegGoesOnInItsStreamWithTheClock) {
  Phone phone;
  start();
  open_and_connect(1, phone);
  play(1, kMusic);
  auto packets = phone.hear(5);

  connect(1, phone, {.direction = call::MediaDirection::Inactive});
  play(1, "silence_stream://200", 2);
  wait_for<PlaybackEnded>();
  auto last = phone.heard_so_far();
  packets.insert(packets.end(), last.begin(), last.end());
  connect(1, phone, {.direction = call::MediaDirection::SendOnly});
  play(1, kMusic, 3);
  const auto next = phone.hear();

  ASSERT_TRUE(next);
  EXPECT_TRUE(next->header.marker);
  EXPECT_GE(next->header.timestamp - packets.back().header.timestamp, 10 * kFrameSamples);
  packets.push_back(*next);
  testing::expect_one_stream(packets);
}

}  // namespace
}  // namespace media
