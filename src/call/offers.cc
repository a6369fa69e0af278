#include "call/offers.h"

#include <chrono>
#include <string>
#include <utility>

#include "base/check.h"
#include "base/ip_network.h"
#include "base/text.h"
#include "call/bridges.h"
#include "call/channel_data.h"
#include "call/dialling.h"
#include "call/hang_up.h"
#include "call/negotiation.h"
#include "call/offer_leg.h"
#include "call/sounds.h"

namespace call {
namespace {

// The longest that anything may ring: a day, as the queue's own times.
constexpr std::int64_t kTimeoutSecondsMax = 86'400;

void fail(Turn& turn, base::OfferId offer, Cause cause) {
  turn.out.emplace_back(queue::OfferFailed{offer, std::string(to_text(cause))});
}

// 0: not given, or nothing that is a time.
std::int64_t seconds_of(const Leg& leg, std::string_view name) {
  const std::int64_t seconds = base::lenient_integer(leg.variables.get(name));
  return seconds <= 0 || seconds > kTimeoutSecondsMax ? 0 : seconds;
}

void arm_timeouts(Turn& turn, const Leg& leg, int originate_seconds) {
  const std::int64_t given = seconds_of(leg, "originate_timeout");
  const std::int64_t overall = given > 0 ? given : originate_seconds;
  turn.state.deadlines.arm(Purpose::of(Purpose::Kind::OriginateTimeout, leg.id),
                           turn.now + std::chrono::seconds(overall));
  if (const std::int64_t own = seconds_of(leg, "leg_timeout"); own > 0) {
    turn.state.deadlines.arm(Purpose::of(Purpose::Kind::LegTimeout, leg.id),
                             turn.now + std::chrono::seconds(own));
  }
}

void make_offer_leg(Turn& turn, const queue::StartOffer& command, const Leg& member,
                    const Dialled& dialled) {
  Leg& leg = make_leg(turn, next_outbound_id(turn), Direction::Outbound);
  leg.offer = command.offer;
  leg.profile = dialled.profile->name;
  const SofiaTarget& target = dialled.target;
  const std::string& peer = target.next_hop.empty() ? target.request_uri : target.next_hop;
  leg.media.address = dialled.profile->rtp_ip;
  leg.media.told_address = dialled.profile->rtp_ip_for(base::host_of(peer));
  leg.media.dscp = dialled.profile->rtp_dscp;
  set_media_timeouts(leg, *dialled.profile);
  describe_agent_leg(turn, leg, command, member, dialled);
  turn.state.offers.emplace(command.offer, Offer{.id = command.offer,
                                                 .member = command.member,
                                                 .member_leg = command.member_leg,
                                                 .leg = leg.id,
                                                 .agent = command.agent,
                                                 .phase = Offer::Phase::Dialling});
  arm_timeouts(turn, leg, command.originate_timeout_seconds);
  publish(turn, leg, "CHANNEL_CREATE");
  turn.out.emplace_back(OpenMedia{leg.id, leg.media.address, 0, leg.media.dscp});
}

}  // namespace

void start_offer(Turn& turn, Surroundings& around, const queue::StartOffer& command) {
  const Leg* member = turn.leg(command.member_leg);
  if (member == nullptr || member->is_ending()) {
    return fail(turn, command.offer, Cause::OriginatorCancel);
  }
  if (!base::equal_ignoring_case(command.agent_type, "callback")) {
    turn.warn("agent " + command.agent + ": type " + command.agent_type + " is not served yet");
    return fail(turn, command.offer, Cause::UserNotRegistered);
  }
  if (turn.state.legs.size() >= kLegsMax) {
    turn.warn("no leg for an offer: there are too many");
    return fail(turn, command.offer, Cause::SwitchCongestion);
  }
  const base::Result<Dialled, Cause> dialled = dial(turn, around, *member, command.contact);
  if (!dialled) return fail(turn, command.offer, dialled.error());
  // Functions in the contact may have ended the member or the world around it.
  if (member->is_ending()) return fail(turn, command.offer, Cause::OriginatorCancel);
  make_offer_leg(turn, command, *member, *dialled);
}

void cancel_offer(Turn& turn, const queue::CancelOffer& command) {
  const Offer* offer = turn.offer(command.offer);
  // A bridge that stands is not an offer any more, and one that failed has been reported.
  if (offer == nullptr || offer->phase == Offer::Phase::Bridged) return;
  Leg* leg = turn.leg(offer->leg);
  CHECK(leg != nullptr);
  end_leg(turn, *leg, parse_cause(command.cause).value_or(Cause::OriginatorCancel), EndedBy::Us);
}

void connect_offer(Turn& turn, const queue::ConnectOffer& command) {
  Offer* offer = turn.offer(command.offer);
  if (offer == nullptr || offer->phase != Offer::Phase::Answered) return;
  // cc_outbound_announce is played here, before the bridge (spec/04 §7.5). TODO(#3)
  bridge_offer(turn, *offer);
}

void send_invite(Turn& turn, Surroundings& around, Leg& leg) {
  CHECK(leg.invite.has_value());
  const SipProfile* profile = around.find_profile(leg.profile);
  if (profile == nullptr) return end_leg(turn, leg, Cause::InvalidProfile, EndedBy::Us);
  InviteLeg invite = *std::exchange(leg.invite, std::nullopt);
  prepare_offer(leg.media, wanted_codecs(leg, *profile), profile->digits_payload_type);
  invite.offer = make_offer(leg.media);
  turn.out.emplace_back(std::move(invite));
  leg.phase = LegPhase::Early;
}

void leg_progressed(Turn& turn, Leg& leg, const LegProgressed& report) {
  if (leg.phase != LegPhase::Early) return;
  // ignore_early_media: only a real answer counts, so the media of a 183 is not listened to. But
  // some gateways say it there and not again in their 200.
  if (report.media) leg.media.theirs = report.media;
  if (leg.progress_at) return;
  leg.progress_at = turn.now;
  publish(turn, leg, report.status == 183 ? "CHANNEL_PROGRESS_MEDIA" : "CHANNEL_PROGRESS");
}

void leg_answered(Turn& turn, Leg& leg, const LegAnswered& report) {
  leg.facts = report.facts;
  leg.variables.set("sip_call_id", leg.facts.call_id);
  // An answer that crosses our CANCEL is acknowledged and ended by sip.
  if (leg.phase != LegPhase::Early) return;
  leg.phase = LegPhase::Up;
  leg.answered_at = turn.now;
  turn.state.deadlines.cancel(Purpose::of(Purpose::Kind::LegTimeout, leg.id));
  turn.state.deadlines.cancel(Purpose::of(Purpose::Kind::OriginateTimeout, leg.id));

  if (report.media) leg.media.theirs = report.media;
  const auto agreed =
      leg.media.theirs ? agree_on_answer(*leg.media.theirs, leg.media) : std::nullopt;
  if (!agreed) return end_leg(turn, leg, Cause::IncompatibleDestination, EndedBy::Us);
  adopt(leg.media, *agreed);
  connect_media(turn, leg);
  leg.variables.unset("cc_member_pre_answer_uuid");
  publish(turn, leg, "CHANNEL_ANSWER");

  Offer* offer = turn.offer(leg.offer);
  CHECK(offer != nullptr);
  offer->phase = Offer::Phase::Answered;
  turn.out.emplace_back(queue::OfferAnswered{offer->id, leg.id, leg.uuid});
}

void offer_lost(Turn& turn, Leg& leg) {
  const Offer* offer = turn.offer(leg.offer);
  CHECK(offer != nullptr && offer->phase != Offer::Phase::Bridged);
  const base::OfferId id = offer->id;
  const bool was_answered = offer->phase == Offer::Phase::Answered;
  leg.offer = {};
  turn.state.offers.erase(id);
  if (was_answered) {
    turn.out.emplace_back(queue::BridgeFailed{id, std::string(to_text(leg.cause))});
  } else {
    fail(turn, id, leg.cause);
  }
}

}  // namespace call
