#include "media/sound_path.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "media/testing/scratch_dir.h"

namespace media {
namespace {

TEST(SoundPath, LooksBesideAndInRateFolders) {
  const auto relative = sound_paths("/sounds", "ivr/x.wav");
  ASSERT_TRUE(relative);
  EXPECT_EQ(relative->front(), "/sounds/ivr/x.wav");
  EXPECT_EQ(relative->at(1), "/sounds/ivr/8000/x.wav");
  EXPECT_EQ(relative->at(2), "/sounds/ivr/16000/x.wav");

  EXPECT_EQ(relative->at(5), "/sounds/en/ivr/x.wav");
  EXPECT_EQ(relative->at(6), "/sounds/en/ivr/8000/x.wav");

  const auto absolute = sound_paths("/sounds", "/music/x.wav");
  ASSERT_TRUE(absolute);
  EXPECT_EQ(absolute->front(), "/music/x.wav");
  EXPECT_EQ(absolute->at(1), "/music/8000/x.wav");
  EXPECT_EQ(absolute->size(), 5u);
}

TEST(SoundPath, RelativeNamesStayUnderThePrefix) {
  EXPECT_EQ(sound_paths("/sounds", "ivr/../x.wav")->front(), "/sounds/x.wav");
  EXPECT_EQ(sound_paths("/sounds", "./x.wav")->front(), "/sounds/x.wav");
  for (const char* name : {"../x.wav", "ivr/../../x.wav", "..", "./../x", "a/b/../../../x"}) {
    const auto paths = sound_paths("/sounds", name);
    ASSERT_FALSE(paths) << name;
    EXPECT_EQ(paths.error(), std::string(name) + ": leads out of the sound_prefix");
  }
}

TEST(SoundPath, RefusesWhatNamesNoFile) {
  EXPECT_EQ(sound_paths("", "x.wav").error(), "x.wav: relative, and no sound_prefix is set");
  EXPECT_EQ(sound_paths("/sounds", "ivr/").error(), "ivr/: not a file name");
  EXPECT_EQ(sound_paths("/sounds", "/").error(), "/: not a file name");
  EXPECT_FALSE(sound_paths("/sounds", "."));
}

TEST(SoundPath, FindsThePackThatIsLaidOutByRate) {
  const testing::ScratchDir scratch;
  std::filesystem::create_directories(scratch / "ivr/16000");
  std::ofstream(scratch / "ivr/16000/x.wav");
  EXPECT_EQ(find_sound(scratch.path(), "ivr/x.wav"), scratch / "ivr/16000/x.wav");

  std::filesystem::create_directories(scratch / "ivr/8000");
  std::ofstream(scratch / "ivr/8000/x.wav");
  EXPECT_EQ(find_sound(scratch.path(), "ivr/x.wav"), scratch / "ivr/8000/x.wav");
}

TEST(SoundPath, SaysWhereItLookedAndWhatStoodThere) {
  const testing::ScratchDir scratch;
  EXPECT_EQ(find_sound(scratch.path(), "ivr/x.wav").error(),
            (scratch / "ivr/x.wav").string() +
                ": no such file, nor in folders 8000, 16000, 32000 or 48000 beside it, nor below " +
                (scratch / "en").string());
  ASSERT_EQ(::mkfifo((scratch / "pipe.wav").c_str(), 0600), 0);
  EXPECT_EQ(find_sound(scratch.path(), "pipe.wav").error(),
            (scratch / "pipe.wav").string() + ": not a file");
  EXPECT_EQ(find_sound(scratch.path(), "/dev/zero").error(), "/dev/zero: not a file");
}

}  // namespace
}  // namespace media
