#include "queue/explain.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "queue/agent_choice.h"
#include "queue/delays.h"
#include "queue/eligibility.h"
#include "queue/lines.h"
#include "queue/strategy.h"
#include "queue/tier_rules.h"
#include "queue/wrap_up.h"

namespace queue {
namespace {

// What one member's decision looks at.
struct Case {
  const State& state;
  const Queue& queue;
  const Member& member;
  base::Instant now;
  std::optional<base::AgentId> chosen;
};

struct Finding {
  Reason reason;
  std::optional<base::Instant> until = std::nullopt;
};

// The rests of eligibility.h, each by its name. The one that ends last decides.
std::optional<Finding> rest_of(const Case& asked, const Agent& agent) {
  const std::array<Finding, 3> rests{{{Reason::WrapUp, wrap_up_ends(agent)},
                                      {Reason::ReadyAt, agent.ready_at},
                                      {Reason::RetryGap, agent.retry_at}}};
  const auto last =
      std::max_element(rests.begin(), rests.end(),
                       [](const Finding& a, const Finding& b) { return a.until < b.until; });
  if (!last->until || *last->until <= asked.now) return std::nullopt;
  return *last;
}

// The agent itself cannot take a call.
std::optional<Finding> unable(const Case& asked, const Agent& agent, const Tier& tier) {
  if (agent.status == AgentStatus::LoggedOut) return Finding{Reason::LoggedOut};
  if (agent.status == AgentStatus::OnBreak) return Finding{Reason::OnBreak};
  if (agent.state != AgentState::Waiting || agent.offer) return Finding{Reason::AgentState};
  if (tier.state != TierState::Ready && tier.state != TierState::NoAnswer) {
    return Finding{Reason::TierState};
  }
  if (const auto rest = rest_of(asked, agent)) return rest;
  if (asked.queue.settings.skip_agents_with_external_calls && agent.external_calls_count > 0) {
    return Finding{Reason::ExternalCall};
  }
  return std::nullopt;
}

// The agent could take a call, but not this member now.
std::optional<Finding> not_for_this_member(const Case& asked, const Tier& tier) {
  const base::Instant opens =
      asked.member.joined_at +
      TierRules(asked.state, asked.queue, asked.member).wait_for(tier.level);
  if (opens > asked.now) return Finding{Reason::LevelNotOpen, opens};
  const auto barred = asked.state.not_again_before.find({tier.agent, asked.member.id});
  if (barred != asked.state.not_again_before.end()) {
    return Finding{Reason::TakenBack, barred->second};
  }
  return std::nullopt;
}

Finding find_reason(const Case& asked, const Agent& agent, const Tier& tier) {
  if (const auto finding = unable(asked, agent, tier)) return *finding;
  if (!wants_offer(asked.member)) return {Reason::MemberIsServed};
  if (asked.member.asks_again_at && *asked.member.asks_again_at > asked.now) {
    return {Reason::MemberIsServed, asked.member.asks_again_at};
  }
  if (asked.chosen == agent.id) return {Reason::Chosen};
  if (const auto finding = not_for_this_member(asked, tier)) return *finding;
  const Strategy& strategy = strategy_of(asked.queue);
  if (failure_rank(asked.member, agent.id) > 0) return {Reason::FailedThisMember};
  if (strategy.draw == Strategy::Draw::AtRandom) return {Reason::Chosen};
  if (asked.member.asked_there.contains(agent.id)) return {Reason::HadItsTurn};
  return {Reason::BehindInOrder};
}

std::vector<const Tier*> tiers_of(const State& state, base::QueueId queue) {
  std::vector<const Tier*> tiers;
  auto tier = state.tiers.lower_bound(TierKey{queue, base::AgentId{}});
  for (; tier != state.tiers.end() && tier->first.first == queue; ++tier) {
    tiers.push_back(&tier->second);
  }
  std::sort(tiers.begin(), tiers.end(), [](const Tier* a, const Tier* b) {
    return std::tie(a->level, a->position, a->added) < std::tie(b->level, b->position, b->added);
  });
  return tiers;
}

constexpr std::array<std::string_view, 15> kTexts{
    "chosen",
    "behind in the order",
    "failed this member",
    "had its turn",
    "logged out",
    "on break",
    "agent state",
    "tier state",
    "wrap-up",
    "ready time",
    "phone failed a moment ago",
    "call outside the queue",
    "level not open",
    "call was taken back from it",
    "member is served",
};

}  // namespace

std::string_view to_text(Reason reason) {
  return kTexts.at(static_cast<std::size_t>(reason));
}

std::vector<Verdict> explain(const State& state, base::MemberId id, base::Instant now) {
  std::vector<Verdict> verdicts;
  const auto member = state.members.find(id);
  if (member == state.members.end()) return verdicts;
  const Queue& queue = state.queues.at(member->second.queue);
  const Case asked{.state = state,
                   .queue = queue,
                   .member = member->second,
                   .now = now,
                   .chosen = first_choice(state, member->second, now)};
  for (const Tier* tier : tiers_of(state, queue.id)) {
    const Agent& agent = state.agents.at(tier->agent);
    const Finding finding = find_reason(asked, agent, *tier);
    Verdict verdict;
    verdict.agent = agent.id;
    verdict.name = agent.name;
    verdict.level = tier->level;
    verdict.position = tier->position;
    verdict.reason = finding.reason;
    verdict.state = agent.state;
    verdict.tier_state = tier->state;
    verdict.until = finding.until;
    verdicts.push_back(std::move(verdict));
  }
  return verdicts;
}

}  // namespace queue
