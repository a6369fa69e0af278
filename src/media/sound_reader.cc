#include "media/sound_reader.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sndfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <string>
#include <system_error>
#include <utility>

#include "media/frame.h"

namespace media {
namespace {

constexpr int kChannelsMax = 16;
constexpr sf_count_t kChunkFrames = 4096;

struct CloseSound {
  void operator()(SNDFILE* file) const { ::sf_close(file); }
};
using SoundHandle = std::unique_ptr<SNDFILE, CloseSound>;

std::string system_error(int error) {
  return std::generic_category().message(error);
}

// A pipe or a device would block or never end, so the name alone does not decide.
base::Result<int> open_regular(const std::filesystem::path& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  if (fd < 0) return base::failure(system_error(errno));
  struct stat facts {};
  if (::fstat(fd, &facts) == 0 && S_ISREG(facts.st_mode)) return fd;
  ::close(fd);
  return base::failure(std::string("not a file"));
}

}  // namespace

struct SoundReader::Decoder {
  SF_INFO info{};
  SoundHandle file;
};

base::Result<std::unique_ptr<SoundReader>> SoundReader::open(const std::filesystem::path& path) {
  const auto fd = open_regular(path);
  if (!fd) return base::failure(fd.error());
  auto decoder = std::make_unique<Decoder>();
  SF_INFO& info = decoder->info;
  decoder->file.reset(::sf_open_fd(*fd, SFM_READ, &info, SF_TRUE));
  if (!decoder->file) return base::failure(std::string(::sf_strerror(nullptr)));
  if (info.channels < 1 || info.channels > kChannelsMax || info.samplerate < Resampler::kRateMin ||
      info.samplerate > Resampler::kRateMax) {
    return base::failure(
        fmt::format("{} channels at {} Hz are not supported", info.channels, info.samplerate));
  }
  return std::unique_ptr<SoundReader>(new SoundReader(std::move(decoder)));
}

SoundReader::SoundReader(std::unique_ptr<Decoder> decoder)
    : decoder_(std::move(decoder)),
      resampler_(decoder_->info.samplerate),
      chunk_(static_cast<std::size_t>(kChunkFrames * decoder_->info.channels)) {}

SoundReader::~SoundReader() = default;

bool SoundReader::read_some(std::vector<std::int16_t>& out) {
  const sf_count_t got = ::sf_readf_float(decoder_->file.get(), chunk_.data(), kChunkFrames);
  if (got <= 0) {
    resampler_.finish(out);
    return false;
  }
  frames_read_ += static_cast<std::uint64_t>(got);
  mix_down(static_cast<std::size_t>(got));
  resampler_.push(mono_, out);
  return true;
}

// The mean of the channels: no sum of them can be louder than a sample holds. A file of floats may
// hold anything, even what is no number.
void SoundReader::mix_down(std::size_t frames) {
  const auto channels = static_cast<std::size_t>(decoder_->info.channels);
  mono_.clear();
  for (std::size_t frame = 0; frame < frames; ++frame) {
    float sum = 0;
    for (std::size_t channel = 0; channel < channels; ++channel) {
      sum += chunk_[frame * channels + channel];
    }
    sum /= static_cast<float>(channels);
    mono_.push_back(std::isfinite(sum) ? std::clamp(sum, -1.0F, 1.0F) : 0.0F);
  }
}

bool SoundReader::rewind() {
  resampler_ = Resampler(decoder_->info.samplerate);
  frames_read_ = 0;
  return ::sf_seek(decoder_->file.get(), 0, SEEK_SET) == 0;
}

std::uint64_t SoundReader::samples_promised() const {
  const SF_INFO& info = decoder_->info;
  const auto frames = static_cast<std::uint64_t>(std::max<sf_count_t>(info.frames, 0));
  const auto rate = static_cast<std::uint64_t>(info.samplerate);
  return frames / rate * kSampleRate + frames % rate * kSampleRate / rate;
}

bool SoundReader::is_cut() const {
  const SF_INFO& info = decoder_->info;
  if (info.frames < 0 || info.frames == SF_COUNT_MAX) return false;
  return frames_read_ + static_cast<std::uint64_t>(info.samplerate) <=
         static_cast<std::uint64_t>(info.frames);
}

}  // namespace media
