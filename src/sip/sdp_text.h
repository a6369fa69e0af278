// SDP (RFC 4566) to MediaDescription and back, by the rules of offer and answer (RFC 3264).
//
// What is negotiated is the core's business; here text becomes values and values become text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"
#include "call/media_description.h"

namespace sip {

struct ParsedSdp {
  call::MediaDescription media;
  // Where the audio line stands among the media lines: an answer keeps the order (RFC 3264 §6).
  std::size_t audio_line = 0;
};

// Why an SDP cannot be used, and the response that says so: 400 for text that is no SDP, 488 for
// SDP we cannot talk to.
struct SdpProblem {
  int status = 400;
  std::string why;
};

// The first audio line over plain RTP counts; all other media lines are named in other_lines. An
// SDP without such a line gives port 0.
base::Result<ParsedSdp, SdpProblem> parse_sdp(std::string_view text);

// other_lines are printed with port 0, the audio line before the one of index `audio_line`.
std::string print_sdp(const call::MediaDescription& media, std::size_t audio_line);

}  // namespace sip
