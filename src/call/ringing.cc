#include "call/ringing.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <string>
#include <utility>
#include <variant>

#include "base/check.h"
#include "base/ip_network.h"
#include "base/text.h"
#include "call/bridge_call.h"
#include "call/channel_data.h"
#include "call/channel_state.h"
#include "call/dialling.h"
#include "call/hang_up.h"
#include "call/loopback.h"
#include "call/offer_leg.h"
#include "call/origination.h"
#include "call/sounds.h"

namespace call {
namespace {

// The longest that anything may ring: a day, as the queue's own times.
constexpr std::int64_t kTimeoutSecondsMax = 86'400;
// Destinations of one offer, users of the directory and what they stand for included. Users who
// stand for each other end here.
constexpr std::uint64_t kDestinationsPerOfferMax = 4 * kDestinationsMax;

// 0: not given, or nothing that is a time.
std::chrono::seconds seconds_of(const Leg& leg, std::string_view name) {
  const std::int64_t seconds = base::lenient_integer(leg.variables.get(name));
  return std::chrono::seconds(seconds <= 0 || seconds > kTimeoutSecondsMax ? 0 : seconds);
}

// When a limit of ringing is over: with the whole second of the clock that comes after it, as in
// the original. So whoever answers in the last second that is shown is in time.
base::Instant end_of(const Turn& turn, base::Instant since, std::chrono::seconds limit) {
  const auto into_second =
      std::chrono::milliseconds(turn.state.anchor.unix_us(since) / 1000 % 1000);
  return since - into_second + limit + std::chrono::seconds(1);
}

base::LegId call_phone(Turn& turn, const Offer& offer, const Leg& member, const Dialled& dialled) {
  Leg& leg = make_leg(turn, next_outbound_id(turn), Direction::Outbound);
  leg.offer = offer.id;
  leg.profile = dialled.profile->name;
  const SofiaTarget& target = dialled.target;
  const std::string& peer = target.next_hop.empty() ? target.request_uri : target.next_hop;
  leg.media.address = dialled.profile->rtp_ip;
  leg.media.told_address = dialled.profile->rtp_ip_for(base::host_of(peer));
  leg.media.dscp = dialled.profile->rtp_dscp;
  set_media_timeouts(leg, *dialled.profile);
  describe_agent_leg(turn, leg, offer, member, dialled);
  arm_timeouts(turn, offer, leg);
  publish(turn, leg, "CHANNEL_CREATE");
  tell_state(turn, leg);
  turn.out.emplace_back(OpenMedia{leg.id, leg.media.address, 0, leg.media.dscp});
  return leg.id;
}

// nullptr: it is over, or answered.
Offer* dialled_offer(const Turn& turn, base::OfferId id) {
  Offer* offer = turn.offer(id);
  return offer != nullptr && offer->phase == Offer::Phase::Dialling ? offer : nullptr;
}

void give_up(Offer& offer, Cause cause) {
  offer.failure = cause;
  for (Ringing& ringing : offer.ringing) ringing.groups.clear();
}

// Why no other phone can be called for this offer now.
Cause obstacle(const Turn& turn, const Offer& offer) {
  const Leg* member = turn.leg(offer.member_leg);
  const bool is_there = offer.origination || (member != nullptr && !member->is_ending());
  if (!is_there) return Cause::OriginatorCancel;
  if (offer.called >= kDestinationsPerOfferMax) {
    turn.warn("agent " + offer.agent + ": too many destinations, or users who name each other");
    return Cause::ExchangeRoutingError;
  }
  if (turn.state.legs.size() >= kLegsMax) {
    turn.warn("no leg for an offer: there are too many");
    return Cause::SwitchCongestion;
  }
  return Cause::None;
}

// Calls the first of the groups that are left, users replaced by what they stand for. What a user's
// dial-string names behind a | comes after this group.
void call_group(Turn& turn, Surroundings& around, base::OfferId id, std::size_t sequence) {
  DialSequence& groups = dialled_offer(turn, id)->ringing[sequence].groups;
  DialGroup wanted = std::move(groups.front());
  groups.erase(groups.begin());
  DialSequence later;
  while (!wanted.empty()) {
    Offer* offer = dialled_offer(turn, id);
    if (offer == nullptr) return;
    const Cause in_the_way = obstacle(turn, *offer);
    if (in_the_way != Cause::None) return give_up(*offer, in_the_way);
    ++offer->called;
    const Destination destination = std::move(wanted.front());
    wanted.erase(wanted.begin());
    const Leg& member = offer->origination ? nobody() : *turn.leg(offer->member_leg);
    Reached reached = reach(turn, around, member, destination);
    offer = dialled_offer(turn, id);
    if (offer == nullptr) return;
    if (const Cause* cause = std::get_if<Cause>(&reached)) {
      offer->failure = *cause;
    } else if (auto* named = std::get_if<DialSequence>(&reached)) {
      std::move(named->front().begin(), named->front().end(),
                std::inserter(wanted, wanted.begin()));
      std::move(named->begin() + 1, named->end(), std::back_inserter(later));
    } else if (member.is_ending()) {
      // A function in the dial string has ended it.
      return give_up(*offer, Cause::OriginatorCancel);
    } else {
      const Dialled* phone = std::get_if<Dialled>(&reached);
      offer->ringing[sequence].legs.push_back(
          phone != nullptr ? call_phone(turn, *offer, member, *phone)
                           : call_loopback(turn, *offer, member, destination));
    }
  }
  DialSequence& left = dialled_offer(turn, id)->ringing[sequence].groups;
  std::move(later.begin(), later.end(), std::inserter(left, left.begin()));
}

bool may_call(const Offer* offer, std::size_t sequence) {
  if (offer == nullptr || sequence >= offer->ringing.size()) return false;
  const Ringing& ringing = offer->ringing[sequence];
  return ringing.legs.empty() && !ringing.groups.empty();
}

bool is_silent(const Offer& offer) {
  return std::all_of(offer.ringing.begin(), offer.ringing.end(), [](const Ringing& ringing) {
    return ringing.legs.empty() && ringing.groups.empty();
  });
}

bool has_someone_to_call(const Offer& offer) {
  return std::any_of(offer.ringing.begin(), offer.ringing.end(), [](const Ringing& ringing) {
    return ringing.legs.empty() && !ringing.groups.empty();
  });
}

void fail(Turn& turn, const Offer& offer) {
  const base::OfferId id = offer.id;
  turn.state.deadlines.cancel(Purpose::of(Purpose::Kind::OriginateTimeout, id));
  if (offer.is_of_queue()) {
    turn.out.emplace_back(queue::OfferFailed{id, std::string(to_text(offer.failure))});
  } else if (offer.is_for_caller) {
    tell_caller(turn, offer);
  } else {
    tell_failure(turn, offer);
  }
  turn.state.offers.erase(id);
}

std::vector<base::LegId> phones_of(const Offer& offer) {
  std::vector<base::LegId> all;
  for (const Ringing& ringing : offer.ringing) {
    all.insert(all.end(), ringing.legs.begin(), ringing.legs.end());
  }
  return all;
}

}  // namespace

void limit_offer(Turn& turn, const Offer& offer, std::chrono::seconds limit) {
  turn.state.deadlines.arm(Purpose::of(Purpose::Kind::OriginateTimeout, offer.id),
                           std::max(turn.now, end_of(turn, offer.started_at, limit)));
}

void arm_timeouts(Turn& turn, const Offer& offer, const Leg& leg) {
  Deadlines& deadlines = turn.state.deadlines;
  if (const auto limit = seconds_of(leg, "leg_timeout"); limit.count() > 0) {
    deadlines.arm(Purpose::of(Purpose::Kind::LegTimeout, leg.id), end_of(turn, turn.now, limit));
  }
  if (const auto limit = seconds_of(leg, "call_timeout"); limit.count() > 0) {
    deadlines.arm(Purpose::of(Purpose::Kind::CallTimeout, leg.id), end_of(turn, turn.now, limit));
  }
  // Of the whole offer, whichever of its phones says it.
  if (const auto limit = seconds_of(leg, "originate_timeout"); limit.count() > 0) {
    limit_offer(turn, offer, limit);
  }
}

void call_next(Turn& turn, Surroundings& around, base::OfferId id) {
  const Offer* begun = dialled_offer(turn, id);
  if (begun == nullptr) return;
  const std::size_t sequences = begun->ringing.size();
  for (std::size_t i = 0; i < sequences; ++i) {
    while (may_call(dialled_offer(turn, id), i)) call_group(turn, around, id, i);
  }
  const Offer* offer = dialled_offer(turn, id);
  if (offer != nullptr && is_silent(*offer)) fail(turn, *offer);
}

void phone_wins(Turn& turn, Surroundings& around, Leg& leg) {
  Offer* offer = dialled_offer(turn, leg.offer);
  CHECK(offer != nullptr);
  offer->phase = Offer::Phase::Answered;
  offer->leg = leg.id;
  const std::vector<base::LegId> phones = phones_of(*offer);
  offer->ringing.clear();
  turn.state.deadlines.cancel(Purpose::of(Purpose::Kind::OriginateTimeout, offer->id));
  leg.variables.unset("cc_member_pre_answer_uuid");
  const base::OfferId id = offer->id;
  if (offer->origination) {
    originated_leg_answers(turn, id, leg);
  } else if (offer->is_of_queue()) {
    turn.out.emplace_back(queue::OfferAnswered{id, leg.id, leg.uuid});
  }
  for (const base::LegId other : phones) {
    if (other == leg.id) continue;
    Leg* loser = turn.leg(other);
    CHECK(loser != nullptr);
    loser->offer = {};
    end_leg(turn, *loser, Cause::LoseRace, EndedBy::Us);
  }
  offer = turn.offer(id);
  if (offer != nullptr && offer->is_for_caller) bridged_phone_answers(turn, around, id, leg);
}

void phone_lost(Turn& turn, Leg& leg) {
  Offer* offer = dialled_offer(turn, leg.offer);
  CHECK(offer != nullptr);
  leg.offer = {};
  for (Ringing& ringing : offer->ringing) std::erase(ringing.legs, leg.id);
  offer->failure = leg.cause;
  phone_falls_silent(turn, *offer, leg);
  if (is_silent(*offer)) return fail(turn, *offer);
  if (!has_someone_to_call(*offer)) return;
  turn.out.emplace_back(
      Continue{.leg = leg.id, .what = Continue::What::CallNext, .offer = offer->id});
}

void call_instead(Turn& turn, Leg& leg, DialString others) {
  Offer* offer = dialled_offer(turn, leg.offer);
  CHECK(offer != nullptr);
  leg.offer = {};
  for (std::size_t i = 0; i < offer->ringing.size(); ++i) {
    Ringing& ringing = offer->ringing[i];
    if (std::erase(ringing.legs, leg.id) == 0 || !ringing.legs.empty()) continue;
    DialSequence& first = others.sequences.front();
    ringing.groups.insert(ringing.groups.begin(), first.begin(), first.end());
    others.sequences.erase(others.sequences.begin());
    break;
  }
  for (DialSequence& sequence : others.sequences) {
    offer->ringing.push_back({.groups = std::move(sequence), .legs = {}});
  }
  turn.out.emplace_back(
      Continue{.leg = leg.id, .what = Continue::What::CallNext, .offer = offer->id});
}

void stop_ringing(Turn& turn, Offer& offer, Cause cause) {
  give_up(offer, cause);
  const std::vector<base::LegId> phones = phones_of(offer);
  if (phones.empty()) return fail(turn, offer);
  // With the last of them the offer fails.
  for (const base::LegId phone : phones) end_leg(turn, *turn.leg(phone), cause, EndedBy::Us);
}

void offer_timed_out(Turn& turn, base::OfferId id) {
  Offer* offer = dialled_offer(turn, id);
  if (offer != nullptr) stop_ringing(turn, *offer, Cause::NoAnswer);
}

}  // namespace call
