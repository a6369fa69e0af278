// A call of the peer up to the ACK: accept, progress, answer (RFC 3261 §13.3).

#include <utility>

#include "base/log.h"
#include "sip/facts.h"
#include "sip/leg.h"
#include "sip/limits.h"
#include "sip/sdp_text.h"
#include "sip/wire_text.h"

namespace sip {

void Leg::accept(std::unique_ptr<ServerTransaction> invite, call::DialogFacts facts,
                 std::size_t audio_line) {
  phase_ = Phase::Incoming;
  facts_ = std::move(facts);
  invite_cseq_ = facts_.remote_cseq;
  audio_line_ = audio_line;
  invited_ = std::move(invite);
  invited_->tag(facts_.local_tag);
  invited_->listen([this](ServerTransaction::Event event, const sip_t* message) {
    on_invite_event(event, message);
  });
  host_.dialog_known(*this);
}

void Leg::decline(const Reply& reply) {
  invited_->reply(reply);
  invited_.reset();
  phase_ = Phase::Gone;
  host_.retire(*this);
}

void Leg::progress(const call::ProgressLeg& order) {
  if (phase_ != Phase::Incoming || order.status <= 100 || order.status >= 200) return;
  Reply reply{.status = order.status, .headers = {{"Contact", contact()}}};
  if (order.media) reply.sdp = print_sdp(*order.media, audio_line_);
  invited_->reply(reply);
}

void Leg::answer(const call::AnswerLeg& order) {
  if (phase_ != Phase::Incoming) return;
  phase_ = Phase::Answered;
  confirm_until_ = Clock::now() + kConfirmDeadline;
  facts_.local_sdp = print_sdp(order.answer, audio_line_);
  invited_->reply(change_accepted(facts_.local_sdp));
  report_unless_ended(call::DialogChanged{id_, facts_});
}

void Leg::on_invite_event(ServerTransaction::Event event, const sip_t* message) {
  switch (event) {
    case ServerTransaction::Event::Ack:
      return on_confirmed(message);
    case ServerTransaction::Event::Cancel:
      return on_cancelled(message);
    case ServerTransaction::Event::TimedOut:
      return on_unconfirmed();
  }
}

void Leg::on_confirmed(const sip_t* ack) {
  if (phase_ != Phase::Answered) return;
  // The library answers 500 in our place when our 200 could not be sent.
  if (invited_->final_status() >= 300) return on_unconfirmed();
  invited_.reset();
  confirm_until_.reset();
  phase_ = Phase::Established;
  if (ending_) return send_bye(*ending_);
  learn_way();
  arm_session(Clock::now());
  host_.report(call::LegConfirmed{id_, media_of(*ack)});
}

void Leg::on_cancelled(const sip_t* cancel) {
  if (phase_ != Phase::Incoming) return;
  // The library has answered the CANCEL itself (RFC 3261 §9.2).
  invited_->reply({.status = 487});
  report_unless_ended(
      call::LegHungUp{id_, call::LegHungUp::How::Cancel, q850_cause(cancel->sip_reason)});
  gone();
}

void Leg::on_unconfirmed() {
  if (phase_ != Phase::Answered) return;
  invited_.reset();
  confirm_until_.reset();
  report_unless_ended(call::LegHungUp{id_, call::LegHungUp::How::Timeout, std::nullopt});
  // RFC 3261 §13.3.1.4: the dialog is confirmed, but the session should be ended with a BYE.
  send_bye(ending_.value_or(""));
}

void Leg::check_deadline(Clock::time_point now) {
  check_session(now);
  if (cancel_until_ && now >= *cancel_until_) return gone();
  if (silent_until_ && now >= *silent_until_) leave_silent_address();
  if (!confirm_until_ || now < *confirm_until_) return;
  base::log_warning(base::LogSubject{base::LogArea::Sip, id_},
                    "leg {}: neither an ACK nor a time-out came for our 200", id_.value);
  on_unconfirmed();
}

}  // namespace sip
