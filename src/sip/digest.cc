#include "sip/digest.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <array>

#include "base/check.h"
#include "base/text.h"
#include "sip/limits.h"

namespace sip {
namespace {

std::string unquoted(std::string_view value) {
  value = base::trim(value);
  if (value.size() < 2 || value.front() != '"' || value.back() != '"') return std::string(value);
  value = value.substr(1, value.size() - 2);
  std::string out;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] == '\\' && i + 1 < value.size()) ++i;
    out += value[i];
  }
  return out;
}

std::string* field_of(Credentials& credentials, std::string_view name) {
  const std::array<std::pair<std::string_view, std::string*>, 9> fields = {{
      {"username", &credentials.username},
      {"realm", &credentials.realm},
      {"nonce", &credentials.nonce},
      {"uri", &credentials.uri},
      {"response", &credentials.response},
      {"algorithm", &credentials.algorithm},
      {"qop", &credentials.qop},
      {"cnonce", &credentials.cnonce},
      {"nc", &credentials.nc},
  }};
  for (const auto& [known, field] : fields) {
    if (base::equal_ignoring_case(known, name)) return field;
  }
  return nullptr;
}

// A quoted string of the header; what could end it early is left out.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c != '"' && c != '\\' && static_cast<unsigned char>(c) >= ' ') out += c;
  }
  return out + '"';
}

}  // namespace

std::string hex(std::span<const unsigned char> bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const unsigned char byte : bytes) {
    out += kDigits[byte >> 4];
    out += kDigits[byte & 0xf];
  }
  return out;
}

std::string md5_hex(std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> sum{};
  unsigned int size = 0;
  // Fails only without memory or where MD5 is forbidden by policy, and then no phone can register.
  CHECK(EVP_Digest(text.data(), text.size(), sum.data(), &size, EVP_md5(), nullptr) == 1);
  return hex(std::span(sum).first(size));
}

std::optional<Credentials> parse_credentials(const std::vector<std::string>& parameters) {
  if (parameters.size() > kDigestParametersMax) return std::nullopt;
  Credentials credentials;
  for (const std::string& parameter : parameters) {
    const std::size_t equals = parameter.find('=');
    if (equals == std::string::npos) continue;
    const std::string_view name = base::trim(std::string_view(parameter).substr(0, equals));
    if (std::string* field = field_of(credentials, name)) {
      *field = unquoted(std::string_view(parameter).substr(equals + 1));
    }
  }
  if (credentials.username.empty() || credentials.nonce.empty() || credentials.response.empty()) {
    return std::nullopt;
  }
  if (!credentials.algorithm.empty() && !base::equal_ignoring_case(credentials.algorithm, "MD5")) {
    return std::nullopt;
  }
  if (credentials.qop.empty()) return credentials;
  const bool complete = !credentials.cnonce.empty() && !credentials.nc.empty();
  if (!complete || !base::equal_ignoring_case(credentials.qop, "auth")) return std::nullopt;
  return credentials;
}

std::string digest_a1(std::string_view user, std::string_view realm, std::string_view password) {
  std::string text(user);
  text += ':';
  text += realm;
  text += ':';
  text += password;
  return md5_hex(text);
}

std::string digest_response(std::string_view a1_hash, std::string_view method,
                            const Credentials& credentials) {
  const std::string a2 = md5_hex(std::string(method) + ":" + credentials.uri);
  std::string text(a1_hash);
  text += ":" + credentials.nonce + ":";
  if (!credentials.qop.empty()) {
    text += credentials.nc + ":" + credentials.cnonce + ":" + credentials.qop + ":";
  }
  return md5_hex(text + a2);
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string challenge(std::string_view realm, std::string_view nonce, Staleness staleness) {
  std::string value = "Digest realm=" + quoted(realm) + ", nonce=" + quoted(nonce);
  if (staleness == Staleness::Stale) value += ", stale=true";
  return value + ", algorithm=MD5, qop=\"auth\"";
}

}  // namespace sip
