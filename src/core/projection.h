// A copy of the call centre's rows that answers lists, so that the loop does not have to
// (design.md §3).
//
// Fed with the core's RowsChanged it holds the rows in the order in which lists show them. It tells
// by their numbers when it has missed some, and then answers nothing before it has been given all
// rows. SQL tables, WebSocket and metrics can be fed with the same changes. Pure; one thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "core/command.h"
#include "queue/row_view.h"

namespace core {

class Core;

class Projection final : public queue::RowView {
 public:
  // Changes that do not follow what it has are left out; all rows are taken at any time.
  void apply(RowsChanged changed);

  // False: changes are missing, and only all rows help.
  bool is_complete() const { return is_complete_; }
  // The number of the last changes that it has.
  std::uint64_t sequence() const { return sequence_; }

  // The barrier: false as long as it has not what had been changed when the list was asked for.
  bool can_answer(const ListAsked& asked) const {
    return is_complete_ && sequence_ >= asked.sequence;
  }
  // Requires: can_answer(asked).
  std::string answer(const ListAsked& asked) const;

  // ---- queue::RowView ----
  std::vector<const queue::Agent*> agents() const override;
  std::vector<const queue::Queue*> queues() const override;
  std::vector<const queue::Tier*> tiers() const override;
  std::vector<const queue::Member*> members() const override;
  const queue::Queue* find_queue(std::string_view name) const override;
  const queue::Agent* agent(base::AgentId id) const override;
  const queue::Queue* queue(base::QueueId id) const override;
  const std::string& instance_id() const override { return frame_.instance_id; }
  const base::WallAnchor& anchor() const override { return frame_.anchor; }

 private:
  // Level, position and when it was added.
  using TierPlace = std::tuple<std::int64_t, std::int64_t, std::uint64_t>;
  static TierPlace place_of(const queue::Tier& tier);

  void clear();
  void take_out_gone(const queue::RowChanges& rows);
  void take_over(queue::RowChanges rows);
  void take_out_tier(const queue::TierKey& key);

  // New data directories start with no rows and no changes.
  bool is_complete_ = true;
  std::uint64_t sequence_ = 0;
  queue::RowChanges::Frame frame_;
  std::map<base::AgentId, queue::Agent> agents_;
  std::map<base::QueueId, queue::Queue> queues_;
  std::map<std::string, base::QueueId> queue_by_name_;  // In lower case.
  std::map<TierPlace, queue::Tier> tiers_;
  std::map<queue::TierKey, TierPlace> tier_places_;
  std::map<base::MemberId, queue::Member> members_;
};

// What leaves when it is answered with this text: the ApiReply, and the event of the job.
Commands list_replies(ListAsked asked, std::string text);

}  // namespace core
