// Where samples come from, one after the other: a tone, silence, a decoded file.
//
// A source belongs to one stream, which reads it on the worker's thread: reading neither blocks
// nor touches a disk.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace media {

// What happens behind the last sample.
enum class Ending { Stops, StartsOver };

class SampleSource {
 public:
  SampleSource() = default;
  SampleSource(const SampleSource&) = delete;
  SampleSource& operator=(const SampleSource&) = delete;
  virtual ~SampleSource() = default;

  // Writes the next samples. Returns: how many; fewer than `out` holds means that the source ended
  // with them.
  virtual std::size_t read(std::span<std::int16_t> out) = 0;
};

}  // namespace media
