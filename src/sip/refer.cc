// The peer asks that its partner be called elsewhere: REFER (RFC 3515), and the NOTIFY that tells
// it the outcome.

#include <fmt/format.h>

#include <utility>

#include "base/text.h"
#include "sip/facts.h"
#include "sip/leg.h"
#include "sip/limits.h"
#include "sip/wire_text.h"

namespace sip {
namespace {

// The reason phrases of the outcomes that the core tells.
const char* phrase_of(int outcome) {
  if (outcome == 200) return "OK";
  return outcome < 500 ? "Not Found" : "Service Unavailable";
}

// Whether the URI's headers ("?Replaces=…") name a call that is to be taken over (RFC 3891 §6.1).
bool names_a_call(const url_t& target) {
  for (const std::string& header : base::split(plain(target.url_headers), '&')) {
    if (base::equal_ignoring_case(header.substr(0, header.find('=')), "Replaces")) return true;
  }
  return false;
}

}  // namespace

void Leg::on_refer(std::unique_ptr<ServerTransaction> transaction, const sip_t& request) {
  if (phase_ != Phase::Established) return transaction->reply({.status = 481});
  if (refer_ != nullptr) return transaction->reply({.status = 491});
  const sip_refer_to_t* target = request.sip_refer_to;
  if (target == nullptr || !is_sip_uri(target->r_url)) return transaction->reply({.status = 400});
  call::LegReferred report{.leg = id_,
                           .target_user = plain_user(target->r_url),
                           .target_host = plain(target->r_url->url_host),
                           .replaces = names_a_call(*target->r_url)};
  if (report.target_user.empty()) return transaction->reply({.status = 404});
  if (report.target_user.size() > kAddressBytesMax) return transaction->reply({.status = 414});
  refer_ = std::move(transaction);
  refer_cseq_ = request.sip_cseq->cs_seq;
  host_.report(std::move(report));
}

void Leg::answer_refer(const call::AnswerRefer& order) {
  if (refer_ == nullptr) return;
  const auto answered = std::exchange(refer_, nullptr);
  if (order.status >= 300 && order.status <= 699) return answered->reply({.status = order.status});
  answered->reply({.status = 202, .headers = {{"Contact", contact()}}});
  if (phase_ == Phase::Established) notify_referrer(order.outcome);
}

void Leg::notify_referrer(int outcome) {
  ++facts_.local_cseq;
  const auto way = way_to_peer();
  notifying_ = ClientTransaction::send(
      agent_,
      compose(agent_, facts_,
              {.method = sip_method_notify,
               .cseq = facts_.local_cseq,
               .headers = {{"Contact", contact()},
                           {"Event", fmt::format("refer;id={}", refer_cseq_)},
                           {"Subscription-State", "terminated;reason=noresource"}},
               .content_type = "message/sipfrag;version=2.0",
               .body = fmt::format("SIP/2.0 {} {}\r\n", outcome, phrase_of(outcome))}),
      way ? way : destination_, [](int, const sip_t*) {});
  report_unless_ended(call::DialogChanged{id_, facts_});
}

}  // namespace sip
