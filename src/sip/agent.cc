#include "sip/agent.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <sofia-sip/sresolv.h>
#include <sofia-sip/su_errno.h>
#include <sys/socket.h>

#include <utility>
#include <vector>

#include "base/ip_network.h"
#include "base/log.h"
#include "base/text.h"
#include "sip/limits.h"
#include "sip/trace/trace.h"
#include "sip/wire_text.h"

namespace sip {
namespace {

// How often another free port is tried that UDP has and TCP has not.
constexpr int kFreePortAttempts = 20;

std::string listen_uri(const HostPort& at) {
  const std::string host = at.host.find(':') == std::string::npos ? at.host : "[" + at.host + "]";
  return fmt::format("sip:{}:{};transport={}", host, at.port == 0 ? "*" : std::to_string(at.port),
                     at.transport == Transport::Tcp ? "tcp" : "udp");
}

std::string cannot_listen(const call::SipProfile& profile, const HostPort& at) {
  const int error = su_errno();
  return fmt::format("SIP profile '{}': cannot listen on {} {}: {}", profile.name,
                     at.transport == Transport::Tcp ? "TCP" : "UDP", host_port_text(at),
                     su_strerror(error));
}

HostPort bound_address(nta_agent_t* agent) {
  const sip_via_t* via = nta_agent_via(agent);
  HostPort at;
  if (via == nullptr) return at;
  at.host = plain(via->v_host);
  if (at.host.size() > 2 && at.host.front() == '[') at.host = at.host.substr(1, at.host.size() - 2);
  at.port = static_cast<std::uint16_t>(base::parse_integer(plain(via->v_port)).value_or(5060));
  return at;
}

}  // namespace

base::Result<std::unique_ptr<Agent>> Agent::bind(su_root_t* root, const call::SipProfile& profile,
                                                 std::chrono::milliseconds timer_t1,
                                                 MessageSink& sink) {
  const int attempts = profile.sip_port == 0 ? kFreePortAttempts : 1;
  for (int attempt = 1;; ++attempt) {
    auto agent = std::make_unique<Agent>(Key{}, profile, sink);
    if (!agent->create(root, timer_t1)) {
      return base::failure(fmt::format("SIP profile '{}': no memory", profile.name));
    }
    HostPort at{profile.sip_ip, profile.sip_port, Transport::Udp};
    if (!agent->listen(at)) return base::failure(cannot_listen(profile, at));
    agent->bound_ = bound_address(agent->handle_);
    agent->dump_parser_.emplace(trace::DumpParser::Ours{
        .profile = profile.name, .address = {agent->bound_.host, agent->bound_.port}});
    at = {profile.sip_ip, agent->bound_.port, Transport::Tcp};
    if (agent->listen(at)) return agent;
    if (attempt == attempts) return base::failure(cannot_listen(profile, at));
  }
}

bool Agent::create(su_root_t* root, std::chrono::milliseconds timer_t1) {
  timer_t1_ = timer_t1;
  const auto t1 = static_cast<unsigned>(timer_t1.count());
  // UA: the library repeats our 2xx until the ACK and repeats our ACK on a repeated 2xx. The MTU
  // keeps large requests on UDP. Of responses only what identifies them must be well-formed: one
  // with a broken Contact has to end its call, not be lost. Names never reach the library's
  // resolver; should one slip through in a forked answer, /dev/null keeps it from asking anybody
  // but this machine.
  handle_ = nta_agent_create(root, reinterpret_cast<url_string_t*>(-1), &Agent::receive, this,
                             NTATAG_UA(1), NTATAG_UDP_MTU(65535), NTATAG_MAXSIZE(kMessageBytesMax),
                             NTATAG_MERGE_482(1), NTATAG_SIP_T1(t1), NTATAG_SIP_T1X64(64 * t1),
                             NTATAG_SIP_T2(8 * t1), NTATAG_CLIENT_RPORT(1), NTATAG_USE_NAPTR(0),
                             NTATAG_USE_SRV(0), NTATAG_BAD_RESP_MASK(sip_mask_response),
                             SRESTAG_RESOLV_CONF("/dev/null"), TAG_END());
  return handle_ != nullptr;
}

bool Agent::listen(const HostPort& at) {
  const std::string uri = listen_uri(at);
  // TPTAG_LOG(0) also overrides the environment: the library's message log overflows a buffer. Its
  // STUN server would answer anybody on the SIP port and print to standard output.
  // One record for all transports: the library's of the first.
  const bool records = at.transport == Transport::Udp && !dump_.path().empty();
  return nta_agent_add_tport(handle_, as_url_string(uri.c_str()), TPTAG_LOG(0),
                             TPTAG_STUN_SERVER(0), TPTAG_UDP_RMEM(kReceiveBufferBytes),
                             TPTAG_IDLE(static_cast<unsigned>(kConnectionIdleMax.count())),
                             TPTAG_TIMEOUT(static_cast<unsigned>(kUnfinishedMessageMax.count())),
                             TPTAG_QUEUESIZE(kConnectionQueueMax), TPTAG_PONG2PING(1),
                             TAG_IF(records, TPTAG_DUMP(dump_.path().c_str())), TAG_END()) >= 0;
}

void Agent::use_settings(call::SipProfile wished) {
  wished.name = profile_.name;
  wished.sip_ip = profile_.sip_ip;
  wished.sip_port = profile_.sip_port;
  profile_ = std::move(wished);
}

Agent::~Agent() {
  if (handle_ != nullptr) nta_agent_destroy(handle_);
}

void Agent::read_transports(trace::Trace& trace) {
  const std::string bytes = dump_.read();
  if (bytes.empty()) return;
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const auto now_us = std::chrono::duration_cast<std::chrono::microseconds>(now).count();
  for (trace::Message& message : dump_parser_->feed(bytes, now_us)) {
    sent_bodies_.complete(message);
    trace.take(std::move(message));
  }
}

void Agent::reply_stateless(MessagePtr request, int status, const base::Headers& headers) {
  const sip_t* sip = sip_object(request.get());
  if (sip == nullptr || sip->sip_request->rq_method == sip_method_ack) return;
  const std::string lines = header_lines(headers);
  nta_msg_treply(handle_, request.release(), status, nullptr,
                 SIPTAG_SERVER_STR(profile_.user_agent.c_str()),
                 TAG_IF(!lines.empty(), SIPTAG_HEADER_STR(lines.c_str())), TAG_END());
}

Agent::Reach Agent::try_to_reach(msg_t* invite) {
  const int sent = nta_msg_treply(handle_, msg_ref(invite), SIP_100_TRYING,
                                  SIPTAG_SERVER_STR(profile_.user_agent.c_str()), TAG_END());
  return sent == 0 ? Reach::Sent : Reach::Unreachable;
}

std::string Agent::contact(std::string_view peer, Transport transport) const {
  HostPort told = bound_;
  const std::string other = profile_.sip_ip_for(base::host_of(peer));
  if (!other.empty()) told.host = other;
  const char* const parameter = transport == Transport::Tcp ? ";transport=tcp" : "";
  return "<sip:ringmaster@" + host_port_text(told) + parameter + ">";
}

tport_t* Agent::transport_of(Transport transport) const {
  tport_t* primary = nta_agent_tports(handle_);
  while (primary != nullptr && (tport_is_tcp(primary) != 0) != (transport == Transport::Tcp)) {
    primary = tport_next(primary);
  }
  return primary;
}

Flow Agent::flow_to(const std::optional<HostPort>& peer) const {
  if (!peer || peer->transport != Transport::Tcp) return Flow::None;
  const HomePtr home = make_home();
  tp_name_t name{};
  if (tport_name_by_url(home.get(), &name, as_url_string(destination_uri(*peer).c_str())) < 0) {
    return Flow::None;
  }
  const tport_t* found = tport_by_name(nta_agent_tports(handle_), &name);
  const bool is_open = found != nullptr && tport_is_secondary(found) != 0 &&
                       tport_is_connected(found) != 0 && tport_is_closed(found) == 0 &&
                       tport_is_shutdown(found) == 0;
  return is_open ? Flow::Open : Flow::None;
}

std::optional<HostPort> Agent::way_to_peer(const call::DialogFacts& facts) const {
  return next_hop(facts, flow_to(source_of(facts)));
}

void Agent::bound_connections() {
  std::set<const tport_t*> now;
  std::vector<tport_t*> excess;
  for (tport_t* primary = nta_agent_tports(handle_); primary; primary = tport_next(primary)) {
    if (tport_is_tcp(primary) == 0) continue;
    // The library begins somewhere in the middle of them, so at times there are twice as many.
    for (tport_t* one = tport_secondary(primary); one != nullptr; one = tport_next(one)) {
      const bool has_room = now.size() < kConnectionsMax;
      if (has_room || connections_.count(one) != 0) {
        now.insert(one);
      } else {
        excess.push_back(one);
      }
    }
  }
  connections_ = std::move(now);
  for (tport_t* one : excess) tport_shutdown(one, 2);
  if (excess.empty()) return;
  base::log_warning("SIP profile '{}': more than {} TCP connections; the newest {} are closed",
                    profile_.name, kConnectionsMax, excess.size());
}

int Agent::receive(Agent* self, nta_agent_t*, msg_t* message, sip_t* sip) {
  MessagePtr owned(message);
  if (sip->sip_request != nullptr) {
    self->sink_.on_request(*self, std::move(owned), *sip);
  } else if (sip->sip_status != nullptr) {
    self->sink_.on_stray_response(*self, std::move(owned), *sip);
  }
  return 0;
}

HostPort source_of(msg_t* message) {
  const su_sockaddr_t* from = message == nullptr ? nullptr : msg_addr(message);
  if (from == nullptr) return {};
  char text[INET6_ADDRSTRLEN] = "";
  const bool v6 = from->su_family == AF_INET6;
  const void* address = v6 ? static_cast<const void*>(&from->su_sin6.sin6_addr)
                           : static_cast<const void*>(&from->su_sin.sin_addr);
  if (inet_ntop(v6 ? AF_INET6 : AF_INET, address, text, sizeof text) == nullptr) return {};
  const su_addrinfo_t* how = msg_addrinfo(message);
  const bool by_stream = how != nullptr && how->ai_socktype == SOCK_STREAM;
  return HostPort{text, ntohs(from->su_port), by_stream ? Transport::Tcp : Transport::Udp};
}

}  // namespace sip
