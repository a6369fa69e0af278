#include "queue/deadlines.h"

#include <algorithm>
#include <functional>

namespace queue {
namespace {

// Superseded entries may be this many more than the armed ones before the heap is made anew; it
// only keeps the heap from growing while far deadlines are moved again and again.
constexpr std::size_t kSupersededMax = 1024;

}  // namespace

void Deadlines::arm(const Purpose& purpose, base::Instant at) {
  const std::uint64_t generation = ++generations_;
  armed_[purpose] = {.at = at, .generation = generation};
  push({.at = at, .purpose = purpose, .generation = generation});
  drop_superseded();
}

void Deadlines::cancel(const Purpose& purpose) {
  if (armed_.erase(purpose) > 0) drop_superseded();
}

std::optional<Purpose> Deadlines::take_due(base::Instant now) {
  if (heap_.empty() || heap_.front().at > now) return std::nullopt;

  const Purpose purpose = heap_.front().purpose;
  armed_.erase(purpose);
  drop_superseded();
  return purpose;
}

std::optional<base::Instant> Deadlines::next() const {
  if (heap_.empty()) return std::nullopt;
  return heap_.front().at;
}

std::optional<base::Instant> Deadlines::armed_for(const Purpose& purpose) const {
  const auto found = armed_.find(purpose);
  if (found == armed_.end()) return std::nullopt;
  return found->second.at;
}

void Deadlines::push(Entry entry) {
  heap_.push_back(entry);
  std::push_heap(heap_.begin(), heap_.end(), std::greater<>());
  if (heap_.size() > 2 * armed_.size() + kSupersededMax) rebuild();
}

void Deadlines::drop_superseded() {
  while (!heap_.empty()) {
    const auto found = armed_.find(heap_.front().purpose);
    if (found != armed_.end() && found->second.generation == heap_.front().generation) return;
    std::pop_heap(heap_.begin(), heap_.end(), std::greater<>());
    heap_.pop_back();
  }
}

void Deadlines::rebuild() {
  heap_.clear();
  for (const auto& [purpose, armed] : armed_) {
    heap_.push_back({.at = armed.at, .purpose = purpose, .generation = armed.generation});
  }
  std::make_heap(heap_.begin(), heap_.end(), std::greater<>());
}

void describe(base::Archive& archive, Purpose& purpose) {
  archive.field("kind", purpose.kind);
  archive.field("first", purpose.first);
  archive.field("second", purpose.second);
}

void describe(base::Archive& archive, Deadlines::Armed& armed) {
  archive.field("at", armed.at);
  archive.field("generation", armed.generation);
}

void describe(base::Archive& archive, Deadlines& deadlines) {
  archive.field("armed", deadlines.armed_);
  archive.field("generations", deadlines.generations_);
  if (archive.loading()) deadlines.rebuild();
}

}  // namespace queue
