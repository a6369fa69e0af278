// Makes the samples of a tone script.
//
// Phases run on through pauses, repetitions and frame joins: a tone that follows itself without a
// pause has no click in it. Where a pause follows, the tone fades within a few milliseconds.
#pragma once

#include <vector>

#include "media/sample_source.h"
#include "media/tone_script.h"

namespace media {

class ToneSource : public SampleSource {
 public:
  ToneSource(ToneScript script, Ending ending);

  std::size_t read(std::span<std::int16_t> out) override;

 private:
  // One frequency as a step of a circle of 2^32 parts: the position wraps without any error.
  struct Voice {
    std::uint32_t step = 0;
    double peak = 0;
  };
  struct Part {
    std::int64_t on_samples = 0;
    std::int64_t off_samples = 0;
    std::int64_t times = 1;
    std::vector<Voice> voices;
  };
  static Part part_of(const Tone& tone);
  std::int16_t sample(const Part& part) const;
  void move_on();
  bool ended() const { return round_ == rounds_; }

  std::vector<Part> parts_;
  std::int64_t rounds_;

  std::uint32_t clock_ = 0;    // Samples made, as the phase of everything.
  std::int64_t round_ = 0;     // Of rounds_.
  std::size_t part_ = 0;       // Of parts_, in this round.
  std::int64_t time_ = 0;      // Of the part's times.
  std::int64_t position_ = 0;  // Samples into this time of the part.
};

}  // namespace media
