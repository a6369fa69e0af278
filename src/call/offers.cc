#include "call/offers.h"

#include <chrono>
#include <string>
#include <utility>

#include "base/check.h"
#include "base/text.h"
#include "call/announcement.h"
#include "call/bridge_call.h"
#include "call/bridges.h"
#include "call/channel_data.h"
#include "call/channel_state.h"
#include "call/confirmation.h"
#include "call/dialling.h"
#include "call/execute_on.h"
#include "call/hang_up.h"
#include "call/negotiation.h"
#include "call/recording_template.h"
#include "call/ringing.h"
#include "call/sounds.h"
#include "call/standby.h"

namespace call {
namespace {

void fail(Turn& turn, base::OfferId offer, Cause cause) {
  turn.out.emplace_back(queue::OfferFailed{offer, std::string(to_text(cause))});
}

Offer offer_of(const Turn& turn, const queue::StartOffer& command) {
  return Offer{.id = command.offer,
               .member = command.member,
               .member_leg = command.member_leg,
               .leg = {},
               .agent = command.agent,
               .phase = Offer::Phase::Dialling,
               .agent_type = command.agent_type,
               .queue = command.queue,
               .member_uuid = command.member_uuid,
               .cid_name = command.cid_name,
               .cid_number = command.cid_number,
               .joined_at = command.joined_at,
               .started_at = turn.now,
               .ringing = {}};
}

// What two strategies of the original keep on the member's channel, for dialplans that look at it
// (spec/07 §2); here nothing is decided by it.
void note_whom(const Turn& turn, Leg& member, const queue::StartOffer& command) {
  if (command.strategy == "ring-progressively") {
    member.variables.set("cc_last_originated_call", turn.epoch());
  } else if (command.strategy == "top-down") {
    member.variables.set("cc_last_agent_tier_level", std::to_string(command.tier_level));
    member.variables.set("cc_last_agent_tier_position", std::to_string(command.tier_position));
  }
}

}  // namespace

void start_offer(Turn& turn, Surroundings& around, const queue::StartOffer& command) {
  Leg* member = turn.leg(command.member_leg);
  if (member == nullptr || member->is_ending()) {
    return fail(turn, command.offer, Cause::OriginatorCancel);
  }
  note_whom(turn, *member, command);
  if (!base::equal_ignoring_case(command.agent_type, "callback")) {
    return offer_to_standby(turn, around, command);
  }
  auto dial_string = read_contact(turn, around, *member, command.contact);
  if (!dial_string) return fail(turn, command.offer, dial_string.error());
  Offer offer = offer_of(turn, command);
  for (DialSequence& sequence : dial_string->sequences) {
    offer.ringing.push_back({.groups = std::move(sequence), .legs = {}});
  }
  limit_offer(turn, offer, std::chrono::seconds(command.originate_timeout_seconds));
  turn.state.offers.emplace(command.offer, std::move(offer));
  call_next(turn, around, command.offer);
}

void cancel_offer(Turn& turn, const queue::CancelOffer& command) {
  Offer* offer = turn.offer(command.offer);
  // A bridge that stands is not an offer any more, and one that failed has been reported.
  if (offer == nullptr || offer->phase == Offer::Phase::Bridged) return;
  const Cause cause = parse_cause(command.cause).value_or(Cause::OriginatorCancel);
  if (offer->phase == Offer::Phase::Dialling) return stop_ringing(turn, *offer, cause);
  Leg* leg = turn.leg(offer->leg);
  CHECK(leg != nullptr);
  release_agent(turn, *leg, cause);
}

void connect_offer(Turn& turn, Surroundings& around, const queue::ConnectOffer& command) {
  const Offer* offer = turn.offer(command.offer);
  if (offer == nullptr || offer->phase != Offer::Phase::Answered) return;
  name_recording(turn, around, *offer);
  // What stands in the template may have ended the offer.
  offer = turn.offer(command.offer);
  if (offer == nullptr || offer->phase != Offer::Phase::Answered) return;
  if (announce_to_agent(turn, *offer)) return;
  join_parties(turn, around, command.offer);
}

void join_parties(Turn& turn, Surroundings& around, base::OfferId id) {
  execute_on(turn, around, *turn.leg(turn.offer(id)->leg), "execute_on_pre_bridge");
  // What is run there may end the agent's leg.
  Offer* offer = turn.offer(id);
  if (offer != nullptr && offer->phase == Offer::Phase::Answered) {
    bridge_offer(turn, around, *offer);
  }
}

void send_invite(Turn& turn, Surroundings& around, Leg& leg) {
  CHECK(leg.invite.has_value());
  const SipProfile* profile = around.find_profile(leg.profile);
  if (profile == nullptr) return end_leg(turn, leg, Cause::InvalidProfile, EndedBy::Us);
  prepare_offer(leg.media, wanted_codecs(leg, *profile), profile->digits_payload_type);
  // It stays with the leg until sip says what it has become: until then a new process can only send
  // it once more (restart.cc).
  leg.invite->offer = make_offer(leg.media);
  turn.out.emplace_back(*leg.invite);
  leg.phase = LegPhase::Early;
  tell_passing_state(turn, leg, ChannelState::Routing);
  tell_state(turn, leg);
}

void leg_progressed(Turn& turn, Leg& leg, const LegProgressed& report) {
  if (leg.phase != LegPhase::Early) return;
  // For an agent only a real answer counts (ignore_early_media), so the media of a 183 is not
  // listened to. But some gateways say it there and not again in their 200.
  if (report.media) leg.media.theirs = report.media;
  if (!leg.progress_at) {
    leg.progress_at = turn.now;
    publish(turn, leg, report.status == 183 ? "CHANNEL_PROGRESS_MEDIA" : "CHANNEL_PROGRESS");
  }
  phone_rings(turn, leg, report);
}

void leg_answered(Turn& turn, Surroundings& around, Leg& leg, const LegAnswered& report) {
  leg.facts = report.facts;
  leg.sent_invite.reset();
  leg.variables.set("sip_call_id", leg.facts.call_id);
  // An answer that crosses our CANCEL is acknowledged and ended by sip.
  if (leg.phase != LegPhase::Early) return;
  leg.phase = LegPhase::Up;
  leg.answered_at = turn.now;
  turn.state.deadlines.cancel(Purpose::of(Purpose::Kind::LegTimeout, leg.id));
  turn.state.deadlines.cancel(Purpose::of(Purpose::Kind::CallTimeout, leg.id));

  if (report.media) leg.media.theirs = report.media;
  const auto agreed =
      leg.media.theirs ? agree_on_answer(*leg.media.theirs, leg.media) : std::nullopt;
  if (!agreed) return end_leg(turn, leg, Cause::IncompatibleDestination, EndedBy::Us);
  adopt(leg.media, *agreed);
  connect_media(turn, leg);
  publish(turn, leg, "CHANNEL_ANSWER");
  tell_state(turn, leg);
  execute_on(turn, around, leg, "execute_on_answer");
  if (leg.is_ending()) return;
  if (needs_confirmation(turn, leg)) return begin_confirmation(turn, leg);
  phone_wins(turn, around, leg);
}

void offer_lost(Turn& turn, Leg& leg, Cause cause) {
  const Offer* offer = turn.offer(leg.offer);
  CHECK(offer != nullptr && offer->phase != Offer::Phase::Bridged);
  if (offer->phase == Offer::Phase::Dialling) return phone_lost(turn, leg);
  const base::OfferId id = offer->id;
  const bool is_warned = offer->phase == Offer::Phase::Warning;
  leg.offer = {};
  turn.state.offers.erase(id);
  if (is_warned) return fail(turn, id, cause);
  turn.out.emplace_back(queue::BridgeFailed{id, std::string(to_text(cause))});
}

}  // namespace call
