#include "media/recording_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sndfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "base/log.h"
#include "base/text.h"
#include "media/file_descriptor.h"
#include "media/frame.h"
#include "media/wav_header.h"

namespace media {
namespace {

// Recordings are of people: nobody but the owner and its group may read them. The umask takes more.
constexpr mode_t kFileMode = 0640;
constexpr mode_t kFolderMode = 0750;
// How much sound may be missing in the header of a file that grows.
constexpr std::int64_t kHeaderSamples = kSampleRate;
constexpr std::size_t kSilenceChunk = 4096;

struct Kind {
  std::string_view extension;
  int format;
  // Whether more can be put behind what is in the file.
  bool can_grow;
};

constexpr std::array kKinds = {
    Kind{".wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, true},
    Kind{".flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_16, false},
    Kind{".ogg", SF_FORMAT_OGG | SF_FORMAT_VORBIS, false},
    Kind{".mp3", SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III, false},
    Kind{".au", SF_FORMAT_AU | SF_FORMAT_PCM_16, true},
    Kind{".aiff", SF_FORMAT_AIFF | SF_FORMAT_PCM_16, true},
    Kind{".pcmu", SF_FORMAT_RAW | SF_FORMAT_ULAW, true},
    Kind{".ul", SF_FORMAT_RAW | SF_FORMAT_ULAW, true},
    Kind{".pcma", SF_FORMAT_RAW | SF_FORMAT_ALAW, true},
    Kind{".al", SF_FORMAT_RAW | SF_FORMAT_ALAW, true},
    Kind{".raw", SF_FORMAT_RAW | SF_FORMAT_PCM_16, true},
};

const Kind& kind_of(const std::filesystem::path& path) {
  const std::string extension = base::to_lower(path.extension().string());
  const auto* const found = std::find_if(
      kKinds.begin(), kKinds.end(), [&](const Kind& kind) { return kind.extension == extension; });
  if (found != kKinds.end()) return *found;
  base::log_warning(base::LogSubject{base::LogArea::Media},
                    "{}: '{}' is no kind of sound file that can be written; it becomes wav",
                    path.string(), extension);
  return kKinds.front();
}

std::string system_error(int error) {
  return std::generic_category().message(error);
}

base::Result<void> make_folders(const std::filesystem::path& folder) {
  std::filesystem::path made;
  for (const auto& part : folder) {
    made /= part;
    if (::mkdir(made.c_str(), kFolderMode) == 0 || errno == EEXIST) continue;
    const int error = errno;
    std::error_code ignored;
    if (std::filesystem::is_directory(made, ignored)) continue;
    return base::failure(fmt::format("{}: {}", made.string(), system_error(error)));
  }
  return {};
}

// What is open, and whether sound was in it.
struct Opened {
  FileDescriptor fd;
  RecordingFile::Identity identity;
  bool is_empty = true;
};

// Not emptied yet: it may be one that must not be.
base::Result<Opened> open_file(const std::filesystem::path& path) {
  if (const auto made = make_folders(path.parent_path()); !made) {
    return base::failure(made.error());
  }
  Opened opened{.fd = FileDescriptor(::open(
                    path.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC,
                    kFileMode)),
                .identity = {}};
  struct stat facts {};
  if (!opened.fd || ::fstat(opened.fd.get(), &facts) != 0) {
    return base::failure(fmt::format("{}: {}", path.string(), system_error(errno)));
  }
  if (!S_ISREG(facts.st_mode)) return base::failure(path.string() + ": not a file");
  opened.identity = {facts.st_dev, facts.st_ino};
  opened.is_empty = facts.st_size == 0;
  return opened;
}

// Beside a file that cannot grow: NAME-2.EXTENSION and so on.
std::filesystem::path free_name_beside(const std::filesystem::path& path) {
  std::error_code ignored;
  for (int number = 2;; ++number) {
    auto name = path.parent_path() /
                fmt::format("{}-{}{}", path.stem().string(), number, path.extension().string());
    if (!std::filesystem::exists(name, ignored)) return name;
  }
}

}  // namespace

void RecordingFile::Close::operator()(sf_private_tag* file) const {
  ::sf_close(file);
}

RecordingFile::~RecordingFile() = default;

base::Result<std::unique_ptr<RecordingFile>> RecordingFile::open(
    const call::StartRecording& order, std::span<const Identity> being_written) {
  std::filesystem::path path = order.path;
  const Kind& kind = kind_of(path);
  bool grows = order.existing == call::StartRecording::Existing::Continued;
  std::error_code ignored;
  if (grows && !kind.can_grow && std::filesystem::file_size(path, ignored) > 0 && !ignored) {
    path = free_name_beside(path);
    base::log_warning(base::LogSubject{base::LogArea::Media, order.leg},
                      "{} cannot be continued; {} follows it", order.path, path.string());
  }
  auto opened = open_file(path);
  if (!opened) return base::failure(opened.error());
  if (std::find(being_written.begin(), being_written.end(), opened->identity) !=
      being_written.end()) {
    return base::failure(path.string() + ": another recording is being written into it");
  }
  grows = grows && !opened->is_empty;
  if (grows && kind.extension == ".wav") mend_wav_header(opened->fd.get());
  if (!grows && ::ftruncate(opened->fd.get(), 0) != 0) {
    return base::failure(fmt::format("{}: {}", path.string(), system_error(errno)));
  }

  std::unique_ptr<RecordingFile> file(new RecordingFile());
  file->channels_ = order.channels == call::StartRecording::Channels::Mixed ? 1 : 2;
  file->identity_ = opened->identity;
  file->was_there_ = grows;
  file->path_ = path;
  const bool is_raw = (kind.format & SF_FORMAT_TYPEMASK) == SF_FORMAT_RAW;
  file->has_header_ = kind.can_grow && !is_raw;
  SF_INFO info{};
  if (!grows || is_raw) {
    info.samplerate = kSampleRate;
    info.channels = file->channels_;
    info.format = kind.format;
  }
  file->file_.reset(
      ::sf_open_fd(opened->fd.release(), grows ? SFM_RDWR : SFM_WRITE, &info, SF_TRUE));
  if (!file->file_) {
    return base::failure(fmt::format("{}: {}", path.string(), ::sf_strerror(nullptr)));
  }
  if (info.samplerate != kSampleRate || info.channels != file->channels_) {
    return base::failure(path.string() + ": holds sound of another form");
  }
  if (grows) ::sf_seek(file->file_.get(), 0, SEEK_END);
  return file;
}

base::Result<void> RecordingFile::write(std::span<const std::int16_t> sound) {
  const auto count = static_cast<sf_count_t>(sound.size());
  const sf_count_t written = ::sf_write_short(file_.get(), sound.data(), count);
  samples_ += std::max<sf_count_t>(written, 0) / channels_;
  if (written != count) {
    return base::failure(fmt::format("{}: {}", path_.string(), ::sf_strerror(file_.get())));
  }
  if (has_header_ && samples_ - header_at_ >= kHeaderSamples) {
    header_at_ = samples_;
    ::sf_command(file_.get(), SFC_UPDATE_HEADER_NOW, nullptr, 0);
  }
  return {};
}

base::Result<void> RecordingFile::write_silence(std::int64_t samples) {
  constexpr std::array<std::int16_t, kSilenceChunk> kSilence{};
  std::int64_t left = samples * channels_;
  while (left > 0) {
    const auto some = std::min<std::int64_t>(left, kSilence.size());
    const auto written = write(std::span(kSilence).first(static_cast<std::size_t>(some)));
    if (!written) return written;
    left -= some;
  }
  return {};
}

void RecordingFile::discard() {
  if (!was_there_) ::unlink(path_.c_str());
}

}  // namespace media
