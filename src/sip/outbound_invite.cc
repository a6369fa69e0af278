// A call of ours up to its final response (RFC 3261 §13.2).

#include <algorithm>
#include <utility>

#include "base/ip_network.h"
#include "base/log.h"
#include "sip/facts.h"
#include "sip/leg.h"
#include "sip/limits.h"
#include "sip/random_text.h"
#include "sip/sdp_text.h"
#include "sip/session_timer.h"
#include "sip/stray_answer.h"
#include "sip/uri.h"
#include "sip/wire_text.h"

namespace sip {
namespace {

// As many hexadecimal digits as hold 64 bits.
constexpr std::size_t kTagLength = 16;
// The peer answered with a Contact that no request can be sent to.
constexpr int kBadAnswer = 502;

base::Headers allowed(const base::Headers& wished) {
  base::Headers headers;
  for (const auto& header : wished) {
    if (headers.size() < kExtraHeadersMax && may_be_set(header.first)) headers.push_back(header);
  }
  return headers;
}

using Way = std::variant<HostPort, SipUri>;

// Where this URI leads: an address, or a name; nullopt when it is no SIP URI.
std::optional<Way> way_of(const std::string& uri) {
  call::DialogFacts only_target;
  only_target.remote_target = uri;
  if (auto at = next_hop(only_target)) return Way(std::move(*at));
  auto name = parse_sip_uri(uri);
  if (!name || is_ip_literal(name->host)) return std::nullopt;
  return Way(std::move(*name));
}

// Where the order may be sent, in this order: its next hop, else what its URI says. A phone that
// came by TCP and whose connection is gone may still listen where its Contact says.
std::vector<Way> ways_of(const Agent& agent, const call::InviteLeg& order) {
  std::vector<Way> ways;
  const auto hop = parse_host_port(order.next_hop);
  if (hop) {
    ways.emplace_back(*hop);
  } else if (!order.next_hop.empty()) {
    if (auto way = way_of("sip:" + order.next_hop)) ways.push_back(std::move(*way));
  }
  if (!order.next_hop.empty() && (!hop || hop->transport == Transport::Udp)) return ways;
  auto target = way_of(order.request_uri);
  if (!target) return ways;
  const bool hop_is_open = agent.flow_to(hop) == Flow::Open;
  ways.insert(hop_is_open ? ways.end() : ways.begin(), std::move(*target));
  return ways;
}

// Whether a profile follows a 3xx to this address.
bool may_redirect_to(const call::SipProfile& profile, const std::string& host) {
  return std::any_of(
      profile.redirect_networks.begin(), profile.redirect_networks.end(),
      [&](const std::string& network) { return base::is_in_network(host, network); });
}

}  // namespace

void Leg::invite(const call::InviteLeg& order) {
  phase_ = Phase::Calling;
  facts_.profile = agent_.profile().name;
  // Not random: should this process die before anybody knows that the INVITE is out, the next one
  // sends it again as the same, and can cancel it.
  facts_.call_id = host_.name_of(id_, "call");
  facts_.local_tag = host_.name_of(id_, "tag").substr(0, kTagLength);
  const std::string host =
      order.from_host.empty() ? host_port_text(agent_.bound()) : order.from_host;
  facts_.local_address = name_address({order.from_display, order.from_user, host});
  facts_.remote_address = "<" + one_line(order.request_uri) + ">";
  facts_.caller_is_peer = false;
  facts_.local_sdp = print_sdp(order.offer, order.offer.other_lines.size());
  added_headers_ = allowed(order.headers);
  max_forwards_ = order.max_forwards;
  facts_.remote_target = order.request_uri;
  for (Way& way : ways_of(agent_, order)) add_attempt({order.request_uri, std::move(way)});
  try_next();
}

// A redirection is followed only into the networks that the profile names (decision #45).
bool Leg::is_allowed(const Attempt& attempt) const {
  const auto* at = std::get_if<HostPort>(&attempt.at);
  if (attempt.chosen == Chosen::ByUs || at == nullptr) return true;
  return may_redirect_to(agent_.profile(), at->host);
}

void Leg::add_attempt(Attempt attempt) {
  if (attempts_.size() < kAttemptsMax && is_allowed(attempt)) {
    attempts_.push_back(std::move(attempt));
  }
}

void Leg::resolved(Resolution found) {
  if (phase_ == Phase::Established && !found.addresses.empty()) {
    named_way_ = std::move(found.addresses.front());
    return;
  }
  if (!asking_ || phase_ != Phase::Calling) return;
  const Attempt asked = *std::exchange(asking_, std::nullopt);
  if (found.addresses.empty()) {
    base::log_warning(base::LogSubject{base::LogArea::Sip, id_},
                      "leg {}: the host of {} is not found: {}", id_.value, asked.request_uri,
                      found.problem);
  }
  // Before whatever else may be tried.
  std::deque<Attempt> others = std::exchange(attempts_, {});
  for (HostPort& at : found.addresses)
    add_attempt({asked.request_uri, std::move(at), asked.chosen});
  for (Attempt& other : others) add_attempt(std::move(other));
  try_next();
}

void Leg::try_next() {
  calling_.reset();
  silent_until_.reset();
  while (!attempts_.empty()) {
    Attempt attempt = std::move(attempts_.front());
    attempts_.pop_front();
    if (const auto* name = std::get_if<SipUri>(&attempt.at)) {
      const SipUri asked = *name;
      asking_ = std::move(attempt);
      return host_.resolve(*this, asked);
    }
    facts_.remote_target = attempt.request_uri;
    destination_ = std::get<HostPort>(attempt.at);
    if (send_invite() == Sending::Sent) return;
  }
  base::log_warning(base::LogSubject{base::LogArea::Sip, id_},
                    "leg {}: cannot call {}: no address, or no SIP URI", id_.value,
                    facts_.remote_target);
  end_refused(refused_with_, nullptr);
}

Leg::Sending Leg::send_invite() {
  ++facts_.local_cseq;
  facts_.over_tcp = destination_->transport == Transport::Tcp;
  provisional_came_ = false;
  silent_until_ = Clock::now() + agent_.timer_t1() * kSilentAttemptTimers;
  base::Headers headers = added_headers_;
  for (auto& header : session_request(agent_.profile(), facts_, session_minimum_)) {
    headers.push_back(std::move(header));
  }
  const std::string branch =
      "z9hG4bK" + host_.name_of(id_, "branch " + std::to_string(facts_.local_cseq));
  calling_ = ClientTransaction::send_as(
      agent_,
      compose(agent_, facts_,
              {.method = sip_method_invite,
               .cseq = facts_.local_cseq,
               .headers = std::move(headers),
               .sdp = facts_.local_sdp,
               .max_forwards = max_forwards_}),
      destination_, branch,
      [this](int status, const sip_t* response) { on_response(status, response); });
  if (calling_ == nullptr) return Sending::Impossible;
  const std::string transport = facts_.over_tcp ? ";transport=tcp" : "";
  host_.report(call::InviteSent{
      id_,
      facts_,
      {calling_->branch(), facts_.local_cseq, host_port_text(*destination_) + transport}});
  return Sending::Sent;
}

void Leg::on_response(int status, const sip_t* response) {
  silent_until_.reset();
  if (status < 200) return on_provisional(status, response);
  if (status < 300 && response != nullptr) return on_accepted(*response);
  on_refused(status, response);
}

// Nobody answers there, not even 100, and there is another address to try.
void Leg::leave_silent_address() {
  silent_until_.reset();
  if (attempts_.empty() || phase_ != Phase::Calling || calling_ == nullptr) return;
  base::log_info(base::LogSubject{base::LogArea::Sip, id_},
                 "leg {}: {} is silent, the next address is tried", id_.value,
                 host_port_text(*destination_));
  ClientTransaction& left = *left_.emplace_back(std::move(calling_));
  left.hear([this, &left](int status, const sip_t* response) {
    on_late_response(left, status, response);
  });
  try_next();
}

// The call goes on elsewhere, or is over: here it ends.
void Leg::on_late_response(ClientTransaction& left, int status, const sip_t* response) {
  if (status < 200) {
    left.cancel("");
    return left.hear([this, &left](int later, const sip_t* answer) {
      if (later >= 200) on_late_response(left, later, answer);
    });
  }
  if (status < 300 && response != nullptr) end_stray_answer(agent_, *response, left.peer());
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
  note_source(facts_, calling_->peer());
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
  learn_way();
  arm_session(Clock::now());
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
  facts_.peer_takes_update = allows_update(response);
  agree_to_answer(agent_.profile(), session_terms_of(response), facts_);
  if (!path->target.empty()) facts_.remote_target = path->target;
  return Adoption::Adopted;
}

void Leg::acknowledge(const sip_t& response, const std::string& branch) {
  MessagePtr ack =
      compose(agent_, facts_, {.method = sip_method_ack, .cseq = response.sip_cseq->cs_seq});
  const auto way = way_to_peer();
  const auto destination = way ? way : destination_;
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
    refused_with_ = status;
    if (status == 422 && response != nullptr && raise_session(*response)) return;
    if (status >= 300 && status < 400 && response != nullptr) take_redirections(*response);
    const bool is_elsewhere = status < 400 || status == 408 || status == 503;
    if (is_elsewhere && !attempts_.empty()) return try_next();
  }
  end_refused(status, response);
}

void Leg::end_refused(int status, const sip_t* response) {
  if (phase_ == Phase::Calling) {
    const auto q850 = response == nullptr ? std::nullopt : q850_cause(response->sip_reason);
    host_.report(call::LegRefused{id_, status, q850});
  }
  gone();
}

// The peer wants longer sessions (RFC 4028 §7.3).
bool Leg::raise_session(const sip_t& response) {
  const int minimum = session_terms_of(response).minimum_seconds;
  if (minimum <= session_minimum_ || ++session_raises_ > kSessionRaisesMax) return false;
  session_minimum_ = minimum;
  return send_invite() == Sending::Sent;
}

// A redirection is not followed unless the profile says to which networks (decision #45).
void Leg::take_redirections(const sip_t& response) {
  if (++redirects_ > kRedirectsMax) return attempts_.clear();
  attempts_.clear();
  const sip_contact_t* each = response.sip_contact;
  for (; each != nullptr; each = each->m_next) {
    if (!is_sip_uri(each->m_url)) continue;
    const std::string uri = plain_uri(each->m_url);
    if (auto way = way_of(uri)) add_attempt({uri, std::move(*way), Chosen::ByThePeer});
  }
}

}  // namespace sip
