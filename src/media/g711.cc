#include "media/g711.h"

#include <algorithm>
#include <array>
#include <bit>

namespace media {
namespace {

// µ-law segments double in size; the bias makes each begin at a power of two (G.711 table 2).
constexpr int kUlawBias = 132;
constexpr int kUlawMax = 32635;
// The even bits of every A-law code are inverted on the line (G.711 §3.2).
constexpr std::uint8_t kAlawToggle = 0x55;

constexpr std::int16_t decode_ulaw(std::uint8_t code) {
  const int bits = ~code & 0xff;
  const int magnitude = (((bits & 0x0f) << 3) + kUlawBias) << ((bits & 0x70) >> 4);
  return static_cast<std::int16_t>((bits & 0x80) != 0 ? kUlawBias - magnitude
                                                      : magnitude - kUlawBias);
}

constexpr std::int16_t decode_alaw(std::uint8_t code) {
  const int bits = code ^ kAlawToggle;
  const int segment = (bits & 0x70) >> 4;
  int magnitude = ((bits & 0x0f) << 4) + 8;
  if (segment > 0) magnitude = (magnitude + 0x100) << (segment - 1);
  return static_cast<std::int16_t>((bits & 0x80) != 0 ? magnitude : -magnitude);
}

template <class Decode>
constexpr std::array<std::int16_t, 256> table_of(Decode decode) {
  std::array<std::int16_t, 256> table{};
  for (int code = 0; code < 256; ++code) {
    table[static_cast<std::size_t>(code)] = decode(static_cast<std::uint8_t>(code));
  }
  return table;
}

// How many bits a magnitude takes: its segment.
int bits_of(int magnitude) {
  return static_cast<int>(std::bit_width(static_cast<unsigned>(magnitude)));
}

constexpr auto kUlawTable = table_of(decode_ulaw);
constexpr auto kAlawTable = table_of(decode_alaw);

}  // namespace

std::uint8_t ulaw_of(std::int16_t sample) {
  const int sign = sample < 0 ? 0x80 : 0;
  const int magnitude = std::min(sample < 0 ? -sample : +sample, kUlawMax) + kUlawBias;
  const int segment = bits_of(magnitude) - 8;
  const int step = (magnitude >> (segment + 3)) & 0x0f;
  return static_cast<std::uint8_t>(~(sign | segment << 4 | step));
}

std::int16_t sample_of_ulaw(std::uint8_t code) {
  return kUlawTable[code];
}

std::uint8_t alaw_of(std::int16_t sample) {
  const int sign = sample < 0 ? 0 : 0x80;
  const int magnitude = sample < 0 ? -sample - 1 : +sample;
  const int segment = std::max(bits_of(magnitude) - 8, 0);
  const int step = (magnitude >> (segment == 0 ? 4 : segment + 3)) & 0x0f;
  return static_cast<std::uint8_t>((sign | segment << 4 | step) ^ kAlawToggle);
}

std::int16_t sample_of_alaw(std::uint8_t code) {
  return kAlawTable[code];
}

}  // namespace media
