// Requests of the peer within a dialog (RFC 3261 §12.2.2), and dialogs that come back after a
// restart.

#include <utility>

#include "sip/facts.h"
#include "sip/leg.h"
#include "sip/uri.h"
#include "sip/wire_text.h"

namespace sip {

void Leg::learn_way() {
  named_way_.reset();
  if (!facts_.over_tcp) return;  // By UDP the way to the peer is where it comes from.
  const auto first = parse_sip_uri(facts_.routes.empty() ? facts_.remote_target : facts_.routes[0]);
  if (first && !is_ip_literal(first->host)) host_.resolve(*this, *first);
}

std::optional<HostPort> Leg::way_to_peer() const {
  const auto source = source_of(facts_);
  const bool has_flow =
      !source || source->transport == Transport::Udp || agent_.flow_to(source) == Flow::Open;
  if (named_way_ && !has_flow) return named_way_;
  return agent_.way_to_peer(facts_);
}

void Leg::restore(call::DialogFacts facts) {
  phase_ = Phase::Established;
  facts_ = std::move(facts);
  wants_sign_of_life_ = true;
  may_be_behind_ = true;
  host_.dialog_known(*this);
  learn_way();
  arm_session(Clock::now());
  // When the last sign of life was is not known: ours comes soon, but not for all dialogs at once.
  if (refresh_at_) *refresh_at_ -= std::chrono::seconds(facts_.session_seconds) * 3 / 8;
}

void Leg::on_request(std::unique_ptr<ServerTransaction> transaction, const sip_t& request,
                     const HostPort& source) {
  // Repetitions have found their transaction before; what is not newer is out of order. 0: the peer
  // has sent nothing in this dialog yet.
  const std::uint32_t cseq = request.sip_cseq->cs_seq;
  if (facts_.remote_cseq != 0 && cseq <= facts_.remote_cseq) {
    return transaction->reply({.status = 500});
  }
  facts_.remote_cseq = cseq;
  note_source(facts_, source);
  wants_sign_of_life_ = false;

  switch (request.sip_request->rq_method) {
    case sip_method_bye:
      return on_bye(std::move(transaction), request);
    case sip_method_invite:
      on_reinvite(std::move(transaction), request);
      break;
    case sip_method_update:
      on_update(std::move(transaction), request);
      break;
    case sip_method_info:
      transaction->reply({.status = 200});
      if (const auto digit = digit_of(request)) {
        report_unless_ended(call::DigitSignalled{id_, *digit});
      }
      break;
    case sip_method_refer:
      on_refer(std::move(transaction), request);
      break;
    case sip_method_options:
      transaction->reply(
          {.status = 200, .headers = {{"Allow", kAllow}, {"Accept", "application/sdp"}}});
      break;
    case sip_method_unknown:
      transaction->reply({.status = 501, .headers = {{"Allow", kAllow}}});
      break;
    default:
      transaction->reply({.status = 405, .headers = {{"Allow", kAllow}}});
      break;
  }
  if (facts_.established() && phase_ != Phase::Incoming) {
    report_unless_ended(call::DialogChanged{id_, facts_});
  }
}

}  // namespace sip
