#include "sip/nonce.h"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <charconv>

#include "base/check.h"
#include "sip/digest.h"
#include "sip/random_text.h"

namespace sip {
namespace {

constexpr std::size_t kTimeDigits = 16;
constexpr std::size_t kRandomBytes = 8;
constexpr std::size_t kSignedLength = kTimeDigits + 2 * kRandomBytes;
// 128 of the 256 bits: far beyond guessing, and the header stays short.
constexpr std::size_t kSignatureLength = 32;

}  // namespace

NonceMint::NonceMint(std::string secret)
    : secret_(secret.empty() ? random_hex(32) : std::move(secret)) {}

std::string NonceMint::mint(std::int64_t now_seconds) const {
  const std::string text = fmt::format("{:016x}", now_seconds) + random_hex(kRandomBytes);
  return text + signature(text);
}

NonceMint::Verdict NonceMint::judge(std::string_view nonce, std::int64_t now_seconds,
                                    int lifetime_seconds) const {
  if (nonce.size() != kSignedLength + kSignatureLength) return Verdict::Forged;
  const std::string_view text = nonce.substr(0, kSignedLength);
  if (!equal_in_constant_time(signature(text), nonce.substr(kSignedLength))) {
    return Verdict::Forged;
  }
  std::int64_t born = 0;
  std::from_chars(text.data(), text.data() + kTimeDigits, born, 16);
  // A nonce from the future is one from before a step of the clock.
  const std::int64_t age = now_seconds - born;
  return age >= 0 && age <= lifetime_seconds ? Verdict::Good : Verdict::Expired;
}

std::string NonceMint::signature(std::string_view text) const {
  std::array<unsigned char, EVP_MAX_MD_SIZE> sum{};
  unsigned int size = 0;
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  CHECK(HMAC(EVP_sha256(), secret_.data(), static_cast<int>(secret_.size()), bytes, text.size(),
             sum.data(), &size) != nullptr);
  return hex(std::span(sum).first(size)).substr(0, kSignatureLength);
}

}  // namespace sip
