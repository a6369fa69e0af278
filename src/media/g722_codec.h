// ITU-T G.722 at 64 kbit/s, by libspandsp. Only its lower half, the 4 kHz that our sound has, is
// filled and heard; phones between which packets are relayed have all of it.
#pragma once

#include <memory>

#include "media/audio_codec.h"

namespace media {

std::unique_ptr<FrameEncoder> make_g722_encoder();
std::unique_ptr<PayloadDecoder> make_g722_decoder();

}  // namespace media
