// Digest access authentication with MD5 (RFC 2617 §3, RFC 7616), the arithmetic of it. Pure.
//
// MD5 because that is what phones speak; the secret is protected no better than it allows. Nothing
// here logs or keeps passwords.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sip {

std::string hex(std::span<const unsigned char> bytes);
std::string md5_hex(std::string_view text);

// What a client says in Authorization or Proxy-Authorization.
struct Credentials {
  std::string username;
  std::string realm;
  std::string nonce;
  std::string uri;
  std::string response;
  std::string algorithm;  // Empty means MD5.
  std::string qop;        // Empty: the older form without cnonce (RFC 2617 §3.2.2.1).
  std::string cnonce;
  std::string nc;
};

// Reads "name=value" parameters, quoted or not. Returns: nullopt when one that is needed is missing
// or the algorithm or qop is none we offered.
std::optional<Credentials> parse_credentials(const std::vector<std::string>& parameters);

// H(A1) of a user: MD5 of user:realm:password.
std::string digest_a1(std::string_view user, std::string_view realm, std::string_view password);
// The response that these credentials should carry for a request of this method.
std::string digest_response(std::string_view a1_hash, std::string_view method,
                            const Credentials& credentials);

// Takes as long for texts that differ early as for equal ones.
bool equal_in_constant_time(std::string_view a, std::string_view b);

// The value of a WWW-Authenticate or Proxy-Authenticate header.
enum class Staleness { Fresh, Stale };
std::string challenge(std::string_view realm, std::string_view nonce, Staleness staleness);

}  // namespace sip
