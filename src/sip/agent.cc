#include "sip/agent.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <sofia-sip/sresolv.h>
#include <sofia-sip/su_errno.h>

#include <utility>

#include "base/ip_network.h"
#include "base/text.h"
#include "sip/limits.h"
#include "sip/trace/trace.h"
#include "sip/wire_text.h"

namespace sip {
namespace {

std::string listen_uri(const call::SipProfile& profile) {
  const bool v6 = profile.sip_ip.find(':') != std::string::npos;
  return fmt::format("sip:{}:{};transport=udp", v6 ? "[" + profile.sip_ip + "]" : profile.sip_ip,
                     profile.sip_port == 0 ? "*" : std::to_string(profile.sip_port));
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
  auto agent = std::make_unique<Agent>(Key{}, profile, sink);
  const auto t1 = static_cast<unsigned>(timer_t1.count());
  // UA: the library repeats our 2xx until the ACK and repeats our ACK on a repeated 2xx. The MTU
  // keeps large requests on UDP. Of responses only what identifies them must be well-formed: one
  // with a broken Contact has to end its call, not be lost. Names never reach the library's
  // resolver; should one slip through in a forked answer, /dev/null keeps it from asking anybody
  // but this machine.
  agent->handle_ = nta_agent_create(
      root, reinterpret_cast<url_string_t*>(-1), &Agent::receive, agent.get(), NTATAG_UA(1),
      NTATAG_UDP_MTU(65535), NTATAG_MAXSIZE(kMessageBytesMax), NTATAG_MERGE_482(1),
      NTATAG_SIP_T1(t1), NTATAG_SIP_T1X64(64 * t1), NTATAG_SIP_T2(8 * t1), NTATAG_CLIENT_RPORT(1),
      NTATAG_USE_NAPTR(0), NTATAG_USE_SRV(0), NTATAG_BAD_RESP_MASK(sip_mask_response),
      SRESTAG_RESOLV_CONF("/dev/null"), TAG_END());
  if (agent->handle_ == nullptr) {
    return base::failure(fmt::format("SIP profile '{}': no memory", profile.name));
  }
  const std::string uri = listen_uri(profile);
  const std::string& dump = agent->dump_.path();
  // TPTAG_LOG(0) also overrides the environment: the library's message log overflows a buffer. Its
  // STUN server would answer anybody on the SIP port and print to standard output.
  if (nta_agent_add_tport(agent->handle_, as_url_string(uri.c_str()), TPTAG_LOG(0),
                          TPTAG_STUN_SERVER(0), TPTAG_UDP_RMEM(kReceiveBufferBytes),
                          TAG_IF(!dump.empty(), TPTAG_DUMP(dump.c_str())), TAG_END()) < 0) {
    const int error = su_errno();
    return base::failure(fmt::format("SIP profile '{}': cannot listen on UDP {}: {}", profile.name,
                                     host_port_text({profile.sip_ip, profile.sip_port}),
                                     su_strerror(error)));
  }
  agent->bound_ = bound_address(agent->handle_);
  agent->dump_parser_.emplace(trace::DumpParser::Ours{
      .profile = profile.name, .address = {agent->bound_.host, agent->bound_.port}});
  return agent;
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

std::string Agent::contact(std::string_view peer) const {
  HostPort told = bound_;
  const std::string other = profile_.sip_ip_for(base::host_of(peer));
  if (!other.empty()) told.host = other;
  return "<sip:ringmaster@" + host_port_text(told) + ">";
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
  return HostPort{text, ntohs(from->su_port)};
}

}  // namespace sip
