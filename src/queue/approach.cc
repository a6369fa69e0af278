#include "queue/approach.h"

#include <string>
#include <utility>

#include "queue/strategy.h"

namespace queue {
namespace {

// Spec/02 §2: what 0 behaves as.
constexpr int kProgressiveDelaySeconds = 10;

// What the row shows while nobody has answered: the strategy's name as long as it rings several
// (spec/01 §5.4).
std::string serving_agent_of(const State& state, const Member& member, const Strategy& strategy) {
  if (member.approach != Approach::One) return std::string(strategy.name);
  if (member.offers.empty()) return {};
  const Offer& offer = state.offers.at(*member.offers.begin());
  return state.agents.at(offer.agent).name;
}

}  // namespace

void approach_anew(Turn& turn, Member& member) {
  const Strategy& strategy = strategy_of(the_queue(std::as_const(turn.state), member.queue));
  if (member.approach != Approach::One || member.offers.empty()) {
    member.approach = strategy.approach;
    if (member.approach != Approach::Progressively) member.asks_again_at.reset();
  }
  if (!member.connecting) member.serving_agent = serving_agent_of(turn.state, member, strategy);
  const bool waits = member.approach == Approach::One && member.offers.empty();
  set_member_state(turn, member, waits ? MemberState::Waiting : MemberState::Trying);
}

base::Duration progressive_delay(const QueueSettings& settings) {
  const int delay = settings.ring_progressively_delay_seconds;
  return seconds(delay == 0 ? kProgressiveDelaySeconds : delay);
}

}  // namespace queue
