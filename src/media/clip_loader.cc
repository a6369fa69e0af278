#include "media/clip_loader.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <exception>
#include <system_error>
#include <utility>

#include "base/thread_name.h"
#include "media/sound_file.h"
#include "media/sound_path.h"

namespace media {

ClipLoader::ClipLoader(std::filesystem::path sound_prefix, Answer answer)
    : sound_prefix_(std::move(sound_prefix)),
      answer_(std::move(answer)),
      requests_(kRequestsMax),
      thread_([this] { run(); }) {}

ClipLoader::~ClipLoader() {
  stopping_ = true;
  requests_.interrupt();
  thread_.join();
}

void ClipLoader::run() {
  base::name_this_thread("clips");
  // The wait has no purpose of its own; interrupt() ends it.
  constexpr std::chrono::hours kWait{1};
  while (!stopping_) {
    for (ClipRequest& request : requests_.take(std::chrono::steady_clock::now() + kWait)) {
      if (stopping_) return;
      answer_({.number = request.number, .clip = find(request.name)});
    }
  }
}

ClipLoader::LoadedClip ClipLoader::find(const std::string& name) {
  const auto paths = sound_paths(sound_prefix_, name);
  if (!paths) return base::failure(paths.error());
  for (const std::filesystem::path& path : *paths) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error)) continue;
    auto clip = read(path);
    if (!clip) return base::failure(fmt::format("{}: {}", path.string(), clip.error()));
    return clip;
  }
  return base::failure(fmt::format("{}: no such file", paths->front().string()));
}

ClipLoader::LoadedClip ClipLoader::read(const std::filesystem::path& path) {
  std::error_code error;
  Kept file{.path = path,
            .written = std::filesystem::last_write_time(path, error),
            .bytes = std::filesystem::file_size(path, error),
            .clip = nullptr};
  if (auto clip = kept(file)) return clip;

  try {
    auto decoded = read_sound_file(path);
    if (!decoded) return base::failure(decoded.error());
    file.clip = std::make_shared<const Clip>(std::move(*decoded));
  } catch (const std::exception& failure) {
    // Out of memory, most likely: this sound is not played, the calls go on.
    return base::failure(std::string(failure.what()));
  }
  kept_.push_front(std::move(file));
  auto clip = kept_.front().clip;
  forget_oldest();
  return clip;
}

std::shared_ptr<const Clip> ClipLoader::kept(const Kept& file) {
  const auto found = std::find_if(kept_.begin(), kept_.end(),
                                  [&](const Kept& other) { return other.path == file.path; });
  if (found == kept_.end()) return nullptr;
  if (found->written != file.written || found->bytes != file.bytes) {
    kept_.erase(found);
    return nullptr;
  }
  kept_.splice(kept_.begin(), kept_, found);
  return kept_.front().clip;
}

void ClipLoader::forget_oldest() {
  std::size_t bytes = 0;
  for (auto item = kept_.begin(); item != kept_.end(); ++item) {
    bytes += item->clip->samples.size() * sizeof(std::int16_t);
    if (bytes > kMemoryMax) {
      kept_.erase(item, kept_.end());
      return;
    }
  }
}

}  // namespace media
