// Gives the stream of a sound: a shared one for sounds without end, one of its own otherwise.
//
// All who listen to the same endless sound (hold music) hear one stream; it begins with the first
// listener and is gone with the last. A finite sound begins at its beginning for each. What needs a
// disk is asked of the loader, and its streams stay Loading until the answer is brought. Worker's
// thread only.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "base/result.h"
#include "media/counters.h"
#include "media/sound_loader.h"
#include "media/sound_name.h"
#include "media/sound_settings.h"
#include "media/sound_stream.h"

namespace media {

class SoundShelf {
 public:
  // Asks for a sound; false when that is not possible now.
  using Load = std::function<bool(SoundRequest)>;
  SoundShelf(Load load, MediaCounters& counters) : load_(std::move(load)), counters_(counters) {}

  // From now on; listeners of local streams hear those that have changed at once.
  void use(SoundSettings settings);

  struct Wanted {
    std::string text;
    Ending ending = Ending::Stops;
    // Where relative names begin instead; empty: as in the settings.
    std::filesystem::path prefix = {};
  };
  // The legs that play a stream own it together. Returns: why the sound cannot be played.
  base::Result<std::shared_ptr<SoundStream>> stream_of(const Wanted& wanted);

  // The loader answered.
  void loaded(SoundAnswer answer);

  // Endless streams that someone listens to.
  std::size_t shared_streams() const;

 private:
  using Stream = std::shared_ptr<SoundStream>;
  // A local stream that is heard, as it was when it began.
  struct Heard {
    std::weak_ptr<SoundStream> stream;
    call::LocalStream settings;
  };

  base::Result<Stream> local_stream(const std::string& name);
  base::Result<Stream> make(SoundRequest request);
  // Returns: false when the loader has no room.
  bool ask(const Stream& stream, SoundRequest request);
  void change(const std::string& name, Heard& heard);
  Stream silence();
  void forget_unheard();

  Load load_;
  MediaCounters& counters_;
  std::shared_ptr<const SoundSettings> settings_ = std::make_shared<SoundSettings>();
  std::map<std::string, std::weak_ptr<SoundStream>> shared_;
  std::map<std::string, Heard> local_streams_;  // By the names of their entries.
  std::set<std::string> unknown_;               // Local streams that were warned of.
  // Streams whose sound is being opened; nobody may listen any more when it comes.
  std::map<std::uint64_t, std::weak_ptr<SoundStream>> waiting_;
  std::uint64_t last_request_ = 0;
};

}  // namespace media
