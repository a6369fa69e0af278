// A sound file, decoded: 8 kHz mono in memory, never changed once it is made.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "media/sample_source.h"

namespace media {

struct Clip {
  std::vector<std::int16_t> samples;
};

// Plays a clip. Owners of a clip are everybody who plays it and the loader's memory of recent
// files; the last of them frees it.
class ClipSource : public SampleSource {
 public:
  ClipSource(std::shared_ptr<const Clip> clip, Ending ending)
      : clip_(std::move(clip)), ending_(ending) {}

  std::size_t read(std::span<std::int16_t> out) override;

 private:
  std::shared_ptr<const Clip> clip_;
  Ending ending_;
  std::size_t position_ = 0;
};

}  // namespace media
