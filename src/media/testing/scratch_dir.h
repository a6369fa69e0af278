// For tests: a directory of its own that is gone with the test, and sound files in it.
#pragma once

#include <gtest/gtest.h>
#include <sndfile.h>
#include <stdlib.h>

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace media::testing {

class ScratchDir {
 public:
  ScratchDir() {
    std::string name = (std::filesystem::temp_directory_path() / "rm-media-XXXXXX").string();
    if (::mkdtemp(name.data()) != nullptr) path_ = name;
    EXPECT_FALSE(path_.empty());
  }
  ~ScratchDir() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }
  ScratchDir(const ScratchDir&) = delete;
  ScratchDir& operator=(const ScratchDir&) = delete;

  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

struct WavFormat {
  int rate = 8000;
  int channels = 1;
  int kind = SF_FORMAT_WAV | SF_FORMAT_PCM_16;
};

// Writes interleaved samples, as 16-bit wav unless another kind is named; folders are made.
inline void write_wav(const std::filesystem::path& path, std::span<const std::int16_t> samples,
                      WavFormat format = {}) {
  std::filesystem::create_directories(path.parent_path());
  SF_INFO info{};
  info.samplerate = format.rate;
  info.channels = format.channels;
  info.format = format.kind;
  SNDFILE* file = ::sf_open(path.c_str(), SFM_WRITE, &info);
  ASSERT_NE(file, nullptr) << path;
  const auto count = static_cast<sf_count_t>(samples.size());
  // As parts of the loudest: what a kind makes of integers differs.
  std::vector<float> parts;
  for (const std::int16_t sample : samples) parts.push_back(static_cast<float>(sample) / 32768);
  EXPECT_EQ(::sf_write_float(file, parts.data(), count), count);
  ::sf_close(file);
}

}  // namespace media::testing
