// Decodes sound files on a thread of its own, so that no packet waits for a disk.
//
// One file at a time, in the order of asking. Recent clips are kept, within kMemoryMax, and given
// again while the file is unchanged. load() is for the worker's thread; answers come on the
// loader's.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <list>
#include <memory>
#include <string>
#include <thread>

#include "base/inbox.h"
#include "base/result.h"
#include "media/clip.h"

namespace media {

struct ClipRequest {
  std::uint64_t number = 0;  // The asker's, comes back with the answer.
  std::string name;          // As sound_paths() takes it.
};

struct ClipAnswer {
  std::uint64_t number = 0;
  base::Result<std::shared_ptr<const Clip>> clip;
};

class ClipLoader {
 public:
  // More files than can be asked for while one is decoded; then a sound is Unplayable.
  static constexpr std::size_t kRequestsMax = 4096;
  // About two hours of recent clips.
  static constexpr std::size_t kMemoryMax = std::size_t{128} * 1024 * 1024;

  using Answer = std::function<void(ClipAnswer)>;
  ClipLoader(std::filesystem::path sound_prefix, Answer answer);
  // Stops behind the file being decoded; requests that wait are dropped.
  ~ClipLoader();
  ClipLoader(const ClipLoader&) = delete;
  ClipLoader& operator=(const ClipLoader&) = delete;

  // Returns: false when too many requests wait.
  bool load(ClipRequest request) { return requests_.put(std::move(request)); }

 private:
  using LoadedClip = base::Result<std::shared_ptr<const Clip>>;
  // A clip and the file as it was, most recently used first.
  struct Kept {
    std::filesystem::path path;
    std::filesystem::file_time_type written;
    std::uintmax_t bytes = 0;
    std::shared_ptr<const Clip> clip;
  };

  void run();
  LoadedClip find(const std::string& name);
  LoadedClip read(const std::filesystem::path& path);
  std::shared_ptr<const Clip> kept(const Kept& file);
  void forget_oldest();

  const std::filesystem::path sound_prefix_;
  const Answer answer_;
  base::Inbox<ClipRequest> requests_;
  std::list<Kept> kept_;
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace media
