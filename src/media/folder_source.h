// The music of a folder (local_stream.conf.xml): its files one behind the other and for ever, with
// silence between them and chimes that break in. Reading opens files: for the loader's thread.
//
// Never ends: while the folder has nothing to play there is silence, and it is looked at again from
// time to time. What cannot be played is told to the log, once for each file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/random.h"
#include "base/result.h"
#include "call/local_stream.h"
#include "media/sample_source.h"

namespace media {

class FolderSource : public SampleSource {
 public:
  // More files than music for a month; those beyond are left out.
  static constexpr std::size_t kFilesMax = 10'000;

  // Gives a sound its source, which stops at its end.
  using Open = std::function<base::Result<std::unique_ptr<SampleSource>>(const std::string& sound)>;
  using Warn = std::function<void(const std::string& line)>;
  // `random` draws the order of a shuffled folder.
  FolderSource(call::LocalStream settings, Open open, Warn warn, std::uint64_t random);

  std::size_t read(std::span<std::int16_t> out) override;

  const call::LocalStream& settings() const { return settings_; }

 private:
  std::size_t read_music(std::span<std::int16_t> out);
  std::size_t read_chime(std::span<std::int16_t> out);
  bool open_next();
  void begin_round();
  void draw_order();
  void begin_chime();
  void warn_once(const std::string& line);

  call::LocalStream settings_;
  Open open_;
  Warn warn_;
  base::Random random_;

  std::vector<std::filesystem::path> files_;  // Of this round.
  std::size_t next_ = 0;                      // Of files_.
  std::filesystem::path last_;                // The file played before.
  bool round_has_sound_ = true;
  std::unique_ptr<SampleSource> music_;  // None between two files.
  std::int64_t silence_left_ = 0;        // Before the next file.

  std::unique_ptr<SampleSource> chime_;  // None: the music is heard.
  std::int64_t chime_left_ = 0;
  std::int64_t until_chime_;  // Samples until the next one breaks in; negative: never.
  std::size_t next_chime_ = 0;

  std::set<std::string> warned_;
};

}  // namespace media
