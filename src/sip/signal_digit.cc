// Keys that we tell the peer by INFO (RFC 6086, with the body that phones know).

#include "sip/leg.h"
#include "sip/limits.h"
#include "sip/uri.h"

namespace sip {

void Leg::signal_digit(const call::SignalDigit& order) {
  if (phase_ != Phase::Established || digits_.size() >= kDigitsWaitingMax) return;
  digits_.push_back(order.digit);
  if (signalling_ == nullptr) signal_next_digit();
}

// One at a time: INFOs that overtake each other would change a number that is dialled.
void Leg::signal_next_digit() {
  signalling_.reset();
  if (phase_ != Phase::Established || digits_.empty()) return;
  const std::string body = "Signal=" + digits_.front() + "\r\nDuration=160\r\n";
  digits_.pop_front();
  ++facts_.local_cseq;
  const auto way = way_to_peer();
  signalling_ = ClientTransaction::send(agent_,
                                        compose(agent_, facts_,
                                                {.method = sip_method_info,
                                                 .cseq = facts_.local_cseq,
                                                 .content_type = "application/dtmf-relay",
                                                 .body = body}),
                                        way ? way : destination_, [this](int status, const sip_t*) {
                                          if (status >= 200) signal_next_digit();
                                        });
  if (signalling_ == nullptr) digits_.clear();
  report_unless_ended(call::DialogChanged{id_, facts_});
}

}  // namespace sip
