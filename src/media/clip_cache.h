// Recent clips, given again while their files are unchanged. The loader's thread only.
#pragma once

#include <cstdint>
#include <filesystem>
#include <list>
#include <memory>

#include "media/clip.h"

namespace media {

class ClipCache {
 public:
  // About two hours of recent clips.
  static constexpr std::size_t kBytesMax = std::size_t{128} * 1024 * 1024;

  // nullptr when there is none, or its file has changed since.
  std::shared_ptr<const Clip> find(const std::filesystem::path& path);
  // The clip of this file as it is now; the oldest ones are forgotten for it.
  std::shared_ptr<const Clip> keep(const std::filesystem::path& path, Clip clip);

 private:
  // Of a clip and its file as it was; the most recently used stands first.
  struct Kept {
    std::filesystem::path path;
    std::filesystem::file_time_type written;
    std::uintmax_t bytes = 0;
    std::shared_ptr<const Clip> clip;  // Owned with all who play it.
  };
  static Kept facts_of(const std::filesystem::path& path);
  void forget_oldest();

  std::list<Kept> kept_;
};

}  // namespace media
