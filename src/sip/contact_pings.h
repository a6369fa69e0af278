// Asks registered phones for a sign of life (OPTIONS), so that the way to them through their router
// stays open (nat-options-ping, all-reg-options-ping).
//
// Only knows the registrations of this process: after a restart a phone is asked from its next
// registration on. An answer is not needed: what keeps the way open is that something passes. Sip
// thread only.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <string>

#include "sip/agent.h"
#include "sip/transaction.h"

namespace sip {

class ContactPings {
 public:
  using Clock = std::chrono::steady_clock;

  explicit ContactPings(Clock::duration interval) : interval_(interval) {}

  // The phone with this Contact registered from `source`. Nothing happens when its profile does not
  // ask for it.
  void add(Agent& agent, const std::string& uri, const HostPort& source, Clock::time_point until);
  void forget(const std::string& uri);
  // Sends what is due. To be called once a second.
  void tick(Clock::time_point now);

 private:
  struct Phone {
    Agent* agent = nullptr;
    HostPort source;
    Clock::time_point until;
    Clock::time_point next;
    std::unique_ptr<ClientTransaction> asking = {};
  };

  static void ask(Phone& phone, const std::string& uri);

  const Clock::duration interval_;
  std::map<std::string, Phone> phones_;  // By the URI of the Contact.
};

}  // namespace sip
