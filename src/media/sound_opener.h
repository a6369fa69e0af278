// Makes sources of sounds by their texts: what they name is looked for and opened. Blocks on the
// disk: for the loader's thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "base/random.h"
#include "base/result.h"
#include "media/clip_cache.h"
#include "media/folder_source.h"
#include "media/sample_source.h"
#include "media/sound_name.h"
#include "media/sound_settings.h"

namespace media {

// A sound as it was ordered.
struct SoundRequest {
  std::uint64_t number = 0;  // The asker's, comes back with the answer.
  Sound sound;
  Ending ending = Ending::Stops;
  std::filesystem::path prefix = {};  // Where relative names begin instead; empty: as in settings.
  // What the configuration was; owned with the asker and with other requests.
  std::shared_ptr<const SoundSettings> settings = std::make_shared<SoundSettings>();
};

class SoundOpener {
 public:
  using Warn = std::function<void(const std::string& line)>;
  SoundOpener(Warn warn, std::uint64_t random) : warn_(std::move(warn)), random_(random) {}

  struct Opened {
    std::unique_ptr<SampleSource> source;
    bool blocks = false;  // Whether reading it does.
  };
  // The music of a folder goes on where it was left. Returns: why the sound cannot be played.
  base::Result<Opened> open(const SoundRequest& request);

 private:
  using Source = std::unique_ptr<SampleSource>;
  base::Result<Opened> open_sequence(const SequenceSound& sound, const SoundRequest& request);
  base::Result<Opened> open_file(const std::string& name, const SoundRequest& request);
  base::Result<Opened> open_path(const std::filesystem::path& path, Ending ending);
  base::Result<Opened> open_folder(const LocalStreamSound& sound, const SoundRequest& request);
  // A part of something: it stops at its end.
  base::Result<Source> open_part(const std::string& text, const SoundRequest& request);

  Warn warn_;
  base::Random random_;
  ClipCache clips_;
  std::map<std::string, std::shared_ptr<FolderSource>> folders_;  // By the stream's name.
};

}  // namespace media
