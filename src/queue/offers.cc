#include "queue/offers.h"

#include <string>

#include "base/check.h"
#include "queue/agent_choice.h"
#include "queue/approach.h"
#include "queue/eligibility.h"
#include "queue/events.h"
#include "queue/lines.h"

namespace queue {
namespace {

Offer& make_offer(Turn& turn, Member& member, const Agent& agent) {
  Offer offer;
  offer.id = base::OfferId{++turn.state.last_id};
  offer.member = member.id;
  offer.agent = agent.id;
  offer.queue = member.queue;
  offer.facts = facts_of(member);
  offer.status_at_start = agent.status;
  offer.called_at = turn.now;
  member.offers.insert(offer.id);
  return turn.state.offers.emplace(offer.id, offer).first->second;
}

// A member who is offered to several at a time shows no agent before one has answered.
void engage_member(Turn& turn, Member& member, const Agent& agent, const Queue& queue) {
  if (member.approach == Approach::One) {
    member.serving_agent = agent.name;
    set_member_state(turn, member, MemberState::Trying);
    return;
  }
  if (member.approach == Approach::Progressively) {
    member.asks_again_at = turn.now + progressive_delay(queue.settings);
  }
  line_up(turn, member);
}

void engage_agent(Turn& turn, Agent& agent, const Offer& offer) {
  if (turn.state.settings.reserve_agents) {
    agent.state = AgentState::Reserved;
    announce_state_change(turn, agent);
  }
  agent.offer = offer.id;
  agent.state = AgentState::Receiving;
  agent.last_offered_call = turn.now;
  hold_tiers(turn, offer);
  refresh_agent(turn, agent);
  announce_state_change(turn, agent);
}

template <class Visit>
void for_each_tier(State& state, base::AgentId agent, Visit visit) {
  const auto queues = state.queues_of_agent.find(agent);
  if (queues == state.queues_of_agent.end()) return;
  for (const base::QueueId queue : queues->second) visit(*find_tier(state, queue, agent));
}

}  // namespace

void start_offer(Turn& turn, Member& member, Agent& agent) {
  CHECK(!agent.offer);
  Queue& queue = *find_queue(turn.state, member.queue);
  const Tier& tier = *find_tier(turn.state, queue.id, agent.id);
  note_asked(queue, member, tier);

  const Offer& offer = make_offer(turn, member, agent);
  engage_member(turn, member, agent, queue);
  engage_agent(turn, agent, offer);
  announce_offering(turn, agent, offer);
  turn.out.emplace_back(
      StartOffer{.offer = offer.id,
                 .member = member.id,
                 .member_leg = member.leg,
                 .queue = member.queue_name,
                 .agent = agent.name,
                 .agent_type = agent.type,
                 .contact = agent.contact,
                 .member_uuid = member.uuid,
                 .cid_number = member.cid_number,
                 .cid_name = member.cid_name,
                 .joined_at = member.joined_at,
                 .originate_timeout_seconds = turn.state.settings.agent_originate_timeout_seconds,
                 .strategy = queue.settings.strategy,
                 .tier_level = tier.level,
                 .tier_position = tier.position});
}

void cancel_offer(Turn& turn, base::OfferId id, std::string_view cause) {
  Offer* offer = find_offer(turn.state, id);
  CHECK(offer != nullptr && offer->phase != Offer::Phase::Bridged);
  if (offer->cancelled == Offer::Cancelled::Yes) return;
  offer->cancelled = Offer::Cancelled::Yes;
  turn.out.emplace_back(CancelOffer{.offer = id, .cause = std::string(cause)});
}

void hold_tiers(Turn& turn, const Offer& offer) {
  for_each_tier(turn.state, offer.agent, [&](Tier& tier) {
    if (tier.queue == offer.queue) {
      tier.state = TierState::Offering;
    } else if (tier.state == TierState::Ready) {
      tier.state = TierState::Standby;
    }
  });
}

void free_tiers(Turn& turn, const Offer& offer, TierState serving) {
  for_each_tier(turn.state, offer.agent, [&](Tier& tier) {
    const bool held = tier.state == TierState::ActiveInbound || tier.state == TierState::Standby ||
                      tier.state == TierState::Offering;
    if (tier.queue == offer.queue) {
      if (held) tier.state = serving;
    } else if (tier.state == TierState::Standby) {
      tier.state = TierState::Ready;
    }
  });
}

}  // namespace queue
