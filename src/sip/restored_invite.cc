// INVITEs that a process left behind without a final response: the phone that rings is told to stop
// (RFC 3261 §9.1), and the caller who waits is answered.
//
// The CANCEL goes out at once, whether a provisional response came or not. §9.1 makes a client wait
// for one lest the CANCEL overtake the INVITE; but the INVITE left before the restart, nobody
// repeats it any more, and a phone that rings has said so long ago and says it no second time. One
// that never got the INVITE answers 481.

#include <utility>

#include "base/log.h"
#include "sip/facts.h"
#include "sip/leg.h"
#include "sip/uri.h"
#include "sip/wire_text.h"

namespace sip {

void Leg::restore_caller(std::unique_ptr<ServerTransaction> invite, call::DialogFacts facts,
                         const call::ReceivedInvite& received) {
  facts.local_tag = received.local_tag;
  is_callers_lost_ = true;
  accept(std::move(invite), std::move(facts), received.audio_line);
  invite_cseq_ = received.cseq;
}

void Leg::restore_call(call::DialogFacts facts, const call::SentInvite& sent) {
  phase_ = Phase::Calling;
  facts_ = std::move(facts);
  facts_.local_cseq = sent.cseq;
  lost_branch_ = sent.branch;
  destination_ = parse_host_port(sent.destination);
}

void Leg::cancel_lost_invite(const std::string& reason) {
  phase_ = Phase::Cancelling;
  // The time after which the INVITE counts as cancelled in any case (RFC 3261 §9.1).
  cancel_until_ = Clock::now() + agent_.timer_t1() * 64;
  closing_ =
      ClientTransaction::send_as(agent_,
                                 compose(agent_, facts_,
                                         {.method = sip_method_cancel,
                                          .cseq = facts_.local_cseq,
                                          .headers = reason_headers(reason)}),
                                 destination_, lost_branch_, [this](int status, const sip_t*) {
                                   // After a 2xx the final response to the INVITE is still to
                                   // come; else there is none.
                                   if (status >= 300) gone();
                                 });
  if (closing_ != nullptr) return;
  base::log_warning(base::LogSubject{base::LogArea::Sip, id_},
                    "leg {}: cannot cancel the call to {} of before the restart", id_.value,
                    facts_.remote_target);
  gone();
}

bool Leg::on_final_after_restart(const sip_t& response, const HostPort& source) {
  const bool is_waited_for = phase_ == Phase::Calling || phase_ == Phase::Cancelling;
  const bool is_ours = response.sip_via != nullptr && !lost_branch_.empty() &&
                       plain(response.sip_via->v_branch) == lost_branch_;
  if (!is_waited_for || !is_ours) return false;
  cancel_until_.reset();
  closing_.reset();
  if (response.sip_status->st_status >= 300) {
    call::DialogFacts refused = facts_;
    refused.remote_tag = plain(response.sip_to->a_tag);
    ClientTransaction::acknowledge_refusal(
        agent_, compose(agent_, refused, {.method = sip_method_ack, .cseq = facts_.local_cseq}),
        destination_, lost_branch_);
    gone();
    return true;
  }
  note_source(facts_, source);
  adopt_answer(response);
  acknowledge(response, lost_branch_);
  // Before the HangUpLeg that is on its way, there is a dialog for it to end.
  if (!ending_) {
    phase_ = Phase::Established;
  } else {
    send_bye(*ending_);
  }
  return true;
}

}  // namespace sip
