// Restored dialogs: whether their peers are still there, and where.
//
// A peer that hung up while nobody listened gave up its BYE after 32 s; nothing else will ever say
// that it is gone. So each restored dialog is asked once, by OPTIONS (RFC 3261 §11.2 allows it in a
// dialog). Whatever a peer answers but 481 and 408 (§12.2.1.2), it lives.

#include "base/log.h"
#include "sip/compose.h"
#include "sip/leg.h"
#include "sip/limits.h"
#include "sip/uri.h"

namespace sip {

void Leg::ask_for_life() {
  if (phase_ != Phase::Established || !wants_sign_of_life_) return;
  ++life_questions_;
  ++facts_.local_cseq;
  life_question_ = ClientTransaction::send(
      agent_, compose(agent_, facts_, {.method = sip_method_options, .cseq = facts_.local_cseq}),
      way_to_peer(), [this](int status, const sip_t*) { on_life_answer(status); });
  report_unless_ended(call::DialogChanged{id_, facts_});
}

void Leg::on_life_answer(int status) {
  if (status < 200) return;
  const bool is_reached = life_question_->is_answered_by_peer();
  life_question_.reset();
  if (phase_ != Phase::Established) return;
  const bool is_lost = status == 481 || status == 408;
  if (is_reached && !is_lost) {
    wants_sign_of_life_ = false;
    // Too low a number is a sign of life too (RFC 3261 §12.2.2).
    if (status == 500) facts_.local_cseq += kLostRequestsMax;
    may_be_behind_ = false;
    return;
  }
  if (!is_lost && facts_.over_tcp && life_questions_ < kLifeQuestionsMax) {
    // Its connection died with the earlier process.
    return host_.ask_for_life(*this, Clock::now() + agent_.timer_t1() * kLifeQuestionTimers);
  }
  base::log_info(base::LogSubject{base::LogArea::Sip, id_},
                 "leg {}: its peer is gone since the restart ({}), the call is over", id_.value,
                 is_reached ? "it does not know the call" : "no answer");
  report_unless_ended(call::LegHungUp{id_, call::LegHungUp::How::Timeout, std::nullopt});
  if (status == 481) return gone();
  send_bye("");
}

bool Leg::peer_came_back(const std::string& contact, const HostPort& source) {
  const auto known = source_of(facts_);
  const auto ours = parse_sip_uri(facts_.remote_target);
  const auto theirs = parse_sip_uri(contact);
  if (!known || !ours || !theirs || known->transport != Transport::Tcp) return false;
  // Ports are those of the connection with most phones, so they are others now.
  const bool is_same =
      ours->user == theirs->user && ours->host == theirs->host && known->host == source.host;
  if (!is_same || agent_.flow_to(known) == Flow::Open) return false;
  note_source(facts_, source);
  report_unless_ended(call::DialogChanged{id_, facts_});
  if (life_question_ == nullptr) ask_for_life();
  return true;
}

}  // namespace sip
