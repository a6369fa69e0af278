#include "media/sound_opener.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "media/testing/goertzel.h"
#include "media/testing/scratch_dir.h"

namespace media {
namespace {

using testing::sine;
using testing::tone_share;

class SoundOpenerTest : public ::testing::Test {
 protected:
  base::Result<SoundOpener::Opened> open(const std::string& text, Ending ending = Ending::Stops,
                                         const std::filesystem::path& prefix = {}) {
    auto sound = parse_sound(text);
    if (!sound) return base::failure(sound.error());
    return opener_.open({.sound = std::move(*sound),
                         .ending = ending,
                         .prefix = prefix,
                         .settings = std::make_shared<SoundSettings>(settings_)});
  }
  // All of a sound, or its first `samples_max` samples.
  std::vector<std::int16_t> heard(const std::string& text, std::size_t samples_max = 200'000) {
    auto opened = open(text);
    EXPECT_TRUE(opened) << opened.error();
    if (!opened) return {};
    std::vector<std::int16_t> samples(samples_max);
    samples.resize(opened->source->read(samples));
    failure_ = opened->source->failure();
    return samples;
  }
  std::string why_not(const std::string& text) {
    const auto opened = open(text);
    return opened ? std::string("it opens") : opened.error();
  }

  testing::ScratchDir scratch_;
  SoundSettings settings_{.sound_prefix = scratch_.path(), .streams = {}};
  std::vector<std::string> warnings_;
  std::string failure_;
  SoundOpener opener_{[this](const std::string& line) { warnings_.push_back(line); }, 1};
};

TEST_F(SoundOpenerTest, HearsEveryKindOfFileAtAnyRate) {
  struct {
    const char* name;
    int rate;
    int kind;
  } const cases[] = {
      {"a.wav", 8000, SF_FORMAT_WAV | SF_FORMAT_PCM_16},
      {"b.wav", 11025, SF_FORMAT_WAV | SF_FORMAT_ULAW},
      {"c.wav", 48000, SF_FORMAT_WAV | SF_FORMAT_FLOAT},
      {"d.flac", 44100, SF_FORMAT_FLAC | SF_FORMAT_PCM_16},
      {"e.ogg", 22050, SF_FORMAT_OGG | SF_FORMAT_VORBIS},
      {"f.mp3", 44100, SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III},
      {"g.mp3", 16000, SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III},
  };
  for (const auto& file : cases) {
    for (const int channels : {1, 2}) {
      std::vector<std::int16_t> samples;
      for (const std::int16_t sample :
           sine(700, static_cast<std::size_t>(file.rate) * 2, file.rate)) {
        samples.insert(samples.end(), static_cast<std::size_t>(channels), sample);
      }
      testing::write_wav(scratch_ / file.name, samples,
                         {.rate = file.rate, .channels = channels, .kind = file.kind});

      const auto sound = heard(file.name);

      // Codecs that lose something may add a little at both ends.
      EXPECT_NEAR(static_cast<double>(sound.size()), 16'000, 800) << file.name;
      ASSERT_GT(sound.size(), 12'000u) << file.name;
      EXPECT_GT(tone_share(std::span(sound).subspan(2000, 8000), 700), 0.97) << file.name;
      std::filesystem::remove(scratch_ / file.name);
    }
  }
}

TEST_F(SoundOpenerTest, ALongFileIsDecodedWhileItPlays) {
  testing::write_wav(scratch_ / "short.wav", sine(450, 8000));
  testing::write_wav(scratch_ / "long.wav", sine(450, 100 * 8000));

  EXPECT_FALSE(open("short.wav")->blocks);
  EXPECT_TRUE(open("long.wav")->blocks);
  EXPECT_EQ(heard("long.wav", 2'000'000).size(), 800'000u);
}

TEST_F(SoundOpenerTest, ALongFileStartsOver) {
  testing::write_wav(scratch_ / "long.wav", sine(450, 100 * 8000));
  auto opened = open("long.wav", Ending::StartsOver);
  ASSERT_TRUE(opened);

  std::vector<std::int16_t> samples(250 * 8000);
  EXPECT_EQ(opened->source->read(samples), samples.size());
  EXPECT_EQ(samples[1'600'010], samples[10]);
}

TEST_F(SoundOpenerTest, ALongFileThatIsCutWhileItPlaysEndsAndSaysSo) {
  testing::write_wav(scratch_ / "long.wav", sine(450, 100 * 8000));
  auto opened = open("long.wav");
  ASSERT_TRUE(opened);
  std::vector<std::int16_t> samples(8000);
  EXPECT_EQ(opened->source->read(samples), 8000u);

  std::filesystem::resize_file(scratch_ / "long.wav", 44 + 20 * 16'000);
  samples.resize(200 * 8000);

  EXPECT_LE(opened->source->read(samples), 30u * 8000);
  EXPECT_EQ(
      opened->source->failure(),
      (scratch_ / "long.wav").string() + ": it ends before its time; was it cut while it played?");
}

TEST_F(SoundOpenerTest, ALoopOfAFileThatBecomesEmptyEnds) {
  testing::write_wav(scratch_ / "long.wav", sine(450, 100 * 8000));
  auto opened = open("long.wav", Ending::StartsOver);
  ASSERT_TRUE(opened);
  std::filesystem::resize_file(scratch_ / "long.wav", 44);

  std::vector<std::int16_t> samples(1'000'000);
  EXPECT_LT(opened->source->read(samples), samples.size());
  EXPECT_FALSE(opened->source->failure().empty());
}

TEST_F(SoundOpenerTest, AFileThatVanishesWhileItPlaysIsHeardToItsEnd) {
  testing::write_wav(scratch_ / "long.wav", sine(450, 100 * 8000));
  auto opened = open("long.wav", Ending::StartsOver);
  ASSERT_TRUE(opened);
  std::filesystem::remove(scratch_ / "long.wav");

  std::vector<std::int16_t> samples(2'000'000);
  EXPECT_EQ(opened->source->read(samples), samples.size());
}

// The lengths in the header of a wav file, as whoever wrote it may have got them wrong.
void claim_length(const std::filesystem::path& path, std::uint32_t bytes) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  const auto put = [&](std::streamoff at, std::uint32_t value) {
    file.seekp(at);
    for (int shift = 0; shift < 32; shift += 8) file.put(static_cast<char>(value >> shift));
  };
  put(4, bytes + 36);
  put(40, bytes);
}

TEST_F(SoundOpenerTest, AHeaderThatClaimsTwoGigabytesGivesWhatIsThere) {
  testing::write_wav(scratch_ / "huge.wav", sine(450, 8000));
  for (const std::uint32_t bytes : {0x7FFFFFFEU, 0x80000000U, 0xFFFFFFD0U}) {
    claim_length(scratch_ / "huge.wav", bytes);
    EXPECT_EQ(heard("huge.wav").size(), 8000u) << bytes;
  }
}

TEST_F(SoundOpenerTest, AFileOfTwoGigabytesCostsNoMemory) {
  testing::write_wav(scratch_ / "huge.wav", sine(450, 8000));
  // Full of holes: it takes no room on the disk.
  std::filesystem::resize_file(scratch_ / "huge.wav", 0x7FFF0000);
  claim_length(scratch_ / "huge.wav", 0x7FFF0000 - 44);

  EXPECT_TRUE(open("huge.wav")->blocks);
  EXPECT_EQ(heard("huge.wav", 16'000).size(), 16'000u);
}

TEST_F(SoundOpenerTest, WhatIsNoSoundSaysWhyWithItsPath) {
  std::ofstream(scratch_ / "text.mp3") << "This is text.";
  std::ofstream(scratch_ / "empty.wav");
  std::filesystem::create_directory(scratch_ / "folder.wav");
  ASSERT_EQ(::mkfifo((scratch_ / "pipe.wav").c_str(), 0600), 0);

  for (const char* name : {"text.mp3", "empty.wav", "pipe.wav", "folder.wav", "none.wav"}) {
    const std::string path = (scratch_ / name).string() + ": ";
    EXPECT_EQ(why_not(name).substr(0, path.size()), path);
  }
  EXPECT_EQ(why_not("/dev/zero"), "/dev/zero: not a file");
  EXPECT_EQ(why_not("pipe.wav"), (scratch_ / "pipe.wav").string() + ": not a file");
}

TEST_F(SoundOpenerTest, SamplesThatAreNoNumbersAreSilence) {
  const auto quiet = std::vector<std::int16_t>(800, 0);
  testing::write_wav(scratch_ / "x.wav", quiet, {.kind = SF_FORMAT_WAV | SF_FORMAT_FLOAT});
  std::fstream file(scratch_ / "x.wav", std::ios::in | std::ios::out | std::ios::binary);
  const auto end = static_cast<std::streamoff>(std::filesystem::file_size(scratch_ / "x.wav"));
  file.seekp(end - 400);
  for (int byte = 0; byte < 400; ++byte) file.put('\xFF');
  file.close();

  for (const std::int16_t sample : heard("x.wav")) EXPECT_EQ(sample, 0);
}

TEST_F(SoundOpenerTest, ASequenceIsItsPartsOneBehindTheOther) {
  testing::write_wav(scratch_ / "a.wav", sine(450, 8000));
  testing::write_wav(scratch_ / "b.wav", sine(700, 16'000, 16'000), {.rate = 16'000});

  const auto sound =
      heard("file_string://a.wav!b.wav!silence_stream://500!tone_stream://%(1000,0,1200)");

  ASSERT_EQ(sound.size(), 28'000u);
  const std::span all(sound);
  EXPECT_GT(tone_share(all.subspan(0, 8000), 450), 0.98);
  EXPECT_GT(tone_share(all.subspan(8000, 8000), 700), 0.98);
  EXPECT_EQ(testing::loudness(all.subspan(16'100, 3800)), 0);
  EXPECT_GT(tone_share(all.subspan(20'000, 8000), 1200), 0.98);
  EXPECT_EQ(failure_, "");
}

TEST_F(SoundOpenerTest, PartsThatCannotBePlayedAreNamedAndTheOthersHeard) {
  testing::write_wav(scratch_ / "a.wav", sine(450, 8000));

  EXPECT_EQ(heard("file_string://none.wav!a.wav!tone_stream://x!../y").size(), 8000u);
  EXPECT_EQ(failure_.substr(0, failure_.find(':')), (scratch_ / "none.wav").string());
  EXPECT_NE(failure_.find("; tone_stream://x: "), std::string::npos);
  EXPECT_NE(failure_.find("; ../y: leads out"), std::string::npos);
}

TEST_F(SoundOpenerTest, ASequenceOfNothingEndsEvenWhenItLoops) {
  auto opened = open("file_string://none.wav!silence_stream://0", Ending::StartsOver);
  ASSERT_TRUE(opened);
  std::vector<std::int16_t> samples(100);
  EXPECT_EQ(opened->source->read(samples), 0u);
}

TEST_F(SoundOpenerTest, ALegsOwnPrefixGoesBefore) {
  testing::write_wav(scratch_ / "fr/a.wav", sine(450, 8000));
  testing::write_wav(scratch_ / "de/a.wav", sine(450, 4000));

  EXPECT_FALSE(open("a.wav"));
  EXPECT_TRUE(open("a.wav", Ending::Stops, scratch_ / "fr"));
  EXPECT_TRUE(open("a.wav", Ending::Stops, "de"));
  EXPECT_FALSE(open("../fr/a.wav", Ending::Stops, "de"));

  // What the leg's voice does not know is heard in the usual one.
  testing::write_wav(scratch_ / "b.wav", sine(450, 4000));
  EXPECT_TRUE(open("b.wav", Ending::Stops, "de"));
}

TEST_F(SoundOpenerTest, AChangedFileIsReadAgain) {
  testing::write_wav(scratch_ / "a.wav", sine(450, 8000));
  EXPECT_EQ(heard("a.wav").size(), 8000u);

  testing::write_wav(scratch_ / "a.wav", sine(450, 4000));

  EXPECT_EQ(heard("a.wav").size(), 4000u);
}

TEST_F(SoundOpenerTest, ALocalStreamGoesOnWhereItWasLeft) {
  testing::write_wav(scratch_ / "music/1.wav", sine(450, 8000));
  testing::write_wav(scratch_ / "music/2.wav", sine(700, 8000));
  settings_.streams = {{.name = "moh", .path = (scratch_ / "music").string()}};

  EXPECT_GT(tone_share(heard("local_stream://moh", 8000), 450), 0.98);
  EXPECT_GT(tone_share(heard("local_stream://moh", 8000), 700), 0.98);

  // Two at once do not share what they read.
  const auto first = open("local_stream://moh");
  const auto second = open("local_stream://moh");
  std::vector<std::int16_t> samples(8000);
  second->source->read(samples);
  EXPECT_GT(tone_share(samples, 450), 0.98);
}

}  // namespace
}  // namespace media
