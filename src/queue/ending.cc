#include "queue/ending.h"

namespace queue {
namespace {

StayEnded stay_of(const Member& member, base::Instant now) {
  StayEnded stay;
  stay.uuid = member.uuid;
  stay.session_uuid = member.session_uuid;
  stay.queue = member.queue_name;
  stay.cid_number = member.cid_number;
  stay.cid_name = member.cid_name;
  stay.dnis = member.dnis;
  stay.answered_at = member.answered_at;
  stay.joined_at = member.joined_at;
  stay.rejoined_at = member.rejoined_at;
  stay.bridged_at = member.bridged_at;
  stay.left_at = now;
  stay.base_score = member.base_score;
  return stay;
}

OfferEnded::Outcome outcome_of(Offer::Phase phase) {
  switch (phase) {
    case Offer::Phase::Ringing:
      return OfferEnded::Outcome::NotAnswered;
    case Offer::Phase::Connecting:
      return OfferEnded::Outcome::NotBridged;
    case Offer::Phase::Bridged:
      break;
  }
  return OfferEnded::Outcome::Bridged;
}

}  // namespace

StayEnded cancelled_stay(const Member& member, ExitCause cause, base::Instant now) {
  StayEnded stay = stay_of(member, now);
  stay.cancelled = cause;
  return stay;
}

StayEnded answered_stay(const Member& member, const Offer& offer, const Agent& agent,
                        std::string_view cause, base::Instant now) {
  StayEnded stay = stay_of(member, now);
  stay.agent = agent.name;
  stay.agent_uuid = offer.leg_uuid;
  stay.cause = cause;
  return stay;
}

OfferEnded ended_offer(const Offer& offer, const Agent& agent, std::string_view cause,
                       base::Instant now) {
  OfferEnded ended;
  ended.id = offer.id;
  ended.member_uuid = offer.facts.uuid;
  ended.session_uuid = offer.facts.session_uuid;
  ended.queue = offer.facts.queue_name;
  ended.agent = agent.name;
  ended.agent_type = agent.type;
  ended.agent_uuid = offer.leg_uuid;
  ended.joined_at = offer.facts.joined_at;
  ended.called_at = offer.called_at;
  ended.answered_at = offer.answered_at;
  ended.bridged_at = offer.bridged_at;
  ended.ended_at = now;
  ended.outcome = outcome_of(offer.phase);
  ended.cause = cause;
  return ended;
}

}  // namespace queue
