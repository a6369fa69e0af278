// REGISTER (RFC 3261 §10.3): authenticates, reports, and writes the reply that the core orders.
//
// The bindings themselves are the core's state; here lives only which request waits for which
// ticket. Sip thread only.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "call/sip_messages.h"
#include "sip/agent.h"
#include "sip/authentication.h"
#include "sip/contact_pings.h"
#include "sip/transaction.h"

namespace sip {

class Registrar {
 public:
  using Clock = std::chrono::steady_clock;
  enum class Taken { Yes, No };
  // `report` answers No when the core cannot take the report now.
  using Report = std::function<Taken(call::SipReport)>;

  // Told of each contact that is accepted, and of where it came from.
  using Seen = std::function<void(const std::string& uri, const HostPort& source)>;

  // The contacts of accepted registrations are given to `pings`.
  Registrar(const Authentication& authentication, ContactPings& pings, Report report, Seen seen);

  // Requires: `request` is the parsed form of `message`.
  void on_register(Agent& agent, MessagePtr message, const sip_t& request);
  // Replies for a ticket that is unknown or has expired are ignored.
  void accept(const call::AcceptRegistration& order);
  void refuse(const call::RefuseRegistration& order);
  // Gives up tickets that nobody answered; their clients have given up too.
  void expire(Clock::time_point now);

 private:
  struct Open {
    std::unique_ptr<ServerTransaction> transaction;
    Agent* agent = nullptr;
    HostPort source;
    std::vector<std::string> contacts;  // That the request named.
    Clock::time_point until;
  };

  const Authentication& authentication_;
  ContactPings& pings_;
  const Report report_;
  const Seen seen_;
  std::uint64_t next_ticket_;
  std::map<base::Ticket, Open> open_;
};

// The contacts of a REGISTER.
// Returns: nullopt when they are malformed, too many, or no SIP URIs: 400.
struct RegisteredContacts {
  std::vector<call::RegistrationReceived::Contact> contacts;
  bool remove_all = false;
};
std::optional<RegisteredContacts> contacts_of(const sip_t& request);

}  // namespace sip
