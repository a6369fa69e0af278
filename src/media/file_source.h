// A sound file that is decoded while it plays, so that its length costs no memory. Reading blocks
// on the disk: for the loader's thread.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "media/sample_source.h"
#include "media/sound_reader.h"

namespace media {

class FileSource : public SampleSource {
 public:
  // `name` is what failures call it.
  FileSource(std::unique_ptr<SoundReader> reader, std::string name, Ending ending)
      : reader_(std::move(reader)), name_(std::move(name)), ending_(ending) {}

  std::size_t read(std::span<std::int16_t> out) override;
  // A file that was cut while it played.
  std::string failure() const override { return failure_; }

 private:
  bool decode_more();
  bool start_over();

  std::unique_ptr<SoundReader> reader_;
  std::string name_;
  Ending ending_;
  std::vector<std::int16_t> decoded_;
  std::size_t given_ = 0;   // Of decoded_.
  bool has_sound_ = false;  // In this round.
  bool is_at_end_ = false;  // Of this round.
  std::string failure_;
};

}  // namespace media
