#include "call/origination.h"

#include <chrono>
#include <utility>

#include "base/check.h"
#include "call/dialling.h"
#include "call/ringing.h"

namespace call {
namespace {

// Numbers of the queue engine's own offers stay far below.
constexpr std::uint64_t kFirstId = std::uint64_t{1} << 62;
// As the original shows who calls without a number.
constexpr std::string_view kNoNumber = "0000000000";

}  // namespace

const Leg& nobody() {
  static const Leg leg;
  return leg;
}

base::OfferId next_own_offer(Turn& turn) {
  return base::OfferId{kFirstId + ++turn.state.originations};
}

base::OfferId originate(Turn& turn, Surroundings& around, const OriginateWanted& wanted) {
  Offer offer;
  offer.id = next_own_offer(turn);
  offer.agent = "originate";
  offer.cid_name = wanted.cid_name;
  offer.cid_number = wanted.cid_number.empty() ? kNoNumber : wanted.cid_number;
  offer.joined_at = offer.started_at = turn.now;
  offer.origination = wanted.then;
  const base::OfferId id = offer.id;
  auto dial_string = read_contact(turn, around, nobody(), wanted.dial_string);
  if (!dial_string) {
    offer.failure = dial_string.error();
    tell_failure(turn, offer);
    return id;
  }
  for (DialSequence& sequence : dial_string->sequences) {
    offer.ringing.push_back({.groups = std::move(sequence), .legs = {}});
  }
  limit_offer(turn, offer, std::chrono::seconds(wanted.timeout_seconds));
  turn.state.offers.emplace(id, std::move(offer));
  call_next(turn, around, id);
  return id;
}

void originated_leg_answers(Turn& turn, base::OfferId id, Leg& leg) {
  const auto found = turn.state.offers.find(id);
  CHECK(found != turn.state.offers.end() && found->second.origination);
  dialplan::Action action;
  action.application = found->second.origination->application;
  action.data = found->second.origination->data;
  turn.state.offers.erase(found);
  leg.offer = {};
  leg.execution.actions = {std::move(action)};
  leg.execution.next = 0;
  turn.out.emplace_back(Originated{id, "+OK " + leg.uuid + "\n"});
  turn.out.emplace_back(Continue{.leg = leg.id, .what = Continue::What::RunActions});
}

void tell_failure(Turn& turn, const Offer& offer) {
  turn.out.emplace_back(Originated{offer.id, "-ERR " + std::string(to_text(offer.failure)) + "\n"});
}

}  // namespace call
