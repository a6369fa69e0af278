#include "sip/phone_notices.h"

#include <string>
#include <utility>

#include "base/log.h"
#include "call/dialog_facts.h"
#include "sip/compose.h"
#include "sip/limits.h"
#include "sip/random_text.h"
#include "sip/uri.h"

namespace sip {

void PhoneNotices::send(Agent& agent, const call::NotifyPhone& order) {
  const auto destination = parse_host_port(order.next_hop);
  if (!destination || waiting_.size() >= kNoticesWaitingMax) return;
  // A TCP connection that is gone is not made anew for this.
  const bool is_tcp = destination->transport == Transport::Tcp;
  if (is_tcp && agent.flow_to(*destination) == Flow::None) return;
  call::DialogFacts facts;
  facts.call_id = random_hex(16);
  facts.local_tag = random_hex(8);
  facts.local_address = "<sip:" + order.address + ">";
  facts.remote_address = "<sip:" + order.address + ">";
  facts.remote_target = order.request_uri;
  note_source(facts, *destination);
  Request request{.method = sip_method_notify, .cseq = 1};
  // RFC 6665 §4.1.3 wants to know the subscription, and there is none.
  request.headers = {{"Event", order.event},
                     {"Subscription-State", "terminated;reason=noresource"}};
  request.content_type = order.content_type;
  request.body = order.body;
  auto message = compose(agent, facts, request);
  if (!message) {
    base::log_warning(base::LogSubject{base::LogArea::Sip}, "{} cannot be told of its {}",
                      order.request_uri, order.event);
    return;
  }
  const std::uint64_t number = ++numbers_;
  waiting_[number] = ClientTransaction::send(agent, std::move(message), destination,
                                             [this, number](int status, const sip_t*) {
                                               if (status >= 200) answered_.push_back(number);
                                             });
}

void PhoneNotices::bury() {
  for (const std::uint64_t number : answered_) waiting_.erase(number);
  answered_.clear();
}

}  // namespace sip
