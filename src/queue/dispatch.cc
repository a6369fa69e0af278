#include "queue/dispatch.h"

#include <optional>
#include <set>

#include "queue/offer_selection.h"
#include "queue/offers.h"

namespace queue {
namespace {

// A member to serve, and who brought it up: an agent that became ready, or nobody when the member
// itself began to wait.
struct Bid {
  Place place;
  base::AgentId agent;

  auto operator<=>(const Bid&) const = default;
};

class Round {
 public:
  explicit Round(Turn& turn) : turn_(turn) {
    for (const base::MemberId id : turn.waiting_now) {
      bids_.insert({.place = place_of(turn.state, *find_member(turn.state, id)), .agent = {}});
    }
    for (const base::AgentId agent : turn.ready_now) bid_for(agent);
    turn.waiting_now.clear();
    turn.ready_now.clear();
  }

  bool over() const { return bids_.empty(); }

  void step() {
    const Bid bid = *bids_.begin();
    bids_.erase(bids_.begin());
    if (bid.agent && best_member_for(turn_.state, bid.agent) != bid.place) {
      bid_for(bid.agent);  // Someone else has served that member meanwhile.
      return;
    }
    Member* member = find_member(turn_.state, bid.place.member);
    if (member == nullptr || member->state != MemberState::Waiting) return;
    const auto agent = best_agent_for(turn_.state, *member);
    if (!agent) return;
    start_offer(turn_, *member, *find_agent(turn_.state, *agent));
    if (bid.agent) bid_for(bid.agent);
  }

 private:
  void bid_for(base::AgentId agent) {
    const auto place = best_member_for(turn_.state, agent);
    if (place) bids_.insert({.place = *place, .agent = agent});
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
