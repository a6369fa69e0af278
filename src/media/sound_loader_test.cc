#include "media/sound_loader.h"

#include <gtest/gtest.h>

#include <chrono>

#include "media/testing/goertzel.h"
#include "media/testing/scratch_dir.h"

namespace media {
namespace {

using testing::sine;

class SoundLoaderTest : public ::testing::Test {
 protected:
  void ask(std::uint64_t number, const std::string& text, Ending ending = Ending::Stops) {
    auto sound = parse_sound(text);
    ASSERT_TRUE(sound) << sound.error();
    EXPECT_TRUE(loader_.load(
        {.number = number,
         .sound = std::move(*sound),
         .ending = ending,
         .settings = std::make_shared<SoundSettings>(SoundSettings{scratch_.path(), {}})}));
  }
  SoundAnswer next() {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (answered_.empty() && std::chrono::steady_clock::now() < deadline) {
      for (SoundAnswer& answer : answers_.take(deadline)) answered_.push_back(std::move(answer));
    }
    if (answered_.empty()) return {0, base::failure(std::string("no answer"))};
    SoundAnswer first = std::move(answered_.front());
    answered_.erase(answered_.begin());
    return first;
  }
  // Reads as fast as the loader gives, leaving out the silence of what is late.
  static std::vector<std::int16_t> all_of(SampleSource& source, std::size_t samples_max) {
    std::vector<std::int16_t> all;
    std::vector<std::int16_t> frame(kFrameSamples);
    while (all.size() < samples_max) {
      const std::size_t got = source.read(frame);
      for (std::size_t index = 0; index < got; ++index) {
        if (frame[index] != 0) all.push_back(frame[index]);
      }
      if (got < frame.size()) break;
      if (frame.back() == 0) std::this_thread::yield();
    }
    return all;
  }

  testing::ScratchDir scratch_;
  base::Inbox<SoundAnswer> answers_{100};
  std::vector<SoundAnswer> answered_;
  SoundLoader loader_{[this](SoundAnswer answer) { answers_.put(std::move(answer)); }, 1};
};

TEST_F(SoundLoaderTest, AnswersInTheOrderOfAsking) {
  testing::write_wav(scratch_ / "a.wav", sine(450, 8000));

  ask(1, "a.wav");
  ask(2, "none.wav");
  ask(3, "file_string://none.wav!a.wav");
  ask(4, "file_string://none.wav!neither.wav");

  EXPECT_TRUE(next().source);
  const SoundAnswer second = next();
  EXPECT_EQ(second.number, 2u);
  EXPECT_FALSE(second.source);
  EXPECT_TRUE(next().source);
  const SoundAnswer last = next();
  ASSERT_FALSE(last.source);
  EXPECT_NE(last.source.error().find("none.wav: no such file"), std::string::npos);
  EXPECT_NE(last.source.error().find("neither.wav: no such file"), std::string::npos);
}

TEST_F(SoundLoaderTest, FeedsWhatIsLongToItsEnd) {
  // No sample of it is 0, which stands for silence.
  testing::write_wav(scratch_ / "a.wav", std::vector<std::int16_t>(8000, 500));

  ask(1, "file_string://a.wav!a.wav!a.wav!a.wav!a.wav!a.wav!a.wav!a.wav");
  const SoundAnswer answer = next();

  ASSERT_TRUE(answer.source);
  EXPECT_EQ(all_of(**answer.source, 200'000).size(), 64'000u);
}

TEST_F(SoundLoaderTest, ManyListenersAreFedBesideEachOther) {
  testing::write_wav(scratch_ / "a.wav", std::vector<std::int16_t>(8000, 500));
  testing::write_wav(scratch_ / "b.wav", std::vector<std::int16_t>(8000, 600));
  std::vector<std::unique_ptr<SampleSource>> sources;
  for (std::uint64_t number = 1; number <= 50; ++number) {
    ask(number, "file_string://a.wav!b.wav", Ending::StartsOver);
    SoundAnswer answer = next();
    ASSERT_TRUE(answer.source);
    sources.push_back(std::move(*answer.source));
  }

  for (const auto& source : sources) {
    const auto heard = all_of(*source, 40'000);
    EXPECT_EQ(heard.at(7999), 500);
    EXPECT_EQ(heard.at(8000), 600);
    EXPECT_EQ(heard.at(16'000), 500);
    EXPECT_EQ(heard.at(39'999), 500);
  }
}

}  // namespace
}  // namespace media
