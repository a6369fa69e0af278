// The text behind `tone_stream://`: tones, pauses and how often (spec/11 §2).
//
//   script  = item *( ";" item ) [ ";loops=" count ]      count -1: for ever
//   item    = "%(" on-ms "," off-ms "," Hz *( "," Hz ) ")" | 1*key | option
//   key     = digit | "*" | "#" | "A" … "D", each optionally with "(" on-ms "," off-ms ")"
//   option  = "v=" dB          level of the tones that follow, in dBm0
//           | "l=" count       each of the tones that follow is repeated so often
//           | "L=" count       the whole script is, before `loops` counts
//           | "d=" ms          how long a key sounds, without lengths of its own
//           | "w=" ms          how long the pause behind it is
//
// `>=`, `<=` and `+=` (a level that moves while the tone sounds) and `r=`, `c=` (rate and channels)
// are understood and ignored: tones keep their level, and we have one rate. A level that is none in
// dBm0 (older scripts have amplitudes such as v=4000) is ignored too. Pure; says nothing about how
// a tone is made.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace media {

// One tone with the pause behind it.
struct Tone {
  std::int64_t on_samples = 0;
  std::int64_t off_samples = 0;
  std::vector<double> frequencies;  // Hz, sounding together.
  double level_dbm0 = 0;            // Of each frequency.
  std::int64_t times = 1;

  bool operator==(const Tone&) const = default;
};

struct ToneScript {
  std::vector<Tone> tones;  // Never empty, never of no length.
  std::int64_t rounds = 1;  // kForEver, or how often all tones are played in order.

  static constexpr std::int64_t kForEver = -1;
  bool operator==(const ToneScript&) const = default;
};

// Returns: the reason why it is not a script, which names the item.
base::Result<ToneScript> parse_tone_script(std::string_view text);

}  // namespace media
