#include "sip/transaction.h"

#include <fmt/format.h>

#include "base/check.h"
#include "sip/compose.h"
#include "sip/wire_text.h"

namespace sip {

std::unique_ptr<ServerTransaction> ServerTransaction::open(Agent& agent, MessagePtr request) {
  sip_t* sip = sip_object(request.get());
  nta_incoming_t* handle =
      nta_incoming_create(agent.handle(), nullptr, request.release(), sip, TAG_END());
  if (handle == nullptr) return nullptr;
  return std::make_unique<ServerTransaction>(Key{}, agent, handle);
}

std::unique_ptr<ServerTransaction> ServerTransaction::reopen(Agent& agent,
                                                             const call::DialogFacts& facts,
                                                             const call::ReceivedInvite& invite) {
  MessagePtr request = compose_received(agent, facts, invite);
  if (request == nullptr) return nullptr;
  sip_t* sip = sip_object(request.get());
  const Transport transport = facts.over_tcp ? Transport::Tcp : Transport::Udp;
  // The port of a connection that is gone; its sender may listen at the one he has written.
  if (facts.over_tcp) msg_header_remove_param(sip->sip_via->v_common, "rport");
  nta_incoming_t* handle =
      nta_incoming_create(agent.handle(), nullptr, request.release(), sip,
                          NTATAG_TPORT(agent.transport_of(transport)), TAG_END());
  if (handle == nullptr) return nullptr;
  auto self = std::make_unique<ServerTransaction>(Key{}, agent, handle);
  nta_incoming_treply(handle, SIP_100_TRYING, SIPTAG_SERVER_STR(agent.profile().user_agent.c_str()),
                      TAG_END());
  return nta_incoming_status(handle) == 100 ? std::move(self) : nullptr;
}

ServerTransaction::~ServerTransaction() {
  nta_incoming_destroy(handle_);
}

void ServerTransaction::tag(const std::string& to_tag) {
  nta_incoming_tag(handle_, to_tag.c_str());
}

void ServerTransaction::listen(Heard heard) {
  heard_ = std::move(heard);
  nta_incoming_bind(handle_, &ServerTransaction::notify, this);
}

void ServerTransaction::remember_body(const std::string& body) {
  const MessagePtr request(nta_incoming_getrequest(handle_));
  const sip_t* sip = request == nullptr ? nullptr : sip_object(request.get());
  if (sip == nullptr || sip->sip_call_id == nullptr || sip->sip_cseq == nullptr) return;
  const std::string cseq =
      fmt::format("{} {}", sip->sip_cseq->cs_seq, plain(sip->sip_cseq->cs_method_name));
  agent_.sent_bodies().remember(
      {.call_id = plain(sip->sip_call_id->i_id), .cseq = cseq, .kind = trace::Kind::Response},
      body);
}

void ServerTransaction::reply(const Reply& reply) {
  if (!reply.sdp.empty()) remember_body(reply.sdp);
  const std::string lines = header_lines(reply.headers);
  nta_incoming_treply(handle_, reply.status, nullptr,
                      SIPTAG_SERVER_STR(agent_.profile().user_agent.c_str()),
                      TAG_IF(!lines.empty(), SIPTAG_HEADER_STR(lines.c_str())),
                      TAG_IF(!reply.sdp.empty(), SIPTAG_CONTENT_TYPE_STR("application/sdp")),
                      TAG_IF(!reply.sdp.empty(), SIPTAG_PAYLOAD_STR(reply.sdp.c_str())), TAG_END());
}

bool ServerTransaction::is_answered() const {
  return nta_incoming_status(handle_) >= 200;
}

int ServerTransaction::final_status() const {
  const int status = nta_incoming_status(handle_);
  return status >= 200 ? status : 0;
}

int ServerTransaction::notify(ServerTransaction* self, nta_incoming_t*, const sip_t* message) {
  // The function may destroy this object and with it heard_, so a copy runs.
  const Heard heard = self->heard_;
  if (message == nullptr) {
    heard(Event::TimedOut, nullptr);
  } else if (message->sip_request != nullptr &&
             message->sip_request->rq_method == sip_method_cancel) {
    heard(Event::Cancel, message);
  } else {
    heard(Event::Ack, message);
  }
  return 0;
}

std::unique_ptr<ClientTransaction> ClientTransaction::send(
    Agent& agent, MessagePtr request, const std::optional<HostPort>& destination, Heard heard) {
  return create(agent, std::move(request), destination, nullptr, std::move(heard));
}

std::unique_ptr<ClientTransaction> ClientTransaction::send_as(
    Agent& agent, MessagePtr request, const std::optional<HostPort>& destination,
    const std::string& branch, Heard heard) {
  if (branch.empty()) return nullptr;
  return create(agent, std::move(request), destination, branch.c_str(), std::move(heard));
}

std::unique_ptr<ClientTransaction> ClientTransaction::create(
    Agent& agent, MessagePtr request, const std::optional<HostPort>& destination,
    const char* branch, Heard heard) {
  if (request == nullptr || !destination) return nullptr;
  const std::string uri = destination_uri(*destination);
  auto self = std::make_unique<ClientTransaction>(Key{}, std::move(heard));
  self->handle_ =
      nta_outgoing_mcreate(agent.handle(), &ClientTransaction::notify, self.get(),
                           as_url_string(uri.c_str()), request.get(), NTATAG_PASS_100(1),
                           TAG_IF(branch != nullptr, NTATAG_BRANCH_KEY(branch)), TAG_END());
  if (self->handle_ == nullptr) return nullptr;
  static_cast<void>(request.release());  // It belongs to the transaction now.
  return self;
}

ClientTransaction::AckResult ClientTransaction::acknowledge(
    Agent& agent, MessagePtr ack, const std::optional<HostPort>& destination,
    const std::string& invite_branch) {
  if (ack == nullptr || !destination || invite_branch.empty()) return AckResult::Refused;
  const std::string uri = destination_uri(*destination);
  // With the branch given the library does not look for the INVITE, and so cannot assert on it.
  nta_outgoing_t* handle =
      nta_outgoing_mcreate(agent.handle(), nullptr, nullptr, as_url_string(uri.c_str()), ack.get(),
                           NTATAG_ACK_BRANCH(invite_branch.c_str()), TAG_END());
  if (handle == nullptr) return AckResult::Refused;
  static_cast<void>(ack.release());
  nta_outgoing_destroy(handle);  // It lives on for 32 s to repeat itself.
  return AckResult::Sent;
}

ClientTransaction::AckResult ClientTransaction::acknowledge_refusal(
    Agent& agent, MessagePtr ack, const std::optional<HostPort>& destination,
    const std::string& invite_branch) {
  if (ack == nullptr || !destination || invite_branch.empty()) return AckResult::Refused;
  const std::string uri = destination_uri(*destination);
  nta_outgoing_t* handle =
      nta_outgoing_mcreate(agent.handle(), nullptr, nullptr, as_url_string(uri.c_str()), ack.get(),
                           NTATAG_ACK_BRANCH(invite_branch.c_str()),
                           NTATAG_BRANCH_KEY(invite_branch.c_str()), TAG_END());
  if (handle == nullptr) return AckResult::Refused;
  static_cast<void>(ack.release());
  nta_outgoing_destroy(handle);
  return AckResult::Sent;
}

ClientTransaction::~ClientTransaction() {
  if (handle_ != nullptr) nta_outgoing_destroy(handle_);
}

void ClientTransaction::cancel(const std::string& reason) {
  CHECK(nta_outgoing_status(handle_) >= 100);
  const std::string line = one_line(reason);
  nta_outgoing_tcancel(handle_, nullptr, nullptr,
                       TAG_IF(!line.empty(), SIPTAG_REASON_STR(line.c_str())), TAG_END());
}

std::string ClientTransaction::branch() const {
  return plain(nta_outgoing_branch(handle_));
}

bool ClientTransaction::is_answered_by_peer() const {
  const MessagePtr response(nta_outgoing_getresponse(handle_));
  return response != nullptr && nta_is_internal_msg(response.get()) == 0;
}

HostPort ClientTransaction::peer() const {
  const MessagePtr response(nta_outgoing_getresponse(handle_));
  return source_of(response.get());
}

int ClientTransaction::notify(ClientTransaction* self, nta_outgoing_t* handle,
                              const sip_t* response) {
  const Heard heard = self->heard_;
  heard(nta_outgoing_status(handle), response);
  return 0;
}

}  // namespace sip
