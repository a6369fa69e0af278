#include "media/sound_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "media/testing/goertzel.h"
#include "media/testing/scratch_dir.h"

namespace media {
namespace {

using testing::sine;
using testing::tone_share;

std::size_t open_files() {
  const auto entries = std::filesystem::directory_iterator("/proc/self/fd");
  return static_cast<std::size_t>(std::distance(begin(entries), end(entries)));
}

TEST(SoundFile, StereoAt44100BecomesMonoAt8000) {
  const testing::ScratchDir scratch;
  std::vector<std::int16_t> both;
  for (const std::int16_t sample : sine(450, 44100, 44100)) {
    both.push_back(sample);
    both.push_back(0);
  }
  testing::write_wav(scratch / "x.wav", both, {.rate = 44100, .channels = 2});

  const auto clip = read_sound_file(scratch / "x.wav");

  ASSERT_TRUE(clip) << clip.error();
  EXPECT_EQ(clip->samples.size(), 8000u);
  EXPECT_GT(tone_share(clip->samples, 450), 0.98);
  // The mean of both: half as loud as the one that sounds.
  EXPECT_NEAR(testing::loudness(clip->samples), 4000 / std::sqrt(2.0), 100);
}

TEST(SoundFile, WhatIsNoSoundSaysWhyAndLeavesNothingOpen) {
  const testing::ScratchDir scratch;
  std::ofstream(scratch / "text.wav") << "This is not a wav file, whatever its name says.";
  std::ofstream(scratch / "empty.wav");
  testing::write_wav(scratch / "nothing.wav", {});
  testing::write_wav(scratch / "slow.wav", sine(10, 100), {.rate = 500});
  ASSERT_EQ(::mkfifo((scratch / "pipe.wav").c_str(), 0600), 0);
  const std::size_t open_before = open_files();

  for (const char* name :
       {"text.wav", "empty.wav", "nothing.wav", "slow.wav", "pipe.wav", "none.wav", "."}) {
    const auto clip = read_sound_file(scratch / name);
    ASSERT_FALSE(clip) << name;
    EXPECT_FALSE(clip.error().empty()) << name;
  }
  EXPECT_EQ(read_sound_file(scratch / "pipe.wav").error(), "not a file");
  EXPECT_EQ(read_sound_file(scratch / "slow.wav").error(),
            "1 channels at 500 Hz are not supported");
  EXPECT_EQ(open_files(), open_before);
}

TEST(SoundFile, LongerThanTheLimitIsRefused) {
  const testing::ScratchDir scratch;
  testing::write_wav(scratch / "long.wav", sine(450, 24'001));

  EXPECT_TRUE(read_sound_file(scratch / "long.wav", 24'001));
  EXPECT_EQ(read_sound_file(scratch / "long.wav", 16'000).error(), "longer than 2 s");
}

TEST(SoundFile, CutFileGivesWhatIsThere) {
  const testing::ScratchDir scratch;
  testing::write_wav(scratch / "cut.wav", sine(450, 8000));
  std::filesystem::resize_file(scratch / "cut.wav", 44 + 8000);

  const auto clip = read_sound_file(scratch / "cut.wav");

  ASSERT_TRUE(clip) << clip.error();
  EXPECT_EQ(clip->samples.size(), 4000u);
}

}  // namespace
}  // namespace media
