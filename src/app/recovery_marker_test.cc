#include "app/recovery_marker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <vector>

namespace app {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::IsEmpty;
using Verdict = RecoveryMarker::Verdict;

class RecoveryMarkerTest : public testing::Test {
 protected:
  RecoveryMarkerTest() {
    std::string pattern = (fs::temp_directory_path() / "marker_XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
  }
  ~RecoveryMarkerTest() override { fs::remove_all(folder_); }

  // A recovery that dies when it reads `deadly`, if it reads it. Records are 6 to 9.
  Verdict recover(std::uint64_t deadly) {
    auto marker = RecoveryMarker::open(path());
    const Verdict verdict = marker->judge(5);
    set_aside_ = marker->set_aside();
    for (const std::uint64_t number : {6U, 7U, 8U, 9U}) {
      if (marker->may_apply(number) && number == deadly) return verdict;
    }
    if (marker->may_apply(RecoveryMarker::kStarting) && deadly == RecoveryMarker::kStarting) {
      return verdict;
    }
    marker->finished();
    return verdict;
  }

  fs::path path() const { return folder_ / "recovery.marker"; }

  fs::path folder_;
  std::vector<std::uint64_t> set_aside_;
};

TEST_F(RecoveryMarkerTest, ARecordAtWhichTwoRecoveriesDiedIsSetAside) {
  EXPECT_EQ(recover(7), Verdict::Replay);
  EXPECT_EQ(recover(7), Verdict::Replay);
  EXPECT_THAT(set_aside_, IsEmpty());
  EXPECT_EQ(recover(7), Verdict::Replay);
  EXPECT_THAT(set_aside_, ElementsAre(7U));

  EXPECT_EQ(recover(0), Verdict::Replay) << "and stays so until a snapshot covers it";
  EXPECT_THAT(set_aside_, ElementsAre(7U));
  EXPECT_EQ(RecoveryMarker::open(path())->judge(7), Verdict::Replay);
  EXPECT_EQ(recover(0), Verdict::Replay);
  EXPECT_THAT(set_aside_, IsEmpty());
}

TEST_F(RecoveryMarkerTest, ADeathAfterThatGivesTheStateUp) {
  recover(7);
  recover(7);
  recover(8);
  EXPECT_EQ(recover(8), Verdict::GiveUp);
}

TEST_F(RecoveryMarkerTest, DeathsAllOverThePlaceGiveTheStateUp) {
  recover(6);
  recover(7);
  recover(8);
  EXPECT_EQ(recover(9), Verdict::Replay);
  EXPECT_EQ(recover(9), Verdict::GiveUp);
}

TEST_F(RecoveryMarkerTest, DeathsWhileStartingGiveTheStateUpAtTheThird) {
  recover(RecoveryMarker::kStarting);
  recover(RecoveryMarker::kStarting);
  EXPECT_EQ(recover(RecoveryMarker::kStarting), Verdict::Replay);
  EXPECT_THAT(set_aside_, IsEmpty());
  EXPECT_EQ(recover(RecoveryMarker::kStarting), Verdict::GiveUp);
}

TEST_F(RecoveryMarkerTest, ARecoveryThatSucceedsForgivesEarlierDeaths) {
  recover(7);
  recover(0);
  recover(7);
  EXPECT_EQ(recover(0), Verdict::Replay);
  EXPECT_THAT(set_aside_, IsEmpty());
}

TEST_F(RecoveryMarkerTest, AnotherFileIsBegunAnew) {
  std::ofstream(path()) << "something else";
  EXPECT_EQ(recover(7), Verdict::Replay);
  EXPECT_EQ(recover(7), Verdict::Replay);
  EXPECT_EQ(recover(0), Verdict::Replay);
  EXPECT_THAT(set_aside_, ElementsAre(7U));
}

TEST_F(RecoveryMarkerTest, SaysWhyItCannotBeOpened) {
  const auto marker = RecoveryMarker::open(folder_ / "none" / "marker");
  ASSERT_FALSE(marker);
  EXPECT_THAT(marker.error(), testing::HasSubstr("none/marker: No such file"));
}

}  // namespace
}  // namespace app
