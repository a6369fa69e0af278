// Nonces that prove themselves, so that none has to be remembered (RFC 7616 §3.3).
//
// A nonce is its time of birth and a random part, followed by an HMAC-SHA-256 over both with a
// secret of ours. With the same secret it outlives a restart.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sip {

class NonceMint {
 public:
  // An empty secret: a random one, and nonces end with the process.
  explicit NonceMint(std::string secret);

  std::string mint(std::int64_t now_seconds) const;

  // Expired: made by us, too long ago. Forged: not made by us, or with another secret.
  enum class Verdict { Good, Expired, Forged };
  Verdict judge(std::string_view nonce, std::int64_t now_seconds, int lifetime_seconds) const;

 private:
  std::string signature(std::string_view text) const;

  std::string secret_;
};

}  // namespace sip
