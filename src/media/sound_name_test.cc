#include "media/sound_name.h"

#include <gtest/gtest.h>

#include <string>

namespace media {
namespace {

TEST(SoundName, TellsTheKindsApart) {
  const auto tone = parse_sound("tone_stream://%(100,0,450);loops=-1");
  ASSERT_TRUE(tone);
  EXPECT_TRUE(std::holds_alternative<ToneSound>(*tone));
  EXPECT_TRUE(is_endless(*tone));

  const auto finite = parse_sound("TONE_STREAM://%(100,0,450)");
  ASSERT_TRUE(finite);
  EXPECT_FALSE(is_endless(*finite));

  const auto file = parse_sound("ivr/x y.wav");
  ASSERT_TRUE(file);
  EXPECT_EQ(std::get<FileSound>(*file).name, "ivr/x y.wav");
  EXPECT_FALSE(is_endless(*file));
}

TEST(SoundName, SilenceLastsMillisecondsOrForEver) {
  EXPECT_EQ(std::get<SilenceSound>(*parse_sound("silence_stream://1000")).samples, 8000);
  EXPECT_EQ(std::get<SilenceSound>(*parse_sound("silence_stream://20,1400")).samples, 160);
  EXPECT_EQ(std::get<SilenceSound>(*parse_sound("silence_stream://0")).samples, 0);
  EXPECT_EQ(std::get<SilenceSound>(*parse_sound("silence_stream://-1")).samples, std::nullopt);
  EXPECT_TRUE(is_endless(*parse_sound("silence_stream://-1")));
  EXPECT_FALSE(is_endless(*parse_sound("silence_stream://1000")));
}

TEST(SoundName, ASequenceIsItsParts) {
  using Parts = std::vector<std::string>;
  const auto parts = [](const char* text) {
    const auto sound = parse_sound(text);
    return sound ? std::get<SequenceSound>(*sound).parts : Parts{};
  };
  EXPECT_EQ(parts("file_string://a.wav!/b c.mp3!tone_stream://%(100,0,450)"),
            (Parts{"a.wav", "/b c.mp3", "tone_stream://%(100,0,450)"}));
  EXPECT_EQ(parts("FILE_STRING://a!! b !"), (Parts{"a", "b"}));
  EXPECT_EQ(parts("file_string://a!file_string://b!c"), (Parts{"a", "b", "c"}));
  EXPECT_FALSE(is_endless(*parse_sound("file_string://a!b")));
  EXPECT_TRUE(parse_sound("file_string://" + std::string(5000, 'a')));
}

TEST(SoundName, ALocalStreamNeverEnds) {
  const auto stream = parse_sound("local_stream://moh/8000");
  ASSERT_TRUE(stream);
  EXPECT_EQ(std::get<LocalStreamSound>(*stream).name, "moh/8000");
  EXPECT_TRUE(is_endless(*stream));
}

TEST(SoundName, WhatCannotBePlayedIsNamedWithTheReason) {
  const std::pair<std::string, std::string> cases[] = {
      {"", ": no sound is named"},
      {"local_stream://", "local_stream://: no stream is named"},
      {"file_string://", "file_string://: no sound is named"},
      {"file_string://!!", "file_string://!!: no sound is named"},
      {"http://x/y.wav", "http://x/y.wav: sources of kind 'http' are not known"},
      {"tone_stream://%(1)", "tone_stream://%(1): '%(1)' is not %(on,off,frequency,…)"},
      {"silence_stream://soon", "silence_stream://soon: not a time in milliseconds"},
      {"silence_stream://99999999999", "silence_stream://99999999999: not a time in milliseconds"},
      {"silence_stream://", "silence_stream://: not a time in milliseconds"},
      {std::string("a\0b", 3), std::string("a\0b: not a file name", 20)},
      {std::string(5000, 'a'), std::string(200, 'a') + ": too long"},
  };
  for (const auto& [text, why] : cases) {
    const auto sound = parse_sound(text);
    ASSERT_FALSE(sound) << text;
    EXPECT_EQ(sound.error(), why);
  }
}

}  // namespace
}  // namespace media
