// SDP of a stranger: what we understand of it, we can print and understand again.
#include "base/check.h"
#include "sip/sdp_text.h"
#include "tests/fuzz/fuzz_input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto parsed = sip::parse_sdp(fuzz::text_of(data, size));
  if (!parsed) {
    CHECK(parsed.error().status >= 400);
    return 0;
  }
  const auto printed = sip::print_sdp(parsed->media, parsed->audio_line);
  CHECK(!printed.empty());
  return 0;
}
