// Gives the stream of a sound: a shared one for sounds without end, one of its own otherwise.
//
// All who listen to the same endless sound (hold music) hear one stream; it begins with the first
// listener and is gone with the last. A finite sound begins at its beginning for each. Files are
// asked of the loader, and their streams stay Loading until the answer is brought. Worker's thread
// only.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "base/result.h"
#include "media/clip_loader.h"
#include "media/counters.h"
#include "media/sound_name.h"
#include "media/sound_stream.h"

namespace media {

class SoundShelf {
 public:
  // Asks for a file; false when that is not possible now.
  using Load = std::function<bool(ClipRequest)>;
  SoundShelf(Load load, MediaCounters& counters) : load_(std::move(load)), counters_(counters) {}

  // The legs that play a stream own it together. Returns: why the sound cannot be played.
  base::Result<std::shared_ptr<SoundStream>> stream_of(const std::string& text, Ending ending);

  // The loader answered.
  void loaded(ClipAnswer answer);

  // Endless streams that someone listens to.
  std::size_t shared_streams() const;

 private:
  // A stream whose file is being decoded; nobody may listen any more when it comes.
  struct Waiting {
    std::weak_ptr<SoundStream> stream;
    Ending ending = Ending::Stops;
  };

  base::Result<std::shared_ptr<SoundStream>> make(Sound sound, Ending ending);
  void forget_unheard();

  Load load_;
  MediaCounters& counters_;
  std::map<std::string, std::weak_ptr<SoundStream>> shared_;
  std::map<std::uint64_t, Waiting> waiting_;
  std::uint64_t last_request_ = 0;
};

}  // namespace media
