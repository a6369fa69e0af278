#include "media/recording_file.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <fstream>

#include "media/testing/goertzel.h"
#include "media/testing/recorded_file.h"
#include "media/testing/scratch_dir.h"

namespace media {
namespace {

using Existing = call::StartRecording::Existing;
using testing::read_recorded;

class RecordingFileTest : public ::testing::Test {
 protected:
  auto open(const std::filesystem::path& path, Existing existing = Existing::Replaced) {
    call::StartRecording order;
    order.path = path;
    order.existing = existing;
    return RecordingFile::open(order, {});
  }
  static std::string why_not(const base::Result<std::unique_ptr<RecordingFile>>& file) {
    return file ? "made" : file.error();
  }
  static mode_t mode_of(const std::filesystem::path& path) {
    struct stat facts {};
    EXPECT_EQ(::stat(path.c_str(), &facts), 0) << path;
    return facts.st_mode & 0777;
  }

  const testing::ScratchDir scratch_;
  const std::vector<std::int16_t> second_ = testing::sine(700, kSampleRate);
};

TEST_F(RecordingFileTest, MakesItsFoldersAndIsForItsOwnerAndGroupOnly) {
  const auto path = scratch_ / "2026/11/x.wav";

  auto file = open(path);
  ASSERT_TRUE(file) << file.error();
  ASSERT_TRUE((*file)->write(second_));
  file->reset();

  EXPECT_EQ(mode_of(path) & 0137, 0u);
  EXPECT_EQ(mode_of(scratch_ / "2026") & 0027, 0u);
  const auto recorded = read_recorded(path);
  EXPECT_EQ(recorded.rate, 8000);
  EXPECT_EQ(recorded.channels, 1);
  EXPECT_EQ(recorded.samples, second_);
}

TEST_F(RecordingFileTest, IsOfTheKindThatItsNameSays) {
  for (const char* name : {"x.flac", "x.ogg", "x.au", "x.AIFF", "x.mp3", "x.unknown", "x"}) {
    auto file = open(scratch_ / name);
    ASSERT_TRUE(file) << file.error();
    for (int n = 0; n < 3; ++n) ASSERT_TRUE((*file)->write(second_)) << name;
    file->reset();
    const auto recorded = read_recorded(scratch_ / name);
    EXPECT_EQ(recorded.rate, 8000) << name;
    EXPECT_NEAR(static_cast<double>(recorded.samples.size()), 3.0 * kSampleRate, 3000) << name;
    EXPECT_GT(testing::tone_share(recorded.samples, 700), 0.9) << name;
  }
  ASSERT_TRUE(open(scratch_ / "x.pcmu").value()->write(second_));
  EXPECT_EQ(std::filesystem::file_size(scratch_ / "x.pcmu"), second_.size());
}

TEST_F(RecordingFileTest, CanBeReadWhileItGrows) {
  auto file = open(scratch_ / "x.wav");
  ASSERT_TRUE(file) << file.error();
  for (int n = 0; n < 3; ++n) ASSERT_TRUE((*file)->write(second_));

  EXPECT_GE(read_recorded(scratch_ / "x.wav").samples.size(), 2u * kSampleRate);
}

TEST_F(RecordingFileTest, GoesOnBehindAllThatAProcessBeforeItWrote) {
  // As it lies there after the process died: longer than its header says, torn in a sample.
  auto dead = open(scratch_ / "dead.wav");
  ASSERT_TRUE(dead) << dead.error();
  for (int n = 0; n < 3; ++n) ASSERT_TRUE((*dead)->write(second_));
  ASSERT_TRUE((*dead)->write(std::span(second_).first(500)));
  std::filesystem::copy_file(scratch_ / "dead.wav", scratch_ / "x.wav");
  std::ofstream(scratch_ / "x.wav", std::ios::app) << '\1';

  auto file = open(scratch_ / "x.wav", Existing::Continued);
  ASSERT_TRUE(file) << file.error();
  ASSERT_TRUE((*file)->write(second_));
  EXPECT_EQ((*file)->samples(), kSampleRate);
  (*file)->discard();  // Not what was there before.
  file->reset();

  const auto recorded = read_recorded(scratch_ / "x.wav");
  ASSERT_EQ(recorded.samples.size(), 4u * kSampleRate + 500u);
  EXPECT_TRUE(std::equal(second_.begin(), second_.end(), recorded.samples.end() - kSampleRate));
}

TEST_F(RecordingFileTest, BeginsWhenThereIsNothingToContinue) {
  for (const char* name : {"x.wav", "x.flac", "x.pcmu"}) {
    auto file = open(scratch_ / name, Existing::Continued);
    ASSERT_TRUE(file) << file.error();
    ASSERT_TRUE((*file)->write(second_));
  }
  EXPECT_EQ(read_recorded(scratch_ / "x.wav").samples, second_);
}

TEST_F(RecordingFileTest, LeavesAFileThatCannotGrowAsItIs) {
  ASSERT_TRUE(open(scratch_ / "x.flac").value()->write(second_));

  ASSERT_TRUE(open(scratch_ / "x.flac", Existing::Continued).value()->write(second_));

  EXPECT_EQ(read_recorded(scratch_ / "x.flac").samples, second_);
  EXPECT_EQ(read_recorded(scratch_ / "x-2.flac").samples, second_);
}

TEST_F(RecordingFileTest, RefusesWhatIsNoFileOfItsOwn) {
  std::filesystem::create_directory(scratch_ / "folder.wav");
  std::ofstream(scratch_ / "other.txt") << "not to be touched";
  std::filesystem::create_symlink(scratch_ / "other.txt", scratch_ / "link.wav");
  ASSERT_EQ(::mkfifo((scratch_ / "pipe.wav").c_str(), 0600), 0);

  for (const char* name : {"folder.wav", "link.wav", "pipe.wav", "other.txt/x.wav"}) {
    EXPECT_NE(why_not(open(scratch_ / name)), "made") << name;
  }
  EXPECT_NE(why_not(open("/dev/full")), "made");
  EXPECT_NE(why_not(open(scratch_ / std::string(300, 'x'))), "made");
  EXPECT_EQ(std::filesystem::file_size(scratch_ / "other.txt"), 17u);
}

TEST_F(RecordingFileTest, RefusesToContinueSoundOfAnotherForm) {
  testing::write_wav(scratch_ / "x.wav", second_, {.rate = 44'100, .channels = 2});

  EXPECT_NE(why_not(open(scratch_ / "x.wav", Existing::Continued)), "made");
  EXPECT_EQ(read_recorded(scratch_ / "x.wav").samples, second_);
}

TEST_F(RecordingFileTest, RefusesAFileThatIsBeingWritten) {
  const auto first = open(scratch_ / "x.wav");
  ASSERT_TRUE(first) << first.error();
  call::StartRecording order;
  order.path = scratch_ / "./x.wav";

  const std::array written = {(*first)->identity()};
  const auto second = RecordingFile::open(order, written);

  EXPECT_NE(why_not(second).find("another recording"), std::string::npos);
}

// A limit of the process on the size of files is what a full disk is to it.
class SmallDisk {
 public:
  explicit SmallDisk(rlim_t bytes) : ignored_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit small{bytes, before_.rlim_max};
    EXPECT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  }
  ~SmallDisk() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, ignored_);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

 private:
  rlimit before_{};
  void (*ignored_)(int);
};

TEST_F(RecordingFileTest, SaysThatTheDiskIsFullAndKeepsWhatIsThere) {
  const SmallDisk disk(40'000);
  auto file = open(scratch_ / "x.wav");
  ASSERT_TRUE(file) << file.error();
  ASSERT_TRUE((*file)->write(second_));
  ASSERT_TRUE((*file)->write(second_));

  const auto written = (*file)->write(second_);

  ASSERT_FALSE(written);
  EXPECT_NE(written.error().find("x.wav: "), std::string::npos);
  file->reset();
  EXPECT_GE(read_recorded(scratch_ / "x.wav").samples.size(), 2u * kSampleRate);
}

}  // namespace
}  // namespace media
