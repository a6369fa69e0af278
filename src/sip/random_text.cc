#include "sip/random_text.h"

#include <openssl/rand.h>

#include <cstring>
#include <vector>

#include "base/check.h"
#include "sip/digest.h"

namespace sip {
namespace {

std::vector<unsigned char> random_bytes(std::size_t count) {
  std::vector<unsigned char> bytes(count);
  // Fails only when the operating system has no random numbers, and then nothing is safe.
  CHECK(RAND_bytes(bytes.data(), static_cast<int>(count)) == 1);
  return bytes;
}

}  // namespace

std::string random_hex(std::size_t bytes) {
  return hex(random_bytes(bytes));
}

std::uint64_t random_number() {
  std::uint64_t number = 0;
  std::memcpy(&number, random_bytes(sizeof number).data(), sizeof number);
  return number;
}

}  // namespace sip
