#include "sip/authentication.h"

#include <optional>

#include "base/text.h"
#include "sip/digest.h"
#include "sip/limits.h"
#include "sip/wire_text.h"

namespace sip {
namespace {

using Verdict = AuthenticationAnswer::Verdict;

// Without a configured realm it is the domain the request speaks of (auto_from).
const std::string& realm_of(const AuthenticationQuestion& question) {
  return question.profile.realm.empty() ? question.domain : question.profile.realm;
}

const std::string& directory_domain_of(const AuthenticationQuestion& question) {
  const std::string& forced = question.profile.force_domain;
  return forced.empty() ? question.domain : forced;
}

std::optional<Credentials> credentials_for(const msg_auth_t* header, const std::string& realm) {
  for (std::size_t seen = 0; header != nullptr && seen < kCredentialsMax; ++seen) {
    const msg_auth_t* each = header;
    header = header->au_next;
    if (!base::equal_ignoring_case(plain(each->au_scheme), "Digest")) continue;
    std::vector<std::string> parameters;
    for (const msg_param_t* p = each->au_params; p != nullptr && *p != nullptr; ++p) {
      parameters.emplace_back(*p);
      if (parameters.size() > kDigestParametersMax) break;
    }
    auto credentials = parse_credentials(parameters);
    if (credentials && credentials->realm == realm) return credentials;
  }
  return std::nullopt;
}

bool is_right(const call::DirectoryUser& user, const Credentials& credentials,
              const std::string& method) {
  if (user.a1_hash.empty() && user.password.empty()) return false;
  const std::string a1 = user.a1_hash.empty()
                             ? digest_a1(credentials.username, credentials.realm, user.password)
                             : base::to_lower(user.a1_hash);
  return equal_in_constant_time(digest_response(a1, method, credentials),
                                base::to_lower(credentials.response));
}

}  // namespace

AuthenticationAnswer Authentication::decide(const AuthenticationQuestion& question) const {
  const auto credentials = credentials_for(question.credentials, realm_of(question));
  if (!credentials) return {.verdict = Verdict::Challenge};
  const auto nonce =
      nonces_.judge(credentials->nonce, question.now_seconds, question.profile.nonce_seconds);

  const std::string& domain = directory_domain_of(question);
  const call::DirectoryUser* user = directory_.find(credentials->username, domain);
  const bool admissible = question.subject.empty() || question.subject == credentials->username;
  const bool right =
      user != nullptr && admissible && is_right(*user, *credentials, question.method);
  if (nonce == NonceMint::Verdict::Good) {
    if (!right) return {.verdict = Verdict::Forbidden};
    return {.verdict = Verdict::Admitted, .user = user->id, .domain = domain};
  }
  // A foreign nonce proves nothing: even a wrong response only earns a fresh challenge.
  return {.verdict = right ? Verdict::Stale : Verdict::Challenge};
}

std::string Authentication::challenge_for(const AuthenticationQuestion& question,
                                          Verdict verdict) const {
  return challenge(realm_of(question), nonces_.mint(question.now_seconds),
                   verdict == Verdict::Stale ? Staleness::Stale : Staleness::Fresh);
}

}  // namespace sip
