// Opens and decodes sounds on a thread of its own, so that no packet waits for a disk.
//
// A short file is decoded at once, and played from memory. What is long or has several parts is
// decoded a little ahead of who hears it, in turns with all others. load() is for the worker's
// thread; answers come on the loader's, in the order of asking.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "base/inbox.h"
#include "base/result.h"
#include "media/prefetch.h"
#include "media/sample_source.h"
#include "media/sound_opener.h"

namespace media {

struct SoundAnswer {
  std::uint64_t number = 0;
  // For the worker to read; or why it cannot be played.
  base::Result<std::unique_ptr<SampleSource>> source;
};

class SoundLoader {
 public:
  // More sounds than can be asked for while one is opened; then a sound is Unplayable.
  static constexpr std::size_t kRequestsMax = 4096;
  // Sounds that are decoded while they play; each has a ring of 32 KB and an open file.
  static constexpr std::size_t kFeedsMax = 4096;

  using Answer = std::function<void(SoundAnswer)>;
  // `random` draws the order of music.
  SoundLoader(Answer answer, std::uint64_t random);
  // Stops behind what is being decoded; requests that wait are dropped.
  ~SoundLoader();
  SoundLoader(const SoundLoader&) = delete;
  SoundLoader& operator=(const SoundLoader&) = delete;

  // Returns: false when too many requests wait.
  bool load(SoundRequest request) { return requests_.put(std::move(request)); }

 private:
  // A sound being decoded ahead of who hears it.
  struct Feed {
    std::unique_ptr<SampleSource> source;
    std::shared_ptr<Prefetch> prefetch;  // Owned with the worker's end of it.
    std::string name;
    std::string told = {};  // Of the source's failures.
    bool was_late = false;  // So was told.
  };
  enum class Fed { Enough, WantsMore, Over };

  void run();
  base::Result<std::unique_ptr<SampleSource>> open(const SoundRequest& request);
  Fed feed_all();
  static Fed feed(Feed& feed);
  static void tell_failure(Feed& feed);
  static void tell_if_late(Feed& feed);

  const Answer answer_;
  SoundOpener opener_;
  base::Inbox<SoundRequest> requests_;
  std::vector<Feed> feeds_;
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace media
