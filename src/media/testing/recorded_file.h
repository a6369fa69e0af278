// For tests: what is in the file of a recording.
#pragma once

#include <gtest/gtest.h>
#include <sndfile.h>

#include <cstdint>
#include <filesystem>
#include <vector>

namespace media::testing {

struct RecordedFile {
  int rate = 0;
  int channels = 0;
  std::vector<std::int16_t> samples;  // Of all channels in turn.

  std::vector<std::int16_t> channel(int number) const {
    std::vector<std::int16_t> one;
    for (auto at = static_cast<std::size_t>(number); at < samples.size();
         at += static_cast<std::size_t>(channels)) {
      one.push_back(samples[at]);
    }
    return one;
  }
  std::int64_t milliseconds() const {
    return channels == 0 ? 0 : static_cast<std::int64_t>(samples.size()) / channels / 8;
  }
};

inline RecordedFile read_recorded(const std::filesystem::path& path) {
  SF_INFO info{};
  SNDFILE* file = ::sf_open(path.c_str(), SFM_READ, &info);
  EXPECT_NE(file, nullptr) << path;
  if (file == nullptr) return {};
  RecordedFile recorded{.rate = info.samplerate, .channels = info.channels, .samples = {}};
  recorded.samples.resize(static_cast<std::size_t>(info.frames * info.channels));
  const auto count = static_cast<sf_count_t>(recorded.samples.size());
  EXPECT_EQ(::sf_read_short(file, recorded.samples.data(), count), count);
  ::sf_close(file);
  return recorded;
}

}  // namespace media::testing
