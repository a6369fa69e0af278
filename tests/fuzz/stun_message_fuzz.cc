// STUN responses from anybody: what is taken for an address is one.
#include <string>

#include "base/check.h"
#include "sip/stun_message.h"
#include "sip/uri.h"
#include "tests/fuzz/fuzz_input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  sip::StunTransaction transaction{};
  // The transaction of the corpus, so that mutations get past it.
  transaction.fill(0x41);
  const auto address = sip::stun_mapped_address(fuzz::text_of(data, size), transaction);
  if (address) CHECK(sip::is_ip_literal(*address));
  return 0;
}
