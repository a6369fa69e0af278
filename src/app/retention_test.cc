#include "app/retention.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <set>

namespace app {
namespace {

namespace fs = std::filesystem;
using std::chrono::hours;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class RetentionTest : public ::testing::Test {
 protected:
  RetentionTest() {
    std::string pattern = (fs::temp_directory_path() / "retention_XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
  }
  ~RetentionTest() override { fs::remove_all(folder_); }

  void put(const std::string& name, hours age, std::size_t bytes = 10) {
    const fs::path path = folder_ / name;
    fs::create_directories(path.parent_path());
    std::ofstream(path) << std::string(bytes, 'x');
    fs::last_write_time(path, now_ - age);
  }
  std::set<std::string> names() const {
    std::set<std::string> names;
    for (const auto& entry : fs::recursive_directory_iterator(folder_)) {
      names.insert(fs::relative(entry.path(), folder_).string());
    }
    return names;
  }
  Swept sweep_now(const KeepBounds& keep) const { return sweep(folder_, keep, now_); }

  fs::path folder_;
  const fs::file_time_type now_ = fs::file_time_type::clock::now();
};

TEST_F(RetentionTest, WhatIsTooOldGoes) {
  put("old.wav", hours(49));
  put("young.wav", hours(47));

  const Swept swept = sweep_now({.age = hours(48)});

  EXPECT_EQ(swept.files, 1u);
  EXPECT_EQ(swept.bytes, 10u);
  EXPECT_THAT(names(), ElementsAre("young.wav"));
}

TEST_F(RetentionTest, OfTooMuchTheOldestGo) {
  put("1", hours(5), 40);
  put("2", hours(4), 40);
  put("3", hours(3), 40);

  EXPECT_EQ(sweep_now({.bytes = 100}).files, 1u);
  EXPECT_THAT(names(), ElementsAre("2", "3"));
}

TEST_F(RetentionTest, WhatMayBeInUseStays) {
  put("growing.wav", hours(0), 1000);
  put("finished.wav", hours(2), 10);

  EXPECT_EQ(sweep_now({.age = hours(1), .bytes = 1}).files, 1u);
  EXPECT_THAT(names(), ElementsAre("growing.wav"));
}

TEST_F(RetentionTest, FoldersThatAreEmptyThenGoToo) {
  put("2026/10/a.wav", hours(99));
  put("2026/11/b.wav", hours(1));

  sweep_now({.age = hours(48)});

  EXPECT_THAT(names(), ElementsAre("2026", "2026/11", "2026/11/b.wav"));
}

TEST_F(RetentionTest, LinksAreNeitherFollowedNorRemoved) {
  put("elsewhere/precious", hours(99));
  fs::create_directory(folder_ / "swept");
  fs::create_symlink(folder_ / "elsewhere", folder_ / "swept/folder");
  fs::create_symlink(folder_ / "elsewhere/precious", folder_ / "swept/file");

  EXPECT_EQ(sweep(folder_ / "swept", {.age = hours(48)}, now_).files, 0u);
  EXPECT_TRUE(fs::exists(folder_ / "elsewhere/precious"));
}

TEST_F(RetentionTest, WithoutBoundsAndWithoutAFolderNothingGoes) {
  put("old", hours(9999), 1000);

  EXPECT_EQ(sweep_now({}).files, 0u);
  const Swept nowhere = sweep(folder_ / "nowhere", {.age = hours(1)}, now_);
  EXPECT_EQ(nowhere.files, 0u);
  EXPECT_THAT(nowhere.problems, IsEmpty());
}

}  // namespace
}  // namespace app
