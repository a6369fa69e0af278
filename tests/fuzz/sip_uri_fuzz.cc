// URIs of Contact and Route: only sip: and sips: with a host pass.
#include <string>

#include "base/check.h"
#include "sip/uri.h"
#include "tests/fuzz/fuzz_input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto uri = sip::parse_sip_uri(std::string(fuzz::text_of(data, size)));
  if (uri) CHECK(!uri->host.empty());
  return 0;
}
