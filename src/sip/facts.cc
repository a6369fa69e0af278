#include "sip/facts.h"

#include <algorithm>

#include "base/text.h"
#include "sip/info_digit.h"
#include "sip/limits.h"
#include "sip/sdp_text.h"
#include "sip/session_timer.h"
#include "sip/wire_text.h"

namespace sip {
namespace {

bool is_sdp(const sip_t& message) {
  // Without a type, a body can only be SDP: old gateways leave it out.
  if (message.sip_content_type == nullptr) return true;
  return base::equal_ignoring_case(plain(message.sip_content_type->c_type), "application/sdp");
}

std::string_view body_of(const sip_t& message) {
  const sip_payload_t* payload = message.sip_payload;
  if (payload == nullptr || payload->pl_data == nullptr) return {};
  return {payload->pl_data, payload->pl_len};
}

base::Headers extra_headers(const sip_t& invite) {
  base::Headers headers;
  for (const sip_unknown_t* each = invite.sip_unknown; each != nullptr; each = each->un_next) {
    const std::string name = plain(each->un_name);
    const bool ours = name.size() > 2 && (name[0] == 'X' || name[0] == 'x') && name[1] == '-';
    if (!ours || name.size() > kExtraHeaderNameMax) continue;
    if (headers.size() == kExtraHeadersMax) break;
    std::string value = one_line(plain(each->un_value));
    if (value.size() > kExtraHeaderValueMax) value.resize(kExtraHeaderValueMax);
    headers.emplace_back(name, std::move(value));
  }
  return headers;
}

// Whether the library could not parse one of the headers that a dialog follows.
bool has_broken_path(const sip_t& message) {
  const auto* each = reinterpret_cast<const sip_header_t*>(message.sip_error);
  for (; each != nullptr; each = each->sh_next) {
    const std::string name = each->sh_class == sip_error_class ? plain(each->sh_error->er_name)
                                                               : plain(each->sh_class->hc_name);
    for (const char* header : {"Contact", "Record-Route", "m"}) {
      if (base::equal_ignoring_case(name, header)) return true;
    }
  }
  return false;
}

std::string host_of(const url_t* url) {
  return url == nullptr ? std::string() : plain(url->url_host);
}

}  // namespace

std::optional<call::MediaDescription> media_of(const sip_t& message) {
  const auto offer = offer_of(message);
  return offer ? offer->media : std::nullopt;
}

base::Result<Offer, Reply> offer_of(const sip_t& request) {
  const std::string_view body = body_of(request);
  if (body.empty()) return Offer{};
  if (!is_sdp(request)) {
    return base::failure(Reply{.status = 415, .headers = {{"Accept", "application/sdp"}}});
  }
  auto parsed = parse_sdp(body);
  if (!parsed) {
    // 399 is the warning code for free text (RFC 3261 §20.43).
    std::string why = parsed.error().why;
    std::replace(why.begin(), why.end(), '"', '\'');
    std::replace(why.begin(), why.end(), '\\', '/');
    return base::failure(Reply{.status = parsed.error().status,
                               .headers = {{"Warning", "399 ringmaster \"" + why + "\""}}});
  }
  return Offer{std::move(parsed->media), parsed->audio_line};
}

std::optional<std::string> digit_of(const sip_t& info) {
  if (info.sip_content_type == nullptr) return std::nullopt;
  return digit_of_info(plain(info.sip_content_type->c_type), body_of(info));
}

std::optional<DialogPath> path_of(const sip_t& message, Reading reading) {
  DialogPath path;
  if (has_broken_path(message)) return std::nullopt;
  if (message.sip_contact != nullptr) {
    if (!is_sip_uri(message.sip_contact->m_url)) return std::nullopt;
    path.target = plain_uri(message.sip_contact->m_url);
    if (path.target.size() > kAddressBytesMax) return std::nullopt;
  }
  const sip_record_route_t* route = message.sip_record_route;
  for (; route != nullptr; route = route->r_next) {
    if (path.routes.size() == kRoutesMax || !is_sip_uri(route->r_url)) return std::nullopt;
    path.routes.push_back(plain_uri(route->r_url));
    if (path.routes.back().size() > kAddressBytesMax) return std::nullopt;
  }
  if (reading == Reading::Backwards) std::reverse(path.routes.begin(), path.routes.end());
  return path;
}

std::optional<call::DialogFacts> facts_of(const Agent& agent, const sip_t& invite,
                                          const HostPort& source) {
  auto path = path_of(invite, Reading::Forwards);
  if (!path || path->target.empty()) return std::nullopt;
  call::DialogFacts facts;
  facts.profile = agent.profile().name;
  facts.call_id = plain(invite.sip_call_id->i_id);
  facts.remote_tag = plain(invite.sip_from->a_tag);
  facts.local_address = plain_address(invite.sip_to);
  facts.remote_address = plain_address(invite.sip_from);
  facts.remote_target = std::move(path->target);
  facts.routes = std::move(path->routes);
  facts.remote_cseq = invite.sip_cseq->cs_seq;
  note_source(facts, source);
  agree_to_request(agent.profile(), session_terms_of(invite), facts);
  facts.peer_takes_update = allows_update(invite);
  const bool fits = facts.call_id.size() <= kCallIdBytesMax && !facts.remote_tag.empty() &&
                    facts.remote_tag.size() <= kTagBytesMax &&
                    facts.local_address.size() <= kAddressBytesMax &&
                    facts.remote_address.size() <= kAddressBytesMax;
  if (!fits) return std::nullopt;
  return facts;
}

call::ReceivedInvite received_of(const sip_t& invite) {
  call::ReceivedInvite received;
  received.request_uri = plain_uri(invite.sip_request->rq_url);
  received.cseq = invite.sip_cseq->cs_seq;
  const HomePtr home = make_home();
  bool fits = received.request_uri.size() <= kAddressBytesMax;
  for (const sip_via_t* via = invite.sip_via; via != nullptr && fits; via = via->v_next) {
    received.vias.push_back(
        plain(sip_header_as_string(home.get(), reinterpret_cast<const sip_header_t*>(via))));
    const std::size_t size = received.vias.back().size();
    fits = size > 0 && size <= kAddressBytesMax && received.vias.size() <= kViasMax;
  }
  if (!fits) received.vias.clear();
  return received;
}

call::LegInvited invited_of(const Agent& agent, const sip_t& invite, const HostPort& source) {
  const url_t* request = invite.sip_request->rq_url;
  call::LegInvited report;
  report.profile = agent.profile().name;
  report.source_address = source.host;
  report.source_port = source.port;
  report.request_user = plain_user(request);
  report.request_host = host_of(request);
  report.from_display = plain_display(invite.sip_from->a_display);
  report.from_user = plain_user(invite.sip_from->a_url);
  report.from_host = host_of(invite.sip_from->a_url);
  report.to_user = plain_user(invite.sip_to->a_url);
  report.to_host = host_of(invite.sip_to->a_url);
  if (invite.sip_contact != nullptr) report.contact = plain_uri(invite.sip_contact->m_url);
  if (invite.sip_user_agent != nullptr) {
    report.user_agent = one_line(plain(invite.sip_user_agent->g_string)).substr(0, 256);
  }
  report.call_id = plain(invite.sip_call_id->i_id);
  if (const sip_max_forwards_t* may_go = invite.sip_max_forwards; may_go != nullptr) {
    report.max_forwards = static_cast<int>(std::min(may_go->mf_count, kMaxForwardsMax));
  }
  report.extra_headers = extra_headers(invite);
  return report;
}

}  // namespace sip
