// One SIP profile on the network: its UDP and TCP sockets at one address and port, and the
// library's transactions on them.
//
// Every request that belongs to no running transaction and every stray response comes to the
// MessageSink; dialogs are ours (leg.h), the library's own dialog matching is not used. So a
// message is screened before the library may start a transaction for it. Sip thread only.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "base/esl_event.h"
#include "base/result.h"
#include "call/sip_profile.h"
#include "sip/library.h"
#include "sip/trace/dump_parser.h"
#include "sip/trace/sent_bodies.h"
#include "sip/trace/transport_dump.h"
#include "sip/uri.h"

namespace sip::trace {
class Trace;
}

namespace sip {

class MessageSink {
 public:
  virtual ~MessageSink() = default;
  virtual void on_request(Agent& agent, MessagePtr message, sip_t& request) = 0;
  // A response that no transaction waits for.
  virtual void on_stray_response(Agent& agent, MessagePtr message, sip_t& response) = 0;
};

class Agent {
  struct Key {};  // Only bind() makes agents.

 public:
  Agent(Key, const call::SipProfile& profile, MessageSink& sink) : profile_(profile), sink_(sink) {}
  // Binds the profile's address for UDP and TCP. Port 0: any that is free for both.
  // Returns: a message that names profile, address and port when it cannot.
  static base::Result<std::unique_ptr<Agent>> bind(su_root_t* root, const call::SipProfile& profile,
                                                   std::chrono::milliseconds timer_t1,
                                                   MessageSink& sink);
  ~Agent();
  Agent(const Agent&) = delete;
  Agent& operator=(const Agent&) = delete;

  // Takes what its transports carried since the last time.
  void read_transports(trace::Trace& trace);
  // To be told of every body that is sent.
  trace::SentBodies& sent_bodies() { return sent_bodies_; }

  // Answers without a transaction: for requests whose repetition may be answered afresh. Nothing is
  // ever answered to an ACK.
  void reply_stateless(MessagePtr request, int status, const base::Headers& headers);

  // Sends 100 Trying for an INVITE, without a transaction. No transaction may be made for an INVITE
  // whose sender cannot be reached: the library fails an assertion when an ACK comes for a final
  // response that it could not send.
  enum class Reach { Sent, Unreachable };
  Reach try_to_reach(msg_t* invite);

  const call::SipProfile& profile() const { return profile_; }
  // Takes over the settings of `wished` that need no other socket: all but address and port.
  void use_settings(call::SipProfile wished);
  const HostPort& bound() const { return bound_; }
  std::chrono::milliseconds timer_t1() const { return timer_t1_; }
  // The value of our Contact header, as a peer at this address must be told it: "ip:port" or a URI.
  std::string contact(std::string_view peer, Transport transport) const;
  // Whether there is a TCP connection with this peer, made by either side.
  Flow flow_to(const std::optional<HostPort>& peer) const;
  // Where the next request of this dialog goes now (uri.h).
  std::optional<HostPort> way_to_peer(const call::DialogFacts& facts) const;
  // Closes the newest TCP connections when there are too many. To be called once a second.
  void bound_connections();
  // The socket that listens for this transport. Lifetime: that of the agent.
  tport_t* transport_of(Transport transport) const;
  nta_agent_t* handle() const { return handle_; }

 private:
  bool create(su_root_t* root, std::chrono::milliseconds timer_t1);
  bool listen(const HostPort& at);
  static int receive(Agent* self, nta_agent_t* agent, msg_t* message, sip_t* sip);

  call::SipProfile profile_;
  MessageSink& sink_;
  nta_agent_t* handle_ = nullptr;
  HostPort bound_;
  std::chrono::milliseconds timer_t1_{500};
  trace::TransportDump dump_;
  std::optional<trace::DumpParser> dump_parser_;
  trace::SentBodies sent_bodies_;
  std::set<const tport_t*> connections_;  // As of the last second; only compared.
};

// The address of whoever sent this message, and how it came.
HostPort source_of(msg_t* message);

// What we understand, for Allow and for 405 (RFC 3261 §20.5).
inline constexpr const char* kAllow =
    "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE, REFER, REGISTER";

}  // namespace sip
