// Who sends a request: digest credentials against the directory (RFC 3261 §22).
//
// Decides only; the reply is written by those who ask. Reads the clock that it is given.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/esl_event.h"
#include "call/directory.h"
#include "call/sip_profile.h"
#include "sip/library.h"
#include "sip/nonce.h"

namespace sip {

// What is asked: may this request act for this user?
struct AuthenticationQuestion {
  const call::SipProfile& profile;
  std::string method;
  std::string domain;                       // Of From for calls, of To for registrations.
  std::string subject;                      // The user that the credentials must be of; empty: any.
  const msg_auth_t* credentials = nullptr;  // The first such header, or null.
  std::int64_t now_seconds = 0;
};

struct AuthenticationAnswer {
  // Challenge: none or useless credentials; Stale: right ones on an old nonce, so that the phone
  // tries again without asking its user; Forbidden: an unknown user or a wrong password.
  enum class Verdict { Admitted, Challenge, Stale, Forbidden } verdict = Verdict::Challenge;
  std::string user = {};
  std::string domain = {};
};

class Authentication {
 public:
  explicit Authentication(std::string nonce_secret) : nonces_(std::move(nonce_secret)) {}

  void replace_directory(call::Directory directory) { directory_ = std::move(directory); }

  AuthenticationAnswer decide(const AuthenticationQuestion& question) const;
  // The value of the challenge header that goes with Challenge and Stale.
  std::string challenge_for(const AuthenticationQuestion& question,
                            AuthenticationAnswer::Verdict verdict) const;

 private:
  NonceMint nonces_;
  call::Directory directory_;
};

}  // namespace sip
