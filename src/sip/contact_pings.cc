#include "sip/contact_pings.h"

#include <utility>

#include "call/dialog_facts.h"
#include "sip/compose.h"
#include "sip/limits.h"
#include "sip/random_text.h"
#include "sip/uri.h"

namespace sip {
namespace {

bool is_behind_nat(const std::string& uri, const HostPort& source) {
  const auto contact = parse_sip_uri(uri);
  return contact && (contact->host != source.host || contact->port != source.port);
}

bool is_wanted(const Agent& agent, const std::string& uri, const HostPort& source) {
  switch (agent.profile().contact_pings) {
    case call::ContactPings::None:
      return false;
    case call::ContactPings::BehindNat:
      return is_behind_nat(uri, source);
    case call::ContactPings::All:
      return true;
  }
  return false;
}

}  // namespace

void ContactPings::add(Agent& agent, const std::string& uri, const HostPort& source,
                       Clock::time_point until) {
  if (!is_wanted(agent, uri, source) || phones_.size() >= kPingedContactsMax) return;
  phones_[uri] = Phone{&agent, source, until, Clock::now() + interval_};
}

void ContactPings::forget(const std::string& uri) {
  phones_.erase(uri);
}

void ContactPings::tick(Clock::time_point now) {
  int room = kPingsPerTickMax;
  for (auto next = phones_.begin(); next != phones_.end() && room > 0;) {
    auto& [uri, phone] = *next;
    if (phone.until <= now) {
      next = phones_.erase(next);
      continue;
    }
    if (phone.next <= now) {
      ask(phone, uri);
      phone.next = now + interval_;
      --room;
    }
    ++next;
  }
}

void ContactPings::ask(Phone& phone, const std::string& uri) {
  call::DialogFacts facts;
  facts.call_id = random_hex(16);
  facts.local_tag = random_hex(8);
  facts.local_address = "<sip:" + host_port_text(phone.agent->bound()) + ">";
  facts.remote_address = "<" + uri + ">";
  facts.remote_target = uri;
  note_source(facts, phone.source);
  // A TCP connection that is gone is not made anew for this.
  const bool is_tcp = phone.source.transport == Transport::Tcp;
  if (is_tcp && phone.agent->flow_to(phone.source) == Flow::None) return;
  phone.asking = ClientTransaction::send(
      *phone.agent, compose(*phone.agent, facts, {.method = sip_method_options, .cseq = 1}),
      phone.source, [](int, const sip_t*) {});
}

}  // namespace sip
