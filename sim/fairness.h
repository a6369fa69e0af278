// Whether the right people are brought together: judged by going through everybody, as the
// original's scan is described in spec/03, and not as the engine does it.
//
// The judge looks at the engine's public rows at the moment of each decision, and has its own
// memory of who was asked last.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <vector>

#include "queue/engine.h"
#include "sim/witness.h"

namespace sim {

class Judge : public queue::Observer {
 public:
  Judge(const queue::Engine& engine, Witness& witness) : engine_(engine), witness_(witness) {}

  // Each offer goes to the agent that the strategy asks first, and no agent is given a member while
  // it might have one with a better score.
  void about_to_offer(base::MemberId member, base::AgentId agent, base::Instant now) override;

  // After a call of the engine: no agent who could take a call is idle while a member waits that it
  // may have.
  void check_nobody_waits_in_vain(base::Instant now);

 private:
  // Who was asked last, and who else of that position in this round.
  struct Memory {
    std::int64_t level = 0;
    std::int64_t position = 0;
    base::AgentId agent;
    std::set<base::AgentId> asked_there;
    std::optional<base::Instant> rejoined_at;  // A caller who comes back starts anew.
  };
  // One agent as the scan of one member sees it; smaller is asked first.
  struct Row {
    const queue::Tier* tier = nullptr;
    const queue::Agent* agent = nullptr;
    std::tuple<std::int64_t, std::int64_t, std::int64_t, std::uint64_t, base::AgentId> key;
  };
  // The agents to whom a member may be offered now, in the order in which they are asked; of the
  // first `drawn` any may come first.
  struct Ranking {
    std::vector<Row> order;
    std::size_t drawn = 1;
  };
  // One member's case.
  struct Case {
    const queue::Member& member;
    const queue::Queue& queue;
    base::Instant now;
  };

  Ranking rank(const Case& asked) const;
  std::vector<Row> rows_of(const Case& asked) const;
  std::vector<Row> scan(const Case& asked, const std::vector<Row>& rows) const;
  std::vector<Row> rest_of_round(const Case& asked, const std::vector<Row>& rows) const;
  std::vector<Row> rest_of_level(const Case& asked, const std::vector<Row>& rows) const;
  const Memory* memory_of(const Case& asked) const;
  bool is_free(const Case& asked, const Row& row) const;
  void remember(const Case& asked, base::AgentId agent);
  void check_member(const Case& asked) const;
  void follow_moved_tiers();

  const queue::Engine& engine_;
  Witness& witness_;
  std::map<base::QueueId, Memory> queues_;  // As follow_moved_tiers() left them.
  std::map<base::MemberId, Memory> members_;
};

}  // namespace sim
