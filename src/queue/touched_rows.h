// Which rows the rules have touched since somebody last took the changes.
//
// Costs the size of what was touched, and nothing before somebody wants to know. Not part of the
// state: nothing is decided from it, and between two inputs it is empty.
#pragma once

#include <utility>
#include <vector>

#include "base/ids.h"
#include "queue/ended.h"
#include "queue/row_changes.h"

namespace queue {

struct State;

class TouchedRows {
 public:
  // Notes from now on.
  void start() { is_noting_ = true; }

  void agent(base::AgentId id) { note(agents_, id); }
  void queue(base::QueueId id) { note(queues_, id); }
  void tier(const TierKey& key) { note(tiers_, key); }
  void member(base::MemberId id) { note(members_, id); }
  void frame() { frame_ = is_noting_; }
  // A stay or an offer is over.
  void ended(Ended what) {
    if (is_noting_) ended_.push_back(std::move(what));
  }

  // The rows as they are now, by id. Afterwards none is noted.
  RowChanges take(const State& state);
  // What is over since the last call, in order.
  std::vector<Ended> take_ended() { return std::exchange(ended_, {}); }

 private:
  // A row is mostly looked up several times in a row; the rest of the repetitions go in take().
  template <class Id>
  void note(std::vector<Id>& ids, const Id& id) {
    if (is_noting_ && (ids.empty() || ids.back() != id)) ids.push_back(id);
  }

  bool is_noting_ = false;
  bool frame_ = false;
  std::vector<base::AgentId> agents_;
  std::vector<base::QueueId> queues_;
  std::vector<TierKey> tiers_;
  std::vector<base::MemberId> members_;
  std::vector<Ended> ended_;
};

// Every row there is.
RowChanges all_rows(const State& state);

}  // namespace queue
