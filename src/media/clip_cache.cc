#include "media/clip_cache.h"

#include <algorithm>
#include <system_error>
#include <utility>

namespace media {

ClipCache::Kept ClipCache::facts_of(const std::filesystem::path& path) {
  std::error_code error;
  return {.path = path,
          .written = std::filesystem::last_write_time(path, error),
          .bytes = std::filesystem::file_size(path, error),
          .clip = nullptr};
}

std::shared_ptr<const Clip> ClipCache::find(const std::filesystem::path& path) {
  const auto found = std::find_if(kept_.begin(), kept_.end(),
                                  [&](const Kept& other) { return other.path == path; });
  if (found == kept_.end()) return nullptr;
  const Kept now = facts_of(path);
  if (found->written != now.written || found->bytes != now.bytes) {
    kept_.erase(found);
    return nullptr;
  }
  kept_.splice(kept_.begin(), kept_, found);
  return kept_.front().clip;
}

std::shared_ptr<const Clip> ClipCache::keep(const std::filesystem::path& path, Clip clip) {
  Kept file = facts_of(path);
  file.clip = std::make_shared<const Clip>(std::move(clip));
  auto kept = file.clip;
  kept_.push_front(std::move(file));
  forget_oldest();
  return kept;
}

void ClipCache::forget_oldest() {
  std::size_t bytes = 0;
  for (auto item = kept_.begin(); item != kept_.end(); ++item) {
    bytes += item->clip->samples.size() * sizeof(std::int16_t);
    if (bytes > kBytesMax) {
      kept_.erase(item, kept_.end());
      return;
    }
  }
}

}  // namespace media
