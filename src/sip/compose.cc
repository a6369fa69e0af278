#include "sip/compose.h"

#include <fmt/format.h>

#include "sip/uri.h"
#include "sip/wire_text.h"

namespace sip {
namespace {

std::string tagged(const std::string& address, const std::string& tag) {
  return tag.empty() ? address : address + ";tag=" + tag;
}

base::Headers dialog_headers(const Agent& agent, const call::DialogFacts& facts,
                             const Request& request, const RequestPath& path) {
  base::Headers headers = {
      {"From", tagged(facts.local_address, facts.local_tag)},
      {"To", tagged(facts.remote_address, facts.remote_tag)},
      {"Call-ID", facts.call_id},
      {"CSeq", fmt::format("{} {}", request.cseq, method_name(request.method))},
      {"Max-Forwards", std::to_string(request.max_forwards)},
      {"User-Agent", agent.profile().user_agent},
  };
  for (const std::string& route : path.routes) headers.emplace_back("Route", route);
  if (request.method == sip_method_invite || request.method == sip_method_update) {
    headers.emplace_back("Contact",
                         agent.contact(facts.source.empty() ? path.request_uri : facts.source,
                                       facts.over_tcp ? Transport::Tcp : Transport::Udp));
    headers.emplace_back("Allow", kAllow);
  }
  for (const auto& header : request.headers) headers.push_back(header);
  if (!request.sdp.empty()) headers.emplace_back("Content-Type", "application/sdp");
  if (!request.content_type.empty()) headers.emplace_back("Content-Type", request.content_type);
  return headers;
}

bool is_complete(const sip_t& sip) {
  return sip.sip_request != nullptr && sip.sip_from != nullptr && sip.sip_to != nullptr &&
         sip.sip_call_id != nullptr && sip.sip_cseq != nullptr && sip.sip_error == nullptr;
}

// A message that is its request line only, or null.
MessagePtr begin_request(Agent& agent, sip_method_t method, const std::string& uri) {
  if (!parse_sip_uri(uri)) return nullptr;
  MessagePtr message(nta_msg_create(agent.handle(), 0));
  sip_t* sip = sip_object(message.get());
  if (sip == nullptr) return nullptr;
  sip_request_t* line = sip_request_create(msg_home(message.get()), method, method_name(method),
                                           as_url_string(uri.c_str()), nullptr);
  if (line == nullptr) return nullptr;
  if (msg_header_insert(message.get(), reinterpret_cast<msg_pub_t*>(sip),
                        reinterpret_cast<msg_header_t*>(line)) < 0) {
    return nullptr;
  }
  return message;
}

}  // namespace

MessagePtr compose_received(Agent& agent, const call::DialogFacts& facts,
                            const call::ReceivedInvite& invite) {
  MessagePtr message = begin_request(agent, sip_method_invite, invite.request_uri);
  if (message == nullptr) return nullptr;
  sip_t* sip = sip_object(message.get());
  base::Headers headers;
  for (const std::string& via : invite.vias) headers.emplace_back("Via", via);
  for (const std::string& route : facts.routes) {
    headers.emplace_back("Record-Route", "<" + route + ">");
  }
  headers.emplace_back("From", tagged(facts.remote_address, facts.remote_tag));
  headers.emplace_back("To", facts.local_address);
  headers.emplace_back("Call-ID", facts.call_id);
  headers.emplace_back("CSeq", fmt::format("{} INVITE", invite.cseq));
  const std::string lines = header_lines(headers);
  if (sip_add_tl(message.get(), sip, SIPTAG_HEADER_STR(lines.c_str()), TAG_END()) < 0) {
    return nullptr;
  }
  const bool has_way = sip->sip_via != nullptr && sip->sip_via->v_branch != nullptr;
  return is_complete(*sip) && has_way ? std::move(message) : nullptr;
}

MessagePtr compose(Agent& agent, const call::DialogFacts& facts, const Request& request) {
  const RequestPath path = request_path(facts);
  MessagePtr message = begin_request(agent, request.method, path.request_uri);
  if (message == nullptr) return nullptr;
  sip_t* sip = sip_object(message.get());
  const std::string lines = header_lines(dialog_headers(agent, facts, request, path));
  const std::string& body = request.sdp.empty() ? request.body : request.sdp;
  if (!body.empty()) {
    const std::string cseq = fmt::format("{} {}", request.cseq, method_name(request.method));
    agent.sent_bodies().remember(
        {.call_id = facts.call_id, .cseq = cseq, .kind = trace::Kind::Request}, body);
  }
  if (sip_add_tl(message.get(), sip, SIPTAG_HEADER_STR(lines.c_str()),
                 TAG_IF(!body.empty(), SIPTAG_PAYLOAD_STR(body.c_str())), TAG_END()) < 0) {
    return nullptr;
  }
  return is_complete(*sip) ? std::move(message) : nullptr;
}

const char* method_name(sip_method_t method) {
  switch (method) {
    case sip_method_invite:
      return "INVITE";
    case sip_method_ack:
      return "ACK";
    case sip_method_bye:
      return "BYE";
    case sip_method_cancel:
      return "CANCEL";
    case sip_method_info:
      return "INFO";
    case sip_method_notify:
      return "NOTIFY";
    case sip_method_update:
      return "UPDATE";
    default:
      return "OPTIONS";
  }
}

}  // namespace sip
