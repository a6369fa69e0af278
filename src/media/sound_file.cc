#include "media/sound_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sndfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <system_error>
#include <vector>

#include "media/resampler.h"

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
  const int fd = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) return base::failure(system_error(errno));
  struct stat facts {};
  if (::fstat(fd, &facts) == 0 && S_ISREG(facts.st_mode)) return fd;
  ::close(fd);
  return base::failure(std::string("not a file"));
}

// The mean of the channels: no sum of them can be louder than a sample holds.
void mix_down(const std::vector<float>& in, std::size_t frames, std::vector<float>& out) {
  const std::size_t channels = in.size() / kChunkFrames;
  out.clear();
  for (std::size_t frame = 0; frame < frames; ++frame) {
    float sum = 0;
    for (std::size_t channel = 0; channel < channels; ++channel) {
      sum += in[frame * channels + channel];
    }
    out.push_back(sum / static_cast<float>(channels));
  }
}

}  // namespace

base::Result<Clip> read_sound_file(const std::filesystem::path& path, std::size_t samples_max) {
  const auto fd = open_regular(path);
  if (!fd) return base::failure(fd.error());
  SF_INFO info{};
  const SoundHandle file(::sf_open_fd(*fd, SFM_READ, &info, SF_TRUE));
  if (!file) return base::failure(std::string(::sf_strerror(nullptr)));
  if (info.channels < 1 || info.channels > kChannelsMax || info.samplerate < Resampler::kRateMin ||
      info.samplerate > Resampler::kRateMax) {
    return base::failure(
        fmt::format("{} channels at {} Hz are not supported", info.channels, info.samplerate));
  }

  Clip clip;
  Resampler resampler(info.samplerate);
  std::vector<float> chunk(static_cast<std::size_t>(kChunkFrames * info.channels));
  std::vector<float> mono;
  while (true) {
    const sf_count_t got = ::sf_readf_float(file.get(), chunk.data(), kChunkFrames);
    if (got <= 0) break;
    mix_down(chunk, static_cast<std::size_t>(got), mono);
    resampler.push(mono, clip.samples);
    if (clip.samples.size() > samples_max) {
      return base::failure(fmt::format("longer than {} s", samples_max / kSampleRate));
    }
  }
  resampler.finish(clip.samples);
  if (clip.samples.empty()) return base::failure(std::string("no sound in it"));
  clip.samples.shrink_to_fit();
  return clip;
}

}  // namespace media
