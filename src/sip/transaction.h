// Owners of the library's server and client transactions (RFC 3261 §17), with functions in place of
// its callbacks. Non-movable: the library keeps a pointer to them.
//
// An owner may be destroyed inside its own function.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/esl_event.h"
#include "call/dialog_facts.h"
#include "call/open_invite.h"
#include "sip/agent.h"
#include "sip/library.h"

namespace sip {

struct Reply {
  int status = 200;
  base::Headers headers = {};
  std::string sdp = {};  // Empty: no body.
};

// A request of a peer that we answer. Destroyed unanswered, the library answers 500 for it.
class ServerTransaction {
  struct Key {};  // Only open() makes them.

 public:
  // TimedOut: no ACK came for a final response within 32 s.
  enum class Event { Ack, Cancel, TimedOut };
  // `message` is the ACK or CANCEL, or null; it lives during the call.
  using Heard = std::function<void(Event event, const sip_t* message)>;

  // Returns: nullptr when the library has no memory for it; the request is then lost.
  static std::unique_ptr<ServerTransaction> open(Agent& agent, MessagePtr request);
  // Goes on with an INVITE that came to an earlier process; sends 100. Answers go back along its
  // Vias: by TCP on a new connection to where the first says that it listens (RFC 3261 §18.2.2).
  // Returns: nullptr when it cannot be answered.
  static std::unique_ptr<ServerTransaction> reopen(Agent& agent, const call::DialogFacts& facts,
                                                   const call::ReceivedInvite& invite);
  ServerTransaction(Key, Agent& agent, nta_incoming_t* handle) : agent_(agent), handle_(handle) {}
  ~ServerTransaction();
  ServerTransaction(const ServerTransaction&) = delete;
  ServerTransaction& operator=(const ServerTransaction&) = delete;

  // Our To tag in all responses. Requires: not replied yet.
  void tag(const std::string& to_tag);
  // ACKs and CANCELs come here from now on. Only for INVITE.
  void listen(Heard heard);
  void reply(const Reply& reply);

  bool is_answered() const;
  // The status of the final response that was sent, 0 before.
  int final_status() const;

 private:
  static int notify(ServerTransaction* self, nta_incoming_t* handle, const sip_t* message);
  // For the trace.
  void remember_body(const std::string& body);

  Agent& agent_;
  nta_incoming_t* handle_;
  Heard heard_;
};

// A request of ours, and the responses to it.
class ClientTransaction {
  struct Key {};  // Only send() makes them.

 public:
  // Called for each response, 100 too; the response is the library's own for time-outs (408) and
  // unreachable peers (503), and may then be null.
  using Heard = std::function<void(int status, const sip_t* response)>;

  // Sends `request` to `destination`; nowhere when there is none.
  // Returns: nullptr when the library refuses the message; nothing was sent then.
  static std::unique_ptr<ClientTransaction> send(Agent& agent, MessagePtr request,
                                                 const std::optional<HostPort>& destination,
                                                 Heard heard);
  // The same with this Via branch: of an INVITE that may have to be sent again, or of the CANCEL
  // for an INVITE of an earlier process.
  static std::unique_ptr<ClientTransaction> send_as(Agent& agent, MessagePtr request,
                                                    const std::optional<HostPort>& destination,
                                                    const std::string& branch, Heard heard);
  // Sends an ACK for the 2xx of the INVITE with this Via branch. The library repeats it whenever
  // the 2xx is repeated. Returns: false when the library refuses the message.
  enum class AckResult { Sent, Refused };
  static AckResult acknowledge(Agent& agent, MessagePtr ack,
                               const std::optional<HostPort>& destination,
                               const std::string& invite_branch);
  // The same for a final response of 300–699 to an INVITE of an earlier process: this ACK belongs
  // to its transaction (RFC 3261 §17.1.1.3).
  static AckResult acknowledge_refusal(Agent& agent, MessagePtr ack,
                                       const std::optional<HostPort>& destination,
                                       const std::string& invite_branch);
  ClientTransaction(Key, Heard heard) : heard_(std::move(heard)) {}
  ~ClientTransaction();
  ClientTransaction(const ClientTransaction&) = delete;
  ClientTransaction& operator=(const ClientTransaction&) = delete;

  // Cancels an INVITE. Requires: a provisional response has come (RFC 3261 §9.1); the library
  // asserts that a CANCEL is never held back.
  void cancel(const std::string& reason);

  // Responses go there from now on.
  void hear(Heard heard) { heard_ = std::move(heard); }

  std::string branch() const;
  // Whether the last response is one of the peer, and not the library's own.
  bool is_answered_by_peer() const;
  // Who sent the last response.
  HostPort peer() const;

 private:
  static std::unique_ptr<ClientTransaction> create(Agent& agent, MessagePtr request,
                                                   const std::optional<HostPort>& destination,
                                                   const char* branch, Heard heard);
  static int notify(ClientTransaction* self, nta_outgoing_t* handle, const sip_t* response);

  nta_outgoing_t* handle_ = nullptr;
  Heard heard_;
};

}  // namespace sip
