#include "media/folder_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>
#include <system_error>
#include <utility>

#include "base/text.h"
#include "media/frame.h"

namespace media {
namespace {

namespace fs = std::filesystem;

// What stands in a folder of music beside the music (licences, lists) is not worth a warning.
constexpr std::array<std::string_view, 11> kSuffixes = {
    ".wav", ".mp3", ".flac", ".ogg", ".oga", ".opus", ".au", ".aif", ".aiff", ".caf", ".w64"};
// How often a folder without music is looked at again.
constexpr std::int64_t kEmptySamples = std::int64_t{30} * kSampleRate;
// Files that are tried before something is given to hear: a folder of bad files is no reason to
// keep other sounds waiting.
constexpr int kTriesMax = 20;
constexpr std::int64_t kPauseSamples = kSampleRate / 2;
// Warnings that are remembered; a folder whose files change names all the time makes no more.
constexpr std::size_t kWarnedMax = 1000;

bool is_music(const fs::directory_entry& entry) {
  std::error_code error;
  const std::string suffix = base::to_lower(entry.path().extension().string());
  return std::find(kSuffixes.begin(), kSuffixes.end(), suffix) != kSuffixes.end() &&
         entry.is_regular_file(error);
}

std::vector<fs::path> music_in(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  std::size_t looked_at = 0;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    if (++looked_at > 10 * FolderSource::kFilesMax) break;
    if (is_music(*entry)) files.push_back(entry->path());
    if (files.size() == FolderSource::kFilesMax) break;
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

FolderSource::FolderSource(call::LocalStream settings, Open open, Warn warn, std::uint64_t random)
    : settings_(std::move(settings)),
      open_(std::move(open)),
      warn_(std::move(warn)),
      random_(random),
      until_chime_(settings_.chimes.empty() || settings_.chime_seconds == 0
                       ? -1
                       : std::int64_t{settings_.chime_seconds} * kSampleRate) {}

std::size_t FolderSource::read(std::span<std::int16_t> out) {
  std::size_t made = 0;
  while (made < out.size()) {
    if (until_chime_ == 0) begin_chime();
    const std::size_t left = out.size() - made;
    // The chime's beginning is a border of what is read at once.
    const std::size_t some =
        until_chime_ > 0 ? std::min(left, static_cast<std::size_t>(until_chime_)) : left;
    const auto piece = out.subspan(made, some);
    const std::size_t got = chime_ ? read_chime(piece) : read_music(piece);
    if (until_chime_ > 0) until_chime_ -= static_cast<std::int64_t>(got);
    made += got;
  }
  return made;
}

// Returns: at least something, unless a file has just ended.
std::size_t FolderSource::read_music(std::span<std::int16_t> out) {
  if (silence_left_ > 0) {
    const auto some = std::min(out.size(), static_cast<std::size_t>(silence_left_));
    std::fill_n(out.begin(), some, std::int16_t{0});
    silence_left_ -= static_cast<std::int64_t>(some);
    return some;
  }
  if (!music_ && !open_next()) return 0;
  const std::size_t got = music_->read(out);
  round_has_sound_ = round_has_sound_ || got > 0;
  if (got == out.size()) return got;
  if (const std::string why = music_->failure(); !why.empty()) warn_once(why);
  music_.reset();
  silence_left_ = std::int64_t{settings_.interval_ms} * kSamplesPerMs;
  return got;
}

// Returns: false when there is silence first.
bool FolderSource::open_next() {
  for (int tries = 0; tries < kTriesMax; ++tries) {
    if (next_ == files_.size()) begin_round();
    if (silence_left_ > 0) return false;
    const fs::path& file = files_[next_++];
    auto source = open_(file.string());
    if (source) {
      music_ = std::move(*source);
      last_ = file;
      return true;
    }
    warn_once(source.error());
  }
  silence_left_ = kPauseSamples;
  return false;
}

// What came into the folder or went since the last round counts from now on.
void FolderSource::begin_round() {
  const bool had_sound = std::exchange(round_has_sound_, false);
  files_ = music_in(settings_.path);
  next_ = 0;
  if (files_.empty() || !had_sound) {
    warn_once(fmt::format("local stream {}: nothing to play in {}; silence", settings_.name,
                          settings_.path));
    silence_left_ = kEmptySamples;
    // The next round may be silent as this one was, but it is tried.
    round_has_sound_ = files_.empty();
  }
  if (settings_.shuffle) draw_order();
}

void FolderSource::draw_order() {
  for (std::size_t left = files_.size(); left > 1; --left) {
    std::swap(files_[left - 1], files_[random_.below(left)]);
  }
  // Nobody wants the same piece twice in a row.
  if (files_.size() > 1 && files_.front() == last_) std::swap(files_.front(), files_.back());
}

void FolderSource::begin_chime() {
  until_chime_ = std::int64_t{settings_.chime_seconds} * kSampleRate;
  const std::string& sound = settings_.chimes[next_chime_++ % settings_.chimes.size()];
  auto source = open_(sound);
  if (!source) return warn_once(fmt::format("local stream {}: {}", settings_.name, source.error()));
  chime_ = std::move(*source);
  chime_left_ = settings_.chime_seconds_max == 0
                    ? std::numeric_limits<std::int64_t>::max()
                    : std::int64_t{settings_.chime_seconds_max} * kSampleRate;
}

std::size_t FolderSource::read_chime(std::span<std::int16_t> out) {
  const auto wanted = std::min(out.size(), static_cast<std::size_t>(chime_left_));
  const std::size_t got = chime_->read(out.first(wanted));
  chime_left_ -= static_cast<std::int64_t>(got);
  if (got < wanted || chime_left_ == 0) chime_.reset();
  return got;
}

void FolderSource::warn_once(const std::string& line) {
  if (warned_.size() < kWarnedMax && warned_.insert(line).second) warn_(line);
}

}  // namespace media
