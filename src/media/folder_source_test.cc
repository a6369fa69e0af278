#include "media/folder_source.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>

#include "media/clip.h"
#include "media/frame.h"
#include "media/testing/scratch_dir.h"

namespace media {
namespace {

// Files are not decoded here: the number in a file's name is the value of all its samples.
class FolderSourceTest : public ::testing::Test {
 protected:
  void add(const std::string& name, std::size_t samples) {
    std::ofstream(scratch_ / name).put('\0');
    lengths_[name] = samples;
  }
  void add_chime(const std::string& name, std::size_t samples) { lengths_[name] = samples; }

  std::unique_ptr<FolderSource> make(call::LocalStream settings = {}) {
    settings.name = "moh";
    settings.path = scratch_.path().string();
    return std::make_unique<FolderSource>(
        std::move(settings), [this](const std::string& sound) { return open(sound); },
        [this](const std::string& line) { warnings_.push_back(line); }, 1);
  }
  base::Result<std::unique_ptr<SampleSource>> open(const std::string& sound) {
    const std::string name = std::filesystem::path(sound).filename();
    if (!lengths_.contains(name)) return base::failure(name + " is bad");
    opened_.push_back(name);
    const auto value = static_cast<std::int16_t>(std::stoi(name));
    auto clip =
        std::make_shared<const Clip>(Clip{std::vector<std::int16_t>(lengths_[name], value)});
    return std::make_unique<ClipSource>(std::move(clip), Ending::Stops);
  }
  // What is heard, as runs of one value: {value, how many samples}.
  using Runs = std::vector<std::pair<int, std::size_t>>;
  static Runs runs_of(FolderSource& source, std::size_t samples) {
    Runs runs;
    std::vector<std::int16_t> heard(samples);
    // In pieces that fit nothing, as a ring may ask.
    for (std::size_t at = 0; at < samples;) {
      const std::size_t some = std::min<std::size_t>(samples - at, 37);
      EXPECT_EQ(source.read(std::span(heard).subspan(at, some)), some);
      at += some;
    }
    for (const std::int16_t sample : heard) {
      if (runs.empty() || runs.back().first != sample) runs.emplace_back(sample, 0);
      ++runs.back().second;
    }
    return runs;
  }

  testing::ScratchDir scratch_;
  std::map<std::string, std::size_t> lengths_;
  std::vector<std::string> opened_;
  std::vector<std::string> warnings_;
};

TEST_F(FolderSourceTest, PlaysItsFilesInOrderAndOverAgain) {
  add("2.wav", 200);
  add("1.mp3", 100);
  add("3.OGG", 300);
  std::ofstream(scratch_ / "LICENSE.txt");
  std::filesystem::create_directory(scratch_ / "9.wav");

  const auto source = make();

  EXPECT_EQ(runs_of(*source, 700), (Runs{{1, 100}, {2, 200}, {3, 300}, {1, 100}}));
  EXPECT_TRUE(warnings_.empty());
}

TEST_F(FolderSourceTest, IntervalIsSilenceBetweenFiles) {
  add("1.wav", 100);
  add("2.wav", 100);

  const auto source = make({.name = "moh", .path = {}, .interval_ms = 10});

  EXPECT_EQ(runs_of(*source, 460), (Runs{{1, 100}, {0, 80}, {2, 100}, {0, 80}, {1, 100}}));
}

TEST_F(FolderSourceTest, ShufflePlaysEachFileOncePerRoundAndNoneTwiceInARow) {
  for (int file = 1; file <= 9; ++file) add(std::to_string(file) + ".wav", 10);
  const auto source = make({.name = "moh", .path = {}, .shuffle = true});

  bool differs = false;
  int last = 0;
  Runs first;
  for (int round = 0; round < 8; ++round) {
    Runs runs = runs_of(*source, 90);
    ASSERT_EQ(runs.size(), 9u);
    EXPECT_NE(runs.front().first, last);
    last = runs.back().first;
    if (round == 0) first = runs;
    differs = differs || runs != first;
    std::sort(runs.begin(), runs.end());
    for (int file = 1; file <= 9; ++file) EXPECT_EQ(runs.at(file - 1u).first, file);
  }
  EXPECT_TRUE(differs);
}

TEST_F(FolderSourceTest, ChimesBreakInOneAfterTheOtherAndTheMusicGoesOn) {
  add("1.wav", 100'000);
  add_chime("7", 400);
  add_chime("8", 400);

  const auto source = make({.name = "moh", .path = {}, .chimes = {"7", "8"}, .chime_seconds = 1});

  EXPECT_EQ(runs_of(*source, 24'400),
            (Runs{{1, 8000}, {7, 400}, {1, 7600}, {8, 400}, {1, 7600}, {7, 400}}));
}

TEST_F(FolderSourceTest, AChimeIsCutAtItsLongestTime) {
  add("1.wav", 100'000);
  add_chime("7", 50'000);

  const auto source = make(
      {.name = "moh", .path = {}, .chimes = {"7"}, .chime_seconds = 3, .chime_seconds_max = 1});

  EXPECT_EQ(runs_of(*source, 33'000), (Runs{{1, 24'000}, {7, 8000}, {1, 1000}}));
}

TEST_F(FolderSourceTest, ABadChimeIsToldOnceAndLeftOut) {
  add("1.wav", 100'000);

  const auto source = make({.name = "moh", .path = {}, .chimes = {"none.wav"}, .chime_seconds = 1});

  EXPECT_EQ(runs_of(*source, 40'000), (Runs{{1, 40'000}}));
  EXPECT_EQ(warnings_, std::vector<std::string>{"local stream moh: none.wav is bad"});
}

TEST_F(FolderSourceTest, ABadFileIsToldOnceAndTheOthersAreHeard) {
  add("1.wav", 100);
  std::ofstream(scratch_ / "2.wav");
  add("3.wav", 100);

  const auto source = make();

  EXPECT_EQ(runs_of(*source, 400), (Runs{{1, 100}, {3, 100}, {1, 100}, {3, 100}}));
  EXPECT_EQ(warnings_, std::vector<std::string>{"2.wav is bad"});
}

TEST_F(FolderSourceTest, AnEmptyFolderIsSilenceWithOneWarningUntilMusicComes) {
  const auto source = make();
  constexpr std::size_t kMinute = 60 * 8000;

  EXPECT_EQ(runs_of(*source, kMinute), (Runs{{0, kMinute}}));
  EXPECT_EQ(warnings_, std::vector<std::string>{"local stream moh: nothing to play in " +
                                                scratch_.path().string() + "; silence"});

  add("1.wav", kMinute);
  EXPECT_EQ(runs_of(*source, kMinute).back().first, 1);
}

TEST_F(FolderSourceTest, AFolderOfBadFilesIsSilence) {
  for (int file = 0; file < 50; ++file) std::ofstream(scratch_ / (std::to_string(file) + ".wav"));
  const auto source = make();

  EXPECT_EQ(runs_of(*source, 80'000), (Runs{{0, 80'000}}));
  EXPECT_EQ(warnings_.size(), 51u);

  add("7.wav", 1'000'000);
  EXPECT_EQ(runs_of(*source, 400'000).back().first, 7);
}

TEST_F(FolderSourceTest, FilesWithoutASampleAreSilenceToo) {
  add("1.wav", 0);
  add("2.wav", 0);
  const auto source = make();

  EXPECT_EQ(runs_of(*source, 80'000), (Runs{{0, 80'000}}));
}

TEST_F(FolderSourceTest, AFolderThatIsNotThereIsSilence) {
  const auto source = std::make_unique<FolderSource>(
      call::LocalStream{.name = "moh", .path = "/nonexistent"},
      [this](const std::string& sound) { return open(sound); },
      [this](const std::string& line) { warnings_.push_back(line); }, 1);

  EXPECT_EQ(runs_of(*source, 8000), (Runs{{0, 8000}}));
  EXPECT_EQ(warnings_.size(), 1u);
}

}  // namespace
}  // namespace media
