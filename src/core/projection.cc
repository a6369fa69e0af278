#include "core/projection.h"

#include <utility>
#include <variant>

#include "api/lists.h"
#include "base/check.h"
#include "base/text.h"

namespace core {
namespace {

template <class Map, class Id>
const typename Map::mapped_type* find(const Map& rows, Id id) {
  const auto found = rows.find(id);
  return found == rows.end() ? nullptr : &found->second;
}

}  // namespace

void Projection::apply(RowsChanged changed) {
  if (changed.extent == RowsChanged::Extent::AllRows) {
    clear();
    is_complete_ = true;
  } else if (changed.sequence <= sequence_) {
    return;  // It is in all the rows that came since.
  } else if (changed.sequence != sequence_ + 1) {
    is_complete_ = false;
  }
  if (!is_complete_) return;
  sequence_ = changed.sequence;
  take_out_gone(changed.rows);
  take_over(std::move(changed.rows));
}

void Projection::clear() {
  agents_.clear();
  queues_.clear();
  queue_by_name_.clear();
  tiers_.clear();
  tier_places_.clear();
  members_.clear();
}

void Projection::take_out_gone(const queue::RowChanges& rows) {
  for (const base::AgentId id : rows.agents_gone) agents_.erase(id);
  for (const base::MemberId id : rows.members_gone) members_.erase(id);
  for (const queue::TierKey& key : rows.tiers_gone) take_out_tier(key);
  for (const base::QueueId id : rows.queues_gone) {
    const auto found = queues_.find(id);
    if (found == queues_.end()) continue;
    queue_by_name_.erase(base::to_lower(found->second.settings.name));
    queues_.erase(found);
  }
}

void Projection::take_over(queue::RowChanges rows) {
  for (queue::Agent& agent : rows.agents) agents_[agent.id] = std::move(agent);
  for (queue::Member& member : rows.members) members_[member.id] = std::move(member);
  for (const queue::Tier& tier : rows.tiers) {
    const queue::TierKey key{tier.queue, tier.agent};
    take_out_tier(key);
    tier_places_[key] = place_of(tier);
    tiers_[place_of(tier)] = tier;
  }
  for (queue::Queue& queue : rows.queues) {
    // Its name keeps its letters over a reload; only their case may change.
    queue_by_name_[base::to_lower(queue.settings.name)] = queue.id;
    queues_[queue.id] = std::move(queue);
  }
  if (rows.frame) frame_ = std::move(*rows.frame);
}

Projection::TierPlace Projection::place_of(const queue::Tier& tier) {
  return {tier.level, tier.position, tier.added};
}

void Projection::take_out_tier(const queue::TierKey& key) {
  const auto found = tier_places_.find(key);
  if (found == tier_places_.end()) return;
  tiers_.erase(found->second);
  tier_places_.erase(found);
}

std::string Projection::answer(const ListAsked& asked) const {
  CHECK(can_answer(asked));
  return api::list(asked.command, *this, asked.at);
}

std::vector<const queue::Agent*> Projection::agents() const {
  std::vector<const queue::Agent*> rows;
  for (const auto& [id, agent] : agents_) {
    if (!agent.removed) rows.push_back(&agent);
  }
  return rows;
}

std::vector<const queue::Queue*> Projection::queues() const {
  std::vector<const queue::Queue*> rows;
  for (const auto& [id, queue] : queues_) {
    if (queue.loaded) rows.push_back(&queue);
  }
  return rows;
}

std::vector<const queue::Tier*> Projection::tiers() const {
  std::vector<const queue::Tier*> rows;
  for (const auto& [place, tier] : tiers_) rows.push_back(&tier);
  return rows;
}

std::vector<const queue::Member*> Projection::members() const {
  std::vector<const queue::Member*> rows;
  for (const auto& [id, member] : members_) rows.push_back(&member);
  return rows;
}

const queue::Queue* Projection::find_queue(std::string_view name) const {
  const auto found = queue_by_name_.find(base::to_lower(name));
  if (found == queue_by_name_.end()) return nullptr;
  const queue::Queue& queue = queues_.at(found->second);
  return queue.loaded ? &queue : nullptr;
}

const queue::Agent* Projection::agent(base::AgentId id) const {
  return find(agents_, id);
}

const queue::Queue* Projection::queue(base::QueueId id) const {
  return find(queues_, id);
}

Commands list_replies(ListAsked asked, std::string text) {
  Commands replies;
  if (asked.job) asked.job->body = text;
  replies.emplace_back(ApiReply{asked.ticket, std::move(text)});
  if (asked.job) replies.emplace_back(Publish{std::move(*asked.job)});
  return replies;
}

}  // namespace core
