// The peer changes the session: re-INVITE (RFC 3261 §14.2) and UPDATE (RFC 3311), and the reply.

#include <utility>

#include "sip/facts.h"
#include "sip/leg.h"
#include "sip/limits.h"
#include "sip/random_text.h"
#include "sip/sdp_text.h"
#include "sip/session_timer.h"
#include "sip/wire_text.h"

namespace sip {

Reply Leg::change_accepted(const std::string& sdp) {
  Reply reply{.status = 200, .headers = {{"Contact", contact()}, {"Allow", kAllow}}, .sdp = sdp};
  for (auto& header : session_answer(facts_)) reply.headers.push_back(std::move(header));
  return reply;
}

bool Leg::offer_is_out() const {
  return refreshing_ != nullptr && refresh_method_ == sip_method_invite;
}

std::optional<Leg::Change> Leg::take_change(ServerTransaction& transaction, const sip_t& request) {
  const auto refuse = [&](const Reply& reply) {
    transaction.reply(reply);
    return std::nullopt;
  };
  if (phase_ == Phase::Closing || phase_ == Phase::Gone) return refuse({.status = 481});
  if (reinvite_ != nullptr && !reinvite_->is_answered()) {
    // One change at a time: RFC 3261 §14.2 names this reply and the range of the delay.
    const auto delay = std::to_string(random_number() % 11);
    return refuse({.status = 500, .headers = {{"Retry-After", delay}}});
  }
  const SessionTerms terms = session_terms_of(request);
  if (const auto refusal = session_refusal(agent_.profile(), terms)) return refuse(*refusal);
  const auto offer = offer_of(request);
  if (!offer) return refuse(offer.error());
  // Our own offer is under way: the peer will try again, as we shall (RFC 3261 §14.2).
  if (offer->media && offer_is_out()) return refuse({.status = 491});
  const auto path = path_of(request, Reading::Forwards);
  if (!path) return refuse({.status = 400});
  // A target refresh (RFC 3261 §12.2.2); the route set never changes.
  if (!path->target.empty() && facts_.remote_target != path->target) {
    facts_.remote_target = path->target;
    learn_way();
  }
  facts_.peer_takes_update = facts_.peer_takes_update || allows_update(request);
  agree_to_request(agent_.profile(), terms, facts_);
  if (offer->media) audio_line_ = offer->audio_line;
  return Change{offer->media};
}

void Leg::on_reinvite(std::unique_ptr<ServerTransaction> transaction, const sip_t& request) {
  if (phase_ == Phase::Incoming) {
    const auto delay = std::to_string(random_number() % 11);
    return transaction->reply({.status = 500, .headers = {{"Retry-After", delay}}});
  }
  // Our 200 and its ACK are still under way, or our own re-INVITE is; the peer will try again.
  if (phase_ == Phase::Answered || phase_ == Phase::Cancelling || offer_is_out()) {
    return transaction->reply({.status = 491});
  }
  const auto change = take_change(*transaction, request);
  if (!change) return;
  reinvite_ = std::move(transaction);
  change_is_update_ = false;
  reinvite_->listen([this](ServerTransaction::Event event, const sip_t* message) {
    on_reinvite_event(event, message);
  });
  if (!change->offer) audio_line_ = 0;
  host_.report(call::LegReinvited{id_, change->offer});
}

// UPDATE (RFC 3311): a sign of life or a new target, answered at once, or an offer for the core.
void Leg::on_update(std::unique_ptr<ServerTransaction> transaction, const sip_t& request) {
  const bool is_early = phase_ != Phase::Established && phase_ != Phase::Closing;
  // The offer of the INVITE is not settled yet (RFC 3311 §5.2).
  if (is_early && request.sip_payload != nullptr) return transaction->reply({.status = 491});
  // An answer to our offer is under way in an ACK.
  if (reinvite_ != nullptr && reinvite_->is_answered() && request.sip_payload != nullptr) {
    return transaction->reply({.status = 491});
  }
  const auto change = take_change(*transaction, request);
  if (!change) return;
  arm_session(Clock::now());
  if (!change->offer) return transaction->reply(change_accepted(""));
  reinvite_ = std::move(transaction);
  change_is_update_ = true;
  host_.report(call::LegReinvited{id_, change->offer});
}

void Leg::answer_reinvite(const call::AnswerReinvite& order) {
  if (reinvite_ == nullptr || reinvite_->is_answered()) return;
  facts_.local_sdp = print_sdp(order.answer, audio_line_);
  reinvite_->reply(change_accepted(facts_.local_sdp));
  arm_session(Clock::now());
  if (change_is_update_) reinvite_.reset();
  report_unless_ended(call::DialogChanged{id_, facts_});
}

void Leg::refuse_reinvite(const call::RefuseReinvite& order) {
  if (reinvite_ == nullptr || reinvite_->is_answered()) return;
  const bool final = order.status >= 300 && order.status <= 699;
  reinvite_->reply({.status = final ? order.status : 488});
  reinvite_.reset();
}

void Leg::on_reinvite_event(ServerTransaction::Event event, const sip_t* message) {
  switch (event) {
    case ServerTransaction::Event::Ack:
      reinvite_.reset();
      report_unless_ended(call::LegConfirmed{id_, media_of(*message)});
      return;
    case ServerTransaction::Event::Cancel:
      reinvite_->reply({.status = 487});
      reinvite_.reset();
      return;
    case ServerTransaction::Event::TimedOut:
      // A 200 without ACK: as for the first INVITE, the session is ended.
      reinvite_.reset();
      if (phase_ != Phase::Established) return;
      host_.report(call::LegHungUp{id_, call::LegHungUp::How::Timeout, std::nullopt});
      return send_bye("");
  }
}

}  // namespace sip
