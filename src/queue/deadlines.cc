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
  armed_[purpose.kind][purpose] = {.at = at, .generation = generation};
  push({.at = at, .purpose = purpose, .generation = generation});
  drop_superseded();
}

void Deadlines::cancel(const Purpose& purpose) {
  if (erase(purpose)) drop_superseded();
}

std::optional<Purpose> Deadlines::take_due(base::Instant now) {
  if (heap_.empty() || heap_.front().at > now) return std::nullopt;

  const Purpose purpose = heap_.front().purpose;
  erase(purpose);
  drop_superseded();
  return purpose;
}

std::optional<base::Instant> Deadlines::next() const {
  if (heap_.empty()) return std::nullopt;
  return heap_.front().at;
}

std::optional<base::Instant> Deadlines::armed_for(const Purpose& purpose) const {
  const Armed* armed = find(purpose);
  return armed == nullptr ? std::nullopt : std::optional(armed->at);
}

std::size_t Deadlines::size() const {
  std::size_t count = 0;
  for (const auto& [kind, armed] : armed_) count += armed.size();
  return count;
}

const Deadlines::Armed* Deadlines::find(const Purpose& purpose) const {
  const auto kind = armed_.find(purpose.kind);
  if (kind == armed_.end()) return nullptr;
  const auto armed = kind->second.find(purpose);
  return armed == kind->second.end() ? nullptr : &armed->second;
}

// Kinds without a deadline are left out, so that equal deadlines are saved equally.
bool Deadlines::erase(const Purpose& purpose) {
  const auto kind = armed_.find(purpose.kind);
  if (kind == armed_.end() || kind->second.erase(purpose) == 0) return false;
  if (kind->second.empty()) armed_.erase(kind);
  return true;
}

void Deadlines::push(Entry entry) {
  heap_.push_back(entry);
  std::push_heap(heap_.begin(), heap_.end(), std::greater<>());
  if (heap_.size() > 2 * size() + kSupersededMax) rebuild();
}

void Deadlines::drop_superseded() {
  while (!heap_.empty()) {
    const Armed* armed = find(heap_.front().purpose);
    if (armed != nullptr && armed->generation == heap_.front().generation) return;
    std::pop_heap(heap_.begin(), heap_.end(), std::greater<>());
    heap_.pop_back();
  }
}

void Deadlines::rebuild() {
  heap_.clear();
  for (const auto& [kind, all] : armed_) {
    for (const auto& [purpose, armed] : all) {
      heap_.push_back({.at = armed.at, .purpose = purpose, .generation = armed.generation});
    }
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
