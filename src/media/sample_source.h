// Where samples come from, one after the other: a tone, silence, a decoded file.
//
// A source belongs to one reader. Those that the worker reads neither block nor touch a disk;
// others say so, and are read by the loader's thread, which fills a Prefetch for the worker.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

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

  // Why a source that has ended did so before its time; empty when it did not.
  virtual std::string failure() const { return {}; }
};

}  // namespace media
