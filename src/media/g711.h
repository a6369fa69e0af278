// ITU-T G.711: 16-bit samples to and from the 8-bit µ-law and A-law codes. Pure, any thread.
#pragma once

#include <cstdint>

namespace media {

std::uint8_t ulaw_of(std::int16_t sample);
std::int16_t sample_of_ulaw(std::uint8_t code);

std::uint8_t alaw_of(std::int16_t sample);
std::int16_t sample_of_alaw(std::uint8_t code);

}  // namespace media
