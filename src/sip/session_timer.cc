#include "sip/session_timer.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "base/text.h"
#include "sip/limits.h"
#include "sip/wire_text.h"

namespace sip {
namespace {

// A list header of the library: several types of the same shape.
template <class List>
bool lists(const List* list, std::string_view name) {
  if (list == nullptr) return false;
  for (const msg_param_t* each = list->k_items; each != nullptr && *each != nullptr; ++each) {
    if (base::equal_ignoring_case(*each, name)) return true;
  }
  return false;
}

int bounded_seconds(unsigned long seconds) {
  return static_cast<int>(std::min<unsigned long>(seconds, kSessionSecondsMax));
}

bool is_on(const call::SipProfile& profile) {
  return profile.session_seconds > 0;
}

}  // namespace

SessionTerms session_terms_of(const sip_t& message) {
  using Refresher = SessionTerms::Refresher;
  SessionTerms terms;
  terms.supported = lists(message.sip_supported, "timer") || lists(message.sip_require, "timer");
  if (message.sip_min_se != nullptr) {
    terms.minimum_seconds = bounded_seconds(message.sip_min_se->min_delta);
  }
  const sip_session_expires_t* expires = message.sip_session_expires;
  if (expires == nullptr) return terms;
  terms.seconds = bounded_seconds(expires->x_delta);
  const std::string refresher = plain(expires->x_refresher);
  if (base::equal_ignoring_case(refresher, "uac")) terms.refresher = Refresher::Client;
  if (base::equal_ignoring_case(refresher, "uas")) terms.refresher = Refresher::Server;
  return terms;
}

std::optional<Reply> session_refusal(const call::SipProfile& profile, const SessionTerms& asked) {
  // Who does not know the extension does not know the reply either (RFC 4028 §9).
  const bool too_short = asked.seconds > 0 && asked.seconds < profile.session_minimum_seconds;
  if (!is_on(profile) || !too_short || !asked.supported) return std::nullopt;
  return Reply{.status = 422,
               .headers = {{"Min-SE", std::to_string(profile.session_minimum_seconds)}}};
}

void agree_to_request(const call::SipProfile& profile, const SessionTerms& asked,
                      call::DialogFacts& facts) {
  using Refresher = SessionTerms::Refresher;
  if (!is_on(profile) || (!asked.supported && asked.seconds == 0)) return;
  const bool is_first = facts.session_seconds == 0;
  const int wanted = asked.seconds > 0 ? asked.seconds : profile.session_seconds;
  const int at_least = std::max(asked.minimum_seconds, profile.session_minimum_seconds);
  facts.session_seconds = std::max(std::min(wanted, profile.session_seconds), at_least);
  if (asked.refresher == Refresher::Client) facts.we_refresh = false;
  if (asked.refresher == Refresher::Server) facts.we_refresh = true;
  if (asked.refresher == Refresher::Unsaid && is_first) facts.we_refresh = true;
  // Who cannot refresh is not asked to.
  if (!asked.supported) facts.we_refresh = true;
}

void agree_to_answer(const call::SipProfile& profile, const SessionTerms& answered,
                     call::DialogFacts& facts) {
  facts.session_seconds = 0;
  if (!is_on(profile) || answered.seconds == 0) return;
  // Shorter than the Min-SE that we sent it may not be (RFC 4028 §9), and would only cost work.
  facts.session_seconds = std::max(answered.seconds, profile.session_minimum_seconds);
  facts.we_refresh = answered.refresher != SessionTerms::Refresher::Server;
}

base::Headers session_answer(const call::DialogFacts& facts) {
  if (facts.session_seconds == 0) return {};
  const std::string value = std::to_string(facts.session_seconds) +
                            (facts.we_refresh ? ";refresher=uas" : ";refresher=uac");
  base::Headers headers = {{"Supported", "timer"}, {"Session-Expires", value}};
  if (!facts.we_refresh) headers.emplace_back("Require", "timer");
  return headers;
}

base::Headers session_request(const call::SipProfile& profile, const call::DialogFacts& facts,
                              int minimum_seconds) {
  if (!is_on(profile)) return {};
  const bool runs = facts.session_seconds > 0;
  const int minimum = std::max(minimum_seconds, profile.session_minimum_seconds);
  const int seconds = std::max(runs ? facts.session_seconds : profile.session_seconds, minimum);
  std::string value = std::to_string(seconds);
  if (runs) value += facts.we_refresh ? ";refresher=uac" : ";refresher=uas";
  return {{"Supported", "timer"}, {"Session-Expires", value}, {"Min-SE", std::to_string(minimum)}};
}

bool allows_update(const sip_t& message) {
  return lists(message.sip_allow, "UPDATE");
}

}  // namespace sip
