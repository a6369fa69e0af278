#include "call/offer_leg.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "base/text.h"
#include "call/channel_data.h"

namespace call {
namespace {

constexpr std::string_view kHeaderVariable = "sip_h_";
// More added headers would not fit into a UDP packet with the rest.
constexpr std::size_t kAddedHeadersMax = 50;

// spec/07 §3, column Callback.
void set_queue_variables(const Turn& turn, Leg& leg, const Offer& offer, const Leg& member) {
  if (!offer.is_of_queue()) return;
  Variables& variables = leg.variables;
  variables.set("cc_side", "agent");
  variables.set("cc_queue", offer.queue);
  variables.set("cc_agent", offer.agent);
  variables.set("cc_agent_type", offer.agent_type);
  variables.set("cc_member_uuid", offer.member_uuid);
  variables.set("cc_member_session_uuid", member.uuid);
  variables.set("cc_queue_joined_epoch",
                std::to_string(turn.state.anchor.unix_seconds(offer.joined_at)));
  variables.set("cc_member_pre_answer_uuid", offer.member_uuid);
  variables.set("loopback_bowout", "false");
  variables.set("loopback_bowout_on_execute", "false");
  variables.set("ignore_early_media", "true");
}

// A name may be written as nolocal:name, for which the prefix is dropped (spec/04 §4).
std::string_view without_prefix(std::string_view name) {
  for (const std::string_view prefix : {"nolocal:", "_nolocal_"}) {
    if (name.substr(0, prefix.size()) == prefix) return name.substr(prefix.size());
  }
  return name;
}

void export_variables(Leg& leg, const Leg& member) {
  const std::string_view names = member.variables.get("cc_export_vars");
  if (names.empty()) return;
  leg.variables.set("cc_export_vars", names);
  for (const std::string& part : base::split(names, ',')) {
    const std::string_view name = base::trim(part);
    // A variable that was exported with the prefix carries it in its own name as well.
    auto value = variable_or_field(member, name);
    if (!value) value = variable_or_field(member, without_prefix(name));
    if (value) leg.variables.set(without_prefix(name), *value);
  }
}

// Those that `export` lists, for legs that a caller calls.
void export_own_variables(Leg& leg, const Leg& caller) {
  for (const std::string& part : base::split(caller.variables.get("export_vars"), ',')) {
    const std::string_view name = base::trim(part);
    const std::string* value = caller.variables.find(name);
    if (value != nullptr) leg.variables.set(without_prefix(name), *value);
  }
}

void export_for(Leg& leg, const Offer& offer, const Leg& member) {
  if (offer.is_for_caller) return export_own_variables(leg, member);
  export_variables(leg, member);
}

std::string_view first_of(std::string_view preferred, std::string_view otherwise) {
  return preferred.empty() ? otherwise : preferred;
}

// What the agent's phone shows of the caller.
void set_caller(Leg& leg, const Offer& offer, const Leg& member) {
  const Variables& theirs = member.variables;
  std::string name(theirs.get("cc_outbound_cid_name_prefix"));
  name += first_of(theirs.get("effective_caller_id_name"), offer.cid_name);
  const std::string_view number =
      first_of(theirs.get("effective_caller_id_number"), offer.cid_number);
  leg.caller.caller_id_name = first_of(leg.variables.get("origination_caller_id_name"), name);
  leg.caller.caller_id_number = first_of(leg.variables.get("origination_caller_id_number"), number);
  leg.caller.user_name = member.caller.user_name;
  leg.caller.network_address = member.caller.network_address;
}

// What becomes part of a SIP message must not break its lines, whatever a variable holds.
std::string one_line(std::string_view text) {
  std::string line(text);
  std::replace_if(
      line.begin(), line.end(),
      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
  return line;
}

// RFC 3261 §25.1: token.
bool is_header_name(std::string_view name) {
  constexpr std::string_view kMarks = "-.!%*_+`'~";
  return !name.empty() && std::all_of(name.begin(), name.end(), [&](char c) {
    const bool is_alphanumeric =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return is_alphanumeric || kMarks.find(c) != std::string_view::npos;
  });
}

InviteLeg make_invite(const Leg& leg, const Dialled& dialled) {
  InviteLeg invite;
  invite.leg = leg.id;
  invite.profile = leg.profile;
  invite.request_uri = dialled.target.request_uri;
  invite.next_hop = dialled.target.next_hop;
  invite.from_display = one_line(leg.caller.caller_id_name);
  invite.from_user = one_line(leg.caller.caller_id_number);
  invite.from_host = one_line(leg.variables.get("sip_invite_domain"));
  invite.max_forwards = leg.max_forwards;
  for (const auto& [name, value] : leg.variables.all()) {
    if (!base::equal_ignoring_case(name.substr(0, kHeaderVariable.size()), kHeaderVariable)) {
      continue;
    }
    if (invite.headers.size() >= kAddedHeadersMax) break;
    const std::string header = name.substr(kHeaderVariable.size());
    if (is_header_name(header)) invite.headers.emplace_back(header, one_line(value));
  }
  return invite;
}

// user@host:port of the request URI.
std::string_view bare_address(std::string_view uri) {
  uri.remove_prefix(std::string_view("sip:").size());
  return uri.substr(0, uri.find(';'));
}

}  // namespace

void describe_agent_leg(const Turn& turn, Leg& leg, const Offer& offer, const Leg& member,
                        const Dialled& dialled) {
  set_queue_variables(turn, leg, offer, member);
  export_for(leg, offer, member);
  for (const auto& [name, value] : dialled.variables) leg.variables.set(name, value);
  leg.name = "sofia/" + leg.profile + "/" + std::string(bare_address(dialled.target.request_uri));
  leg.variables.set("channel_name", leg.name);
  leg.variables.set("sip_req_uri", bare_address(dialled.target.request_uri));
  leg.variables.set("sofia_profile_name", leg.profile);
  set_caller(leg, offer, member);
  leg.caller.destination_number = dialled.target.user;
  leg.caller.context = first_of(leg.variables.get("user_context"), dialled.profile->context);
  // A call that goes round in a circle comes to an end (RFC 3261 §16.6).
  leg.max_forwards = std::max(member.max_forwards - 1, 0);
  leg.invite = make_invite(leg, dialled);
}

void describe_loopback_leg(const Turn& turn, Leg& leg, const Offer& offer, const Leg& member,
                           const Destination& destination) {
  set_queue_variables(turn, leg, offer, member);
  export_for(leg, offer, member);
  for (const auto& [name, value] : destination.variables) leg.variables.set(name, value);
  set_caller(leg, offer, member);
}

}  // namespace call
