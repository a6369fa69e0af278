#include "call/inbound.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/check.h"
#include "call/application_stack.h"
#include "call/channel_data.h"
#include "call/channel_state.h"
#include "call/hang_up.h"
#include "call/hold.h"
#include "call/negotiation.h"
#include "call/sounds.h"

namespace call {
namespace {

void refuse_without_leg(Turn& turn, base::LegId id, Cause cause) {
  turn.out.emplace_back(HangUpLeg{id, final_status_of(cause), reason_of(cause)});
}

// The directory user whose credentials the call carried.
const DirectoryUser* user_of(Surroundings& around, const SipProfile& profile,
                             const LegInvited& report) {
  if (report.auth_user.empty()) return nullptr;
  const std::string& domain =
      profile.force_domain.empty() ? report.from_host : profile.force_domain;
  return around.directory().find(report.auth_user, domain);
}

void set_sip_variables(Leg& leg, const LegInvited& report) {
  Variables& variables = leg.variables;
  variables.set("sip_call_id", report.call_id);
  variables.set("sip_from_user", report.from_user);
  variables.set("sip_from_host", report.from_host);
  variables.set("sip_from_uri", report.from_user + "@" + report.from_host);
  variables.set("sip_from_display", report.from_display);
  variables.set("sip_to_user", report.to_user);
  variables.set("sip_to_host", report.to_host);
  variables.set("sip_to_uri", report.to_user + "@" + report.to_host);
  variables.set("sip_req_user", report.request_user);
  variables.set("sip_req_host", report.request_host);
  variables.set("sip_req_uri", report.request_user + "@" + report.request_host);
  variables.set("sip_contact_uri", report.contact);
  variables.set("sip_user_agent", report.user_agent);
  variables.set("sip_network_ip", report.source_address);
  variables.set("sip_network_port", std::to_string(report.source_port));
  variables.set("sip_received_ip", report.source_address);
  variables.set("sip_received_port", std::to_string(report.source_port));
  variables.set("sip_auth_username", report.auth_user);
  variables.set("network_addr", report.source_address);
  for (const auto& [name, value] : report.extra_headers) variables.set("sip_h_" + name, value);
}

void set_caller(Leg& leg, const SipProfile& profile, const LegInvited& report) {
  CallerProfile& caller = leg.caller;
  caller.user_name = report.from_user;
  // A phone that sends no name is shown by its number.
  caller.caller_id_name = report.from_display.empty() ? report.from_user : report.from_display;
  caller.caller_id_number = report.from_user;
  caller.network_address = report.source_address;
  caller.destination_number = report.request_user;
  caller.context = profile.context;
}

void set_user_variables(Leg& leg, const SipProfile& profile, const DirectoryUser* user,
                        const LegInvited& report) {
  leg.variables.set("domain_name",
                    !profile.force_domain.empty() ? profile.force_domain : report.request_host);
  if (user == nullptr) return;
  leg.variables.set("domain_name", user->domain);
  leg.variables.set("user_name", user->id);
  for (const auto& [name, value] : user->variables) leg.variables.set(name, value);
  const std::string_view context = leg.variables.get("user_context");
  if (!context.empty()) leg.caller.context = context;
}

// Our answer, or our offer to a caller who left that to us.
MediaDescription our_description(const Leg& leg) {
  if (!leg.media.theirs) return make_offer(leg.media);
  return make_answer(*leg.media.theirs, agreement_of(leg.media), leg.media);
}

// Returns: whether there is something that both sides speak, as far as it is known by now.
bool negotiate(Leg& leg, const SipProfile& profile, const LegInvited& report) {
  const std::vector<std::string> wanted = wanted_codecs(leg, profile);
  if (!report.offer) {
    // INVITE without SDP: our 200 offers, the ACK answers (RFC 3261 §13.2.1).
    prepare_offer(leg.media, wanted, profile.digits_payload_type);
    return true;
  }
  const auto agreed = agree(*report.offer, wanted, profile.codec_choice);
  if (!agreed) return false;
  leg.media.theirs = report.offer;
  adopt(leg.media, *agreed);
  return true;
}

}  // namespace

void leg_invited(Turn& turn, Surroundings& around, const LegInvited& report) {
  if (turn.leg(report.leg) != nullptr) return;
  turn.state.last_inbound = std::max(turn.state.last_inbound, report.leg.value);
  const SipProfile* profile = around.find_profile(report.profile);
  if (profile == nullptr) return refuse_without_leg(turn, report.leg, Cause::InvalidProfile);
  if (turn.state.legs.size() >= kLegsMax) {
    turn.warn("a call is refused: there are too many legs");
    return refuse_without_leg(turn, report.leg, Cause::SwitchCongestion);
  }

  Leg& leg = make_leg(turn, report.leg, Direction::Inbound);
  leg.profile = profile->name;
  leg.name = "sofia/" + profile->name + "/" + report.from_user + "@" + report.from_host;
  leg.facts = report.facts;
  leg.max_forwards = report.max_forwards;
  leg.received_invite = report.received;
  leg.media.address = profile->rtp_ip;
  leg.media.told_address = profile->rtp_ip_for(report.source_address);
  leg.media.dscp = profile->rtp_dscp;
  set_media_timeouts(leg, *profile);
  leg.variables.set("channel_name", leg.name);
  leg.variables.set("sofia_profile_name", profile->name);
  set_sip_variables(leg, report);
  set_caller(leg, *profile, report);
  set_user_variables(leg, *profile, user_of(around, *profile, report), report);
  publish(turn, leg, "CHANNEL_CREATE");
  tell_state(turn, leg);

  if (!negotiate(leg, *profile, report)) {
    return end_leg(turn, leg, Cause::IncompatibleDestination, EndedBy::Us);
  }
  turn.out.emplace_back(OpenMedia{leg.id, leg.media.address, 0, leg.media.dscp});
}

void take_into_dialplan(Turn& turn, Surroundings& around, Leg& leg) {
  CHECK(leg.phase == LegPhase::Opening && leg.direction == Direction::Inbound);
  leg.phase = LegPhase::Early;
  tell_passing_state(turn, leg, ChannelState::Routing);
  if (!route_leg(turn, around, leg)) {
    return end_leg(turn, leg, Cause::NoRouteDestination, EndedBy::Us);
  }
  tell_state(turn, leg);
  run_applications(turn, around, leg);
}

void answer_leg(Turn& turn, Leg& leg) {
  if (leg.phase != LegPhase::Early || leg.direction != Direction::Inbound) return;
  leg.phase = LegPhase::Up;
  leg.answered_at = turn.now;
  turn.out.emplace_back(AnswerLeg{leg.id, our_description(leg)});
  // Again where a 183 has done it before: from now on silence counts.
  if (leg.media.theirs) connect_media(turn, leg);
  publish(turn, leg, "CHANNEL_ANSWER");
  tell_state(turn, leg);
}

void answer_again(Turn& turn, const Leg& leg) {
  CHECK(leg.answered_at && leg.received_invite);
  turn.out.emplace_back(AnswerLeg{leg.id, our_description(leg)});
}

void leg_confirmed(Turn& turn, Surroundings& around, Leg& leg, const LegConfirmed& report) {
  leg.received_invite.reset();
  if (!leg.is_up() || leg.media.offered.empty()) return;
  const auto agreed = report.media ? agree_on_answer(*report.media, leg.media) : std::nullopt;
  if (!agreed) {
    leg.media.offered.clear();
    // Without an answer to a later offer all stays as it was (RFC 3264 §8).
    if (leg.media.theirs) return;
    return end_leg(turn, leg, Cause::IncompatibleDestination, EndedBy::Us);
  }
  const Held before = hold_of(leg);
  leg.media.theirs = report.media;
  adopt(leg.media, *agreed);
  connect_media(turn, leg);
  hold_changed(turn, around, leg, before);
}

void ring_leg(Turn& turn, Leg& leg) {
  if (leg.phase != LegPhase::Early || leg.progress_at) return;
  if (leg.direction != Direction::Inbound) return;  // It is the phone there that rings.
  leg.progress_at = turn.now;
  turn.out.emplace_back(ProgressLeg{leg.id, 180, std::nullopt});
  publish(turn, leg, "CHANNEL_PROGRESS");
}

void progress_leg(Turn& turn, Leg& leg) {
  if (leg.phase != LegPhase::Early || leg.media.connected) return;
  if (leg.direction != Direction::Inbound) return;
  // Who left the offer to us hears nothing before the answer: a 183 need not arrive (RFC 3262).
  if (!leg.media.theirs) return ring_leg(turn, leg);
  if (!leg.progress_at) leg.progress_at = turn.now;
  turn.out.emplace_back(ProgressLeg{leg.id, 183, our_description(leg)});
  connect_media(turn, leg);
  publish(turn, leg, "CHANNEL_PROGRESS_MEDIA");
  tell_state(turn, leg);
}

}  // namespace call
