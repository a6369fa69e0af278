// Credentials as a phone computes them from a challenge, for tests.
#pragma once

#include <regex>
#include <string>

#include "sip/digest.h"

namespace sip::testing {

inline std::string parameter_of(const std::string& challenge, const std::string& name) {
  std::smatch found;
  const std::regex pattern(name + "=\"([^\"]*)\"");
  return std::regex_search(challenge, found, pattern) ? found[1].str() : "";
}

enum class Form { WithQop, WithoutQop };

struct Login {
  std::string user = "1001";
  std::string password = "pw1001";
  std::string method = "REGISTER";
  Form form = Form::WithQop;
};

inline std::string credentials(const Login& login, const std::string& challenge) {
  Credentials parts;
  parts.username = login.user;
  parts.realm = parameter_of(challenge, "realm");
  parts.nonce = parameter_of(challenge, "nonce");
  parts.uri = "sip:127.0.0.1";
  if (login.form == Form::WithQop) {
    parts.qop = "auth";
    parts.cnonce = "abc";
    parts.nc = "00000001";
  }
  const std::string a1 = digest_a1(login.user, parts.realm, login.password);
  std::string value = "Digest username=\"" + parts.username + "\", realm=\"" + parts.realm +
                      "\", nonce=\"" + parts.nonce + "\", uri=\"" + parts.uri + "\", response=\"" +
                      digest_response(a1, login.method, parts) + "\", algorithm=MD5";
  if (login.form == Form::WithQop) value += ", qop=auth, nc=00000001, cnonce=\"abc\"";
  return value;
}

}  // namespace sip::testing
