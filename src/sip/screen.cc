#include "sip/screen.h"

#include <chrono>
#include <utility>

#include "base/log.h"
#include "base/text.h"
#include "sip/wire_text.h"

namespace sip {
namespace {

// What a peer requires that we do not know (RFC 3261 §8.2.2.3): all but session timers.
std::string unsupported(const msg_list_t* require) {
  std::string names;
  if (require == nullptr) return names;
  for (const msg_param_t* each = require->k_items; each != nullptr && *each != nullptr; ++each) {
    if (base::equal_ignoring_case(*each, "timer")) continue;
    if (!names.empty()) names += ", ";
    names += *each;
    if (names.size() > 256) break;
  }
  return names;
}

std::int64_t unix_seconds() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::seconds>(now).count();
}

}  // namespace

Screening screen(sip_t& request) {
  using Verdict = Screening::Verdict;
  sip_via_t* via = request.sip_via;
  if (via == nullptr) return {.verdict = Verdict::Unanswerable};
  if (via->v_maddr != nullptr) msg_header_remove_param(via->v_common, "maddr");
  if (request.sip_max_forwards != nullptr && request.sip_max_forwards->mf_count == 0) {
    return {.verdict = Verdict::Refuse, .status = 483};
  }
  return {};
}

CallAdmission admit_call(const Authentication& authentication, const Agent& agent,
                         const sip_t& invite) {
  using Verdict = AuthenticationAnswer::Verdict;
  if (!is_sip_uri(invite.sip_request->rq_url)) return {.refusal = Reply{.status = 416}};
  if (std::string names = unsupported(invite.sip_require); !names.empty()) {
    return {.refusal = Reply{.status = 420, .headers = {{"Unsupported", std::move(names)}}}};
  }
  if (!agent.profile().auth_calls) return {};

  const AuthenticationQuestion question{.profile = agent.profile(),
                                        .method = "INVITE",
                                        .domain = plain(invite.sip_from->a_url->url_host),
                                        .subject = {},
                                        .credentials = invite.sip_proxy_authorization,
                                        .now_seconds = unix_seconds()};
  const AuthenticationAnswer answer = authentication.decide(question);
  if (answer.verdict == Verdict::Admitted) return {.refusal = {}, .user = answer.user};
  if (answer.verdict == Verdict::Forbidden) {
    base::log_warning(base::LogSubject{base::LogArea::Sip},
                      "SIP profile '{}': call of {} refused: wrong user or password",
                      agent.profile().name, plain_uri(invite.sip_from->a_url));
    return {.refusal = Reply{.status = 403}};
  }
  const std::string value = authentication.challenge_for(question, answer.verdict);
  return {.refusal = Reply{.status = 407, .headers = {{"Proxy-Authenticate", value}}}};
}

}  // namespace sip
