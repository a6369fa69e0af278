// A call of ours up to its final response (RFC 3261 §13.2).

#include <utility>

#include "base/log.h"
#include "sip/facts.h"
#include "sip/leg.h"
#include "sip/limits.h"
#include "sip/random_text.h"
#include "sip/sdp_text.h"
#include "sip/uri.h"
#include "sip/wire_text.h"

namespace sip {
namespace {

// What a caller is told of a call that could not be sent at all (sip_messages.h, LegRefused).
constexpr int kNotSendable = 503;
// The peer answered with a Contact that no request can be sent to.
constexpr int kBadAnswer = 502;

base::Headers allowed(const base::Headers& wished) {
  base::Headers headers;
  for (const auto& header : wished) {
    if (headers.size() < kExtraHeadersMax && may_be_set(header.first)) headers.push_back(header);
  }
  return headers;
}

// "sip:ip:port…" for the order's next hop or else the host of its URI, when that is an IP literal.
std::optional<std::string> destination_of(const call::InviteLeg& order) {
  if (!order.next_hop.empty()) {
    const auto at = parse_host_port(order.next_hop);
    return at ? std::optional(destination_uri(*at)) : std::nullopt;
  }
  call::DialogFacts only_target;
  only_target.remote_target = order.request_uri;
  return next_hop(only_target);
}

}  // namespace

void Leg::invite(const call::InviteLeg& order) {
  phase_ = Phase::Calling;
  facts_.profile = agent_.profile().name;
  facts_.call_id = random_hex(16);
  facts_.local_tag = random_hex(8);
  const std::string host =
      order.from_host.empty() ? host_port_text(agent_.bound()) : order.from_host;
  facts_.local_address = name_address({order.from_display, order.from_user, host});
  facts_.remote_address = "<" + one_line(order.request_uri) + ">";
  facts_.remote_target = order.request_uri;
  facts_.local_cseq = 1;
  facts_.caller_is_peer = false;

  const auto destination = destination_of(order);
  if (destination) {
    destination_ = *destination;
    calling_ = ClientTransaction::send(
        agent_,
        compose(agent_, facts_,
                {.method = sip_method_invite,
                 .cseq = facts_.local_cseq,
                 .headers = allowed(order.headers),
                 .sdp = print_sdp(order.offer, order.offer.other_lines.size())}),
        destination_, [this](int status, const sip_t* response) { on_response(status, response); });
  }
  if (calling_ != nullptr) return;
  base::log_warning(base::LogSubject{base::LogArea::Sip, id_},
                    "leg {}: cannot call {} by way of '{}': no IP literal, or no SIP URI",
                    id_.value, order.request_uri, order.next_hop);
  on_refused(kNotSendable, nullptr);
}

void Leg::on_response(int status, const sip_t* response) {
  if (status < 200) return on_provisional(status, response);
  if (status < 300 && response != nullptr) return on_accepted(*response);
  on_refused(status, response);
}

void Leg::on_provisional(int status, const sip_t* response) {
  const bool first = !provisional_came_;
  provisional_came_ = true;
  if (phase_ == Phase::Cancelling) {
    if (first) calling_->cancel(ending_.value_or(""));
    return;
  }
  if (phase_ != Phase::Calling || status == 100 || response == nullptr) return;
  host_.report(call::LegProgressed{id_, status, media_of(*response)});
}

void Leg::on_accepted(const sip_t& response) {
  if (phase_ != Phase::Calling && phase_ != Phase::Cancelling) return;
  const std::string branch = calling_->branch();
  facts_.source = host_port_text(calling_->peer());
  const Adoption adoption = adopt_answer(response);
  acknowledge(response, branch);
  calling_.reset();
  // A 2xx that crossed our CANCEL makes a dialog all the same, and it is ended as one.
  if (phase_ == Phase::Cancelling) return send_bye(ending_.value_or(""));
  if (adoption == Adoption::Unusable) {
    host_.report(call::LegRefused{id_, kBadAnswer, std::nullopt});
    return send_bye("");
  }
  phase_ = Phase::Established;
  host_.report(call::LegAnswered{id_, media_of(response), facts_});
}

// Takes over what a 2xx says of the dialog (RFC 3261 §12.1.2). With a Contact or Record-Route that
// no request can follow, the target stays what we called, so that ACK and BYE at least try.
Leg::Adoption Leg::adopt_answer(const sip_t& response) {
  facts_.remote_tag = plain(response.sip_to->a_tag);
  host_.dialog_known(*this);
  const auto path = path_of(response, Reading::Backwards);
  if (!path) return Adoption::Unusable;
  facts_.routes = path->routes;
  if (!path->target.empty()) facts_.remote_target = path->target;
  return Adoption::Adopted;
}

void Leg::acknowledge(const sip_t& response, const std::string& branch) {
  MessagePtr ack =
      compose(agent_, facts_, {.method = sip_method_ack, .cseq = response.sip_cseq->cs_seq});
  const std::string destination = next_hop(facts_).value_or(destination_);
  if (ClientTransaction::acknowledge(agent_, std::move(ack), destination, branch) ==
      ClientTransaction::AckResult::Refused) {
    base::log_warning(base::LogSubject{base::LogArea::Sip, id_}, "leg {}: cannot send an ACK to {}",
                      id_.value, facts_.remote_target);
  }
}

void Leg::acknowledge_again(const sip_t& response) {
  if (phase_ != Phase::Established && phase_ != Phase::Closing) return;
  acknowledge(response, response.sip_via == nullptr ? "" : plain(response.sip_via->v_branch));
}

void Leg::on_refused(int status, const sip_t* response) {
  if (phase_ == Phase::Calling) {
    const auto q850 = response == nullptr ? std::nullopt : q850_cause(response->sip_reason);
    host_.report(call::LegRefused{id_, status, q850});
  }
  gone();
}

}  // namespace sip
