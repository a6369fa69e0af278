// The end of a leg, by order or by the peer's BYE (RFC 3261 §9, §15).

#include <utility>

#include "base/log.h"
#include "sip/leg.h"
#include "sip/limits.h"
#include "sip/uri.h"
#include "sip/wire_text.h"

namespace sip {

base::Headers reason_headers(const std::string& reason) {
  if (reason.empty()) return {};
  return {{"Reason", reason}};
}

void Leg::hang_up(const call::HangUpLeg& order) {
  if (ending_) return;
  ending_ = order.reason;
  switch (phase_) {
    case Phase::Incoming: {
      const bool final = order.final_status >= 300 && order.final_status <= 699;
      Reply reply{.status = final ? order.final_status : 480,
                  .headers = reason_headers(order.reason)};
      if (is_callers_lost_ && reply.status == 503) {
        reply.headers.emplace_back("Retry-After", std::to_string(kRetryAfterSeconds));
      }
      invited_->reply(reply);
      return gone();
    }
    case Phase::Calling:
      if (!lost_branch_.empty()) return cancel_lost_invite(order.reason);
      // Its name is still asked for.
      if (calling_ == nullptr) return gone();
      phase_ = Phase::Cancelling;
      // Before a 1xx the CANCEL has to wait for it (RFC 3261 §9.1): on_provisional sends it.
      if (provisional_came_) calling_->cancel(order.reason);
      return;
    case Phase::Established:
      return send_bye(order.reason);
    case Phase::Answered:  // The ACK or its absence brings the BYE.
    case Phase::Cancelling:
    case Phase::Closing:
    case Phase::Gone:
      return;
  }
}

void Leg::abandon() {
  if (phase_ == Phase::Incoming) invited_->reply({.status = 503});
  if (phase_ == Phase::Calling && provisional_came_) calling_->cancel("");
}

void Leg::on_bye(std::unique_ptr<ServerTransaction> transaction, const sip_t& request) {
  transaction->reply({.status = 200});
  if (phase_ == Phase::Incoming) {
    // A BYE of the caller on the early dialog ends the INVITE too (RFC 3261 §15.1.2).
    invited_->reply({.status = 487});
  }
  // With BYEs that cross, ours is on its way too; whichever ends first ends the leg.
  if (phase_ != Phase::Closing) {
    report_unless_ended(
        call::LegHungUp{id_, call::LegHungUp::How::Bye, q850_cause(request.sip_reason)});
  }
  gone();
}

void Leg::send_bye(const std::string& reason) {
  phase_ = Phase::Closing;
  reinvite_.reset();
  refreshing_.reset();
  life_question_.reset();
  ++facts_.local_cseq;
  const auto destination = way_to_peer();
  closing_ = ClientTransaction::send(
      agent_,
      compose(
          agent_, facts_,
          {.method = sip_method_bye, .cseq = facts_.local_cseq, .headers = reason_headers(reason)}),
      destination ? destination : destination_,
      [this](int status, const sip_t*) { on_bye_answer(status); });
  if (closing_ != nullptr) return;
  base::log_warning(base::LogSubject{base::LogArea::Sip, id_}, "leg {}: cannot send a BYE to {}",
                    id_.value, facts_.remote_target);
  gone();
}

void Leg::on_bye_answer(int status) {
  if (status < 200) return;
  // Too low a number (RFC 3261 §12.2.2).
  if (status == 500 && may_be_behind_) {
    may_be_behind_ = false;
    facts_.local_cseq += kLostRequestsMax;
    return send_bye(ending_.value_or(""));
  }
  // Whatever else the peer says, the dialog is over (RFC 3261 §15.1.1).
  gone();
}

std::string Leg::contact() const {
  return agent_.contact(facts_.source, facts_.over_tcp ? Transport::Tcp : Transport::Udp);
}

void Leg::report_unless_ended(call::SipReport report) {
  if (!ending_) host_.report(std::move(report));
}

void Leg::gone() {
  if (phase_ == Phase::Gone) return;
  phase_ = Phase::Gone;
  confirm_until_.reset();
  host_.report(call::LegGone{id_});
  host_.retire(*this);
}

}  // namespace sip
