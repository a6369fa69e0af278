#include "queue/dispatch.h"

#include <optional>
#include <set>

#include "base/check.h"
#include "queue/agent_choice.h"
#include "queue/observer.h"
#include "queue/offers.h"
#include "queue/strategy.h"
#include "queue/tier_rules.h"

namespace queue {
namespace {

// The best member in a line that somebody can be offered. Few are passed over: only those to whom
// all ready agents are barred, and in a round those whose levels are closed.
void look_in(const WaitingLine& line, const Turn& turn, std::optional<Place>& best) {
  for (const Place& place : line.places()) {
    if (best && *best <= place) return;
    if (first_choice(turn.state, turn.state.members.at(place.member), turn.now)) {
      best = place;
      return;
    }
  }
}

// Of one queue: per level with a ready agent, the members who have waited for that level.
std::optional<Place> best_member(const Turn& turn, base::QueueId id) {
  std::optional<Place> best;
  const auto floor = turn.state.floors.find(id);
  if (floor == turn.state.floors.end()) return best;
  const Lines& lines = floor->second.lines;
  const AgentOrder::Places& ready = turn.state.ready.in(id);
  const TierRules rules(turn.state, turn.state.queues.at(id));
  for (auto place = ready.begin(); place != ready.end();) {
    const std::int64_t level = place->rank.level;
    const auto line = lines.lower_bound(rules.wait_for(level));
    CHECK(line != lines.end());
    look_in(line->second, turn, best);
    if (level == std::numeric_limits<std::int64_t>::max()) break;
    place = ready.lower_bound(AgentPlace{{level + 1, kRankMin, kRankMin}, {}});
  }
  if (!ready.empty()) look_in(floor->second.in_a_round, turn, best);
  return best;
}

// A member that could be offered, and its queue.
struct Bid {
  Place place;
  base::QueueId queue;

  auto operator<=>(const Bid&) const = default;
};

class Round {
 public:
  explicit Round(Turn& turn) : turn_(turn) { take_bids(); }

  bool over() const { return bids_.empty(); }

  void step() {
    const Bid bid = *bids_.begin();
    bids_.erase(bids_.begin());
    // An agent that this bid counted on may be taken by now.
    const auto place = best_member(turn_, bid.queue);
    if (place == bid.place) {
      offer(bid);
      take_bids();
    } else if (place) {
      bids_.insert({.place = *place, .queue = bid.queue});
    }
  }

 private:
  void take_bids() {
    for (const base::QueueId queue : turn_.touched) {
      if (const auto place = best_member(turn_, queue)) {
        bids_.insert({.place = *place, .queue = queue});
      }
    }
    turn_.touched.clear();
  }

  void offer(const Bid& bid) {
    Member& member = *find_member(turn_.state, bid.place.member);
    const auto agent = choose_agent(turn_, member);
    if (turn_.observer != nullptr) {
      turn_.observer->about_to_offer(member.id, *agent, turn_.now);
    }
    start_offer(turn_, member, *find_agent(turn_.state, *agent));
    turn_.touched.insert(bid.queue);
  }

  Turn& turn_;
  std::set<Bid> bids_;
};

}  // namespace

void dispatch(Turn& turn) {
  Round round(turn);
  while (!round.over()) round.step();
}

}  // namespace queue
