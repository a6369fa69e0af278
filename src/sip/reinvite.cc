// The peer changes the session: re-INVITE and its reply (RFC 3261 §14.2).

#include <utility>

#include "sip/facts.h"
#include "sip/leg.h"
#include "sip/limits.h"
#include "sip/random_text.h"
#include "sip/sdp_text.h"
#include "sip/wire_text.h"

namespace sip {

void Leg::on_reinvite(std::unique_ptr<ServerTransaction> transaction, const sip_t& request) {
  if (phase_ == Phase::Incoming || (reinvite_ != nullptr && !reinvite_->is_answered())) {
    // One INVITE at a time: RFC 3261 §14.2 names this reply and the range of the delay.
    const auto delay = std::to_string(random_number() % 11);
    return transaction->reply({.status = 500, .headers = {{"Retry-After", delay}}});
  }
  if (phase_ == Phase::Answered || phase_ == Phase::Cancelling) {
    // Our 200 and its ACK are still under way; the peer will try again.
    return transaction->reply({.status = 491});
  }
  if (phase_ != Phase::Established) return transaction->reply({.status = 481});

  const auto offer = offer_of(request);
  if (!offer) return transaction->reply(offer.error());
  const auto path = path_of(request, Reading::Forwards);
  if (!path) return transaction->reply({.status = 400});
  // A re-INVITE is a target refresh (RFC 3261 §12.2.2); the route set never changes.
  if (!path->target.empty()) facts_.remote_target = path->target;

  reinvite_ = std::move(transaction);
  reinvite_->listen([this](ServerTransaction::Event event, const sip_t* message) {
    on_reinvite_event(event, message);
  });
  audio_line_ = offer->audio_line;
  host_.report(call::LegReinvited{id_, offer->media});
}

void Leg::answer_reinvite(const call::AnswerReinvite& order) {
  if (reinvite_ == nullptr || reinvite_->is_answered()) return;
  reinvite_->reply({.status = 200,
                    .headers = {{"Contact", agent_.contact(facts_.source)}, {"Allow", kAllow}},
                    .sdp = print_sdp(order.answer, audio_line_)});
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
