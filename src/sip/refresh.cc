// Session timers of a leg (RFC 4028): our signs of life, and what happens when the peer's stay out.

#include <algorithm>
#include <utility>

#include "base/log.h"
#include "sip/compose.h"
#include "sip/facts.h"
#include "sip/leg.h"
#include "sip/limits.h"
#include "sip/random_text.h"
#include "sip/session_timer.h"

namespace sip {
namespace {

// RFC 4028 §10: who waits for the other's sign hangs up this much before the time is over.
std::chrono::seconds margin_of(std::chrono::seconds session) {
  return std::min(std::chrono::seconds(32), session / 3);
}

// RFC 3261 §14.1: who made the Call-ID waits longer, so that the two do not meet again.
std::chrono::milliseconds glare_pause(bool caller_is_peer) {
  const auto step = std::chrono::milliseconds(10);
  if (caller_is_peer) return step * static_cast<int>(random_number() % 201);
  return std::chrono::milliseconds(2100) + step * static_cast<int>(random_number() % 191);
}

}  // namespace

void Leg::arm_session(Clock::time_point now) {
  refresh_at_.reset();
  session_end_at_.reset();
  if (facts_.session_seconds == 0) return;
  const std::chrono::seconds session(facts_.session_seconds);
  if (facts_.we_refresh) refresh_at_ = now + session / 2;
  session_end_at_ = now + (facts_.we_refresh ? session : session - margin_of(session));
}

void Leg::check_session(Clock::time_point now) {
  if (phase_ != Phase::Established) return;
  if (session_end_at_ && now >= *session_end_at_) return end_lost_session();
  if (refresh_at_ && now >= *refresh_at_) refresh_session(now);
}

void Leg::end_lost_session() {
  base::log_info("leg {}: no sign of life for {} s, the call is over", id_.value,
                 facts_.session_seconds);
  refreshing_.reset();
  report_unless_ended(call::LegHungUp{id_, call::LegHungUp::How::Timeout, std::nullopt});
  send_bye("");
}

void Leg::repeat_refresh(Clock::duration pause) {
  refreshing_.reset();
  refresh_at_ = Clock::now() + pause;
}

void Leg::refresh_session(Clock::time_point now) {
  // Not while one is under way, or the peer changes something itself.
  const bool is_busy = refreshing_ != nullptr || (reinvite_ != nullptr);
  refresh_at_ = now + std::chrono::seconds(1);
  if (is_busy) return;
  refresh_method_ = facts_.peer_takes_update ? sip_method_update : sip_method_invite;
  const bool by_invite = refresh_method_ == sip_method_invite;
  ++facts_.local_cseq;
  refreshing_ = ClientTransaction::send(
      agent_,
      compose(agent_, facts_,
              {.method = refresh_method_,
               .cseq = facts_.local_cseq,
               .headers = session_request(agent_.profile(), facts_, session_minimum_),
               .sdp = by_invite ? facts_.local_sdp : std::string()}),
      way_to_peer(),
      [this](int status, const sip_t* response) { on_refresh_response(status, response); });
  // Until its response there is nothing to send; the end of the session stays where it was.
  if (refreshing_ != nullptr) refresh_at_.reset();
  report_unless_ended(call::DialogChanged{id_, facts_});
}

void Leg::on_refresh_response(int status, const sip_t* response) {
  if (status < 200) return;
  const bool by_invite = refresh_method_ == sip_method_invite;
  if (status < 300 && response != nullptr) {
    if (by_invite) acknowledge(*response, refreshing_->branch());
    return on_refreshed(*response);
  }
  if (phase_ != Phase::Established) return refreshing_.reset();
  const std::chrono::seconds session(facts_.session_seconds);
  switch (status) {
    case 481:  // The dialog is gone at the other end (RFC 3261 §12.2.1.2) …
    case 408:  // … or the other end is.
      return end_lost_session();
    case 491:
      return repeat_refresh(glare_pause(facts_.caller_is_peer));
    case 422:
      if (response != nullptr) session_minimum_ = session_terms_of(*response).minimum_seconds;
      if (facts_.session_seconds >= session_minimum_) break;
      facts_.session_seconds = session_minimum_;
      refreshing_.reset();
      return refresh_session(Clock::now());
    case 405:
    case 501:
      if (!by_invite) {
        facts_.peer_takes_update = false;
        refreshing_.reset();
        return refresh_session(Clock::now());
      }
      break;
    default:
      break;
  }
  repeat_refresh(std::max<Clock::duration>(session / 8, std::chrono::seconds(1)));
}

void Leg::on_refreshed(const sip_t& response) {
  refreshing_.reset();
  if (phase_ != Phase::Established) return;
  const auto path = path_of(response, Reading::Backwards);
  if (path && !path->target.empty() && facts_.remote_target != path->target) {
    facts_.remote_target = path->target;
    learn_way();
  }
  const SessionTerms terms = session_terms_of(response);
  // Without a word of it, the peer has taken our sign of life all the same.
  if (terms.seconds > 0) agree_to_answer(agent_.profile(), terms, facts_);
  arm_session(Clock::now());
  report_unless_ended(call::DialogChanged{id_, facts_});
}

}  // namespace sip
