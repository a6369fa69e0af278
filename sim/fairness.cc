#include "sim/fairness.h"

#include <algorithm>
#include <limits>
#include <set>
#include <string>
#include <tuple>

#include "base/text.h"

namespace sim {
namespace {

// The rows of one moment.
struct Rows {
  const queue::Engine& engine;
  const Witness& witness;
  base::Instant now;
  std::vector<const queue::Tier*> tiers = engine.tiers();
  std::vector<const queue::Member*> members = engine.members();
};

bool tier_is_open(const queue::Tier& tier) {
  return tier.state == queue::TierState::Ready || tier.state == queue::TierState::NoAnswer;
}

// Of an agent that has been offered a call since: its own tier offers, its other ones stand by. A
// day sets no tier to these states by hand.
bool was_open(const queue::Tier& tier) {
  return tier.state != queue::TierState::ActiveInbound;
}

bool is_free(const Rows& rows, const queue::Agent& agent) {
  const bool logged_in = agent.status == queue::AgentStatus::Available ||
                         agent.status == queue::AgentStatus::AvailableOnDemand;
  return logged_in && agent.state == queue::AgentState::Waiting &&
         !rows.witness.is_offered(agent.name) && !rows.witness.rests(agent, rows.now);
}

// Smaller is asked first. The strategies that are not built yet go by position.
using Rank = std::tuple<std::int64_t, std::int64_t, std::int64_t, std::uint64_t, base::AgentId>;

Rank rank_of(const Rows& rows, const queue::Tier& tier, const queue::Member& member) {
  const queue::Agent& agent = *rows.engine.agent(tier.agent);
  const auto& strategy = rows.engine.queue(tier.queue)->settings.strategy;
  const auto ms = [](const std::optional<base::Instant>& at) {
    return at ? base::to_ms(*at) : std::numeric_limits<std::int64_t>::min();
  };
  const auto failed = member.failed_with.find(agent.id);
  const std::uint64_t failure = failed == member.failed_with.end() ? 0 : failed->second;
  if (base::equal_ignoring_case(strategy, "longest-idle-agent")) {
    return {tier.level, ms(agent.last_bridge_end), tier.position, failure, agent.id};
  }
  // When an agent was last offered a call before this one is no longer known.
  return {tier.level, tier.position, 0, 0, base::AgentId{}};
}

// Earlier virtual arrival first, then who joined first.
std::tuple<std::int64_t, base::MemberId> place_of(const Rows& rows, const queue::Member& member) {
  const queue::Queue* queue = rows.engine.queue(member.queue);
  const std::int64_t credit = member.base_score + (queue ? queue->settings.weight : 0);
  return {base::to_ms(member.joined_at) - credit * 1000, member.id};
}

const queue::Member* find_member(const Rows& rows, base::MemberId id) {
  for (const queue::Member* member : rows.members) {
    if (member->id == id) return member;
  }
  return nullptr;
}

void check_choice(const Rows& rows, const queue::StartOffer& offer,
                  const std::set<std::string>& taken_later) {
  const queue::Member* member = find_member(rows, offer.member);
  const queue::Agent* chosen = rows.engine.find_agent(offer.agent);
  if (member == nullptr || chosen == nullptr) return;
  std::optional<Rank> chosen_rank;
  for (const queue::Tier* tier : rows.tiers) {
    if (tier->queue == member->queue && tier->agent == chosen->id) {
      chosen_rank = rank_of(rows, *tier, *member);
    }
  }
  if (!chosen_rank) return rows.witness.complain("an agent is offered a call without a tier");
  for (const queue::Tier* tier : rows.tiers) {
    const queue::Agent& other = *rows.engine.agent(tier->agent);
    if (tier->queue != member->queue || other.id == chosen->id) continue;
    if (rows.witness.is_barred(other.name, member->id, rows.now)) continue;
    const bool was_free = taken_later.contains(other.name)
                              ? was_open(*tier)
                              : is_free(rows, other) && tier_is_open(*tier);
    if (was_free && rank_of(rows, *tier, *member) < *chosen_rank) {
      rows.witness.complain(offer.agent + " is asked before " + other.name);
    }
  }
}

void check_member(const Rows& rows, const queue::StartOffer& offer) {
  const queue::Member* served = find_member(rows, offer.member);
  const queue::Agent* agent = rows.engine.find_agent(offer.agent);
  if (served == nullptr || agent == nullptr) return;
  for (const queue::Member* other : rows.members) {
    if (other->state != queue::MemberState::Waiting) continue;
    const bool serves = std::any_of(rows.tiers.begin(), rows.tiers.end(), [&](const auto* tier) {
      return tier->queue == other->queue && tier->agent == agent->id && was_open(*tier);
    });
    if (!serves || rows.witness.is_barred(agent->name, other->id, rows.now)) continue;
    if (place_of(rows, *other) < place_of(rows, *served)) {
      rows.witness.complain("a member with a better score is passed over for " + agent->name);
    }
  }
}

}  // namespace

void check_nobody_waits_in_vain(const queue::Engine& engine, const Witness& witness,
                                base::Instant now) {
  const Rows rows{.engine = engine, .witness = witness, .now = now};
  for (const queue::Tier* tier : rows.tiers) {
    const queue::Agent& agent = *engine.agent(tier->agent);
    if (!engine.queue(tier->queue)->loaded || !tier_is_open(*tier) || !is_free(rows, agent)) {
      continue;
    }
    for (const queue::Member* member : rows.members) {
      const bool waits =
          member->queue == tier->queue && member->state == queue::MemberState::Waiting;
      if (waits && !witness.is_barred(agent.name, member->id, now)) {
        witness.complain(agent.name + " is idle while a member waits");
      }
    }
  }
}

void check_choices(const queue::Engine& engine, const queue::Commands& commands,
                   const Witness& witness, base::Instant now) {
  const Rows rows{.engine = engine, .witness = witness, .now = now};
  std::vector<queue::StartOffer> offers;
  for (const queue::Command& command : commands) {
    if (const auto* offer = std::get_if<queue::StartOffer>(&command)) offers.push_back(*offer);
  }
  const queue::Member* before = nullptr;
  for (const queue::StartOffer& offer : offers) {
    const queue::Member* member = find_member(rows, offer.member);
    if (before != nullptr && member != nullptr &&
        place_of(rows, *member) < place_of(rows, *before)) {
      witness.complain("members are not served in the order of their scores");
    }
    before = member;
  }
  std::set<std::string> taken_later;
  for (auto offer = offers.rbegin(); offer != offers.rend(); ++offer) {
    check_choice(rows, *offer, taken_later);
    check_member(rows, *offer);
    taken_later.insert(offer->agent);
  }
}

}  // namespace sim
