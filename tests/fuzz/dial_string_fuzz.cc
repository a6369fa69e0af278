// Dial strings: contacts come from an operator, but their variables from callers.
#include "base/check.h"
#include "call/dial_string.h"
#include "tests/fuzz/fuzz_input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::text_of(data, size);
  const auto parsed = call::parse_dial_string(text);
  if (!parsed) {
    CHECK(!parsed.error().empty());
    return 0;
  }
  CHECK(parsed->size() >= 1 && parsed->size() <= call::kDestinationsMax);
  for (const call::DialSequence& sequence : parsed->sequences) {
    CHECK(!sequence.empty());
    for (const call::DialGroup& group : sequence) {
      CHECK(!group.empty());
      for (const call::Destination& destination : group) {
        if (destination.endpoint != "sofia") continue;
        call::parse_sofia_address(destination.address).has_value();
      }
    }
  }
  return 0;
}
