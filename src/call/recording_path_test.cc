#include "call/recording_path.h"

#include <gtest/gtest.h>

namespace call {
namespace {

const std::map<std::string, std::string> kGlobals = {{"recordings_dir", "/var/recordings"}};

std::string path_of(std::string_view path) {
  const auto result = recording_path(path, kGlobals);
  return result ? *result : "refused";
}

TEST(RecordingPath, IsAsWrittenWhenItIsAbsolute) {
  EXPECT_EQ(path_of("/tmp/a b.wav"), "/tmp/a b.wav");
}

TEST(RecordingPath, LiesInTheRecordingsFolderWhenItIsRelative) {
  EXPECT_EQ(path_of("2026/11/x.wav"), "/var/recordings/2026/11/x.wav");
  EXPECT_FALSE(recording_path("x.wav", {}));
  EXPECT_FALSE(recording_path("x.wav", {{"recordings_dir", "here"}}));
}

TEST(RecordingPath, NeverLeadsUp) {
  for (const char* path : {"../x.wav", "a/../../x.wav", "/var/../etc/x.wav", "..", "a/.."}) {
    EXPECT_EQ(path_of(path), "refused") << path;
  }
  EXPECT_EQ(path_of("a..b/..x.wav"), "/var/recordings/a..b/..x.wav");
}

TEST(RecordingPath, NamesAFileWithoutControlCharacters) {
  using std::string_literals::operator""s;
  for (const auto& path : {""s, " "s, "a/"s, "a\0b.wav"s, "a\nb.wav"s, "a\x7f.wav"s,
                           std::string(kRecordingPathLengthMax + 1, 'a')}) {
    EXPECT_EQ(path_of(path), "refused");
  }
}

TEST(RecordingPath, TakesFromTheCallerOnlyPartsOfNames) {
  EXPECT_EQ(as_part_of_name("6001"), "6001");
  EXPECT_EQ(as_part_of_name("../../etc/passwd"), "_._.._etc_passwd");
  EXPECT_EQ(as_part_of_name(".."), "_.");
  EXPECT_EQ(as_part_of_name("/etc/cron.d/x\n"), "_etc_cron.d_x_");
  EXPECT_EQ(as_part_of_name("Zoë \\ Smith"), "Zoë _ Smith");
}

}  // namespace
}  // namespace call
