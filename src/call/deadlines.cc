#include "call/deadlines.h"

#include "base/check.h"

namespace call {

void Deadlines::arm(const Purpose& purpose, base::Instant at) {
  cancel(purpose);
  armed_.emplace(purpose, at);
  in_order_.emplace(at, purpose);
  CHECK(armed_.size() == in_order_.size());
}

void Deadlines::cancel(const Purpose& purpose) {
  const auto found = armed_.find(purpose);
  if (found == armed_.end()) return;
  in_order_.erase({found->second, purpose});
  armed_.erase(found);
}

std::optional<Purpose> Deadlines::take_due(base::Instant now) {
  if (in_order_.empty() || in_order_.begin()->first > now) return std::nullopt;
  const Purpose due = in_order_.begin()->second;
  cancel(due);
  return due;
}

std::optional<base::Instant> Deadlines::next() const {
  if (in_order_.empty()) return std::nullopt;
  return in_order_.begin()->first;
}

void describe(base::Archive& archive, Deadlines& deadlines) {
  archive.field("armed", deadlines.armed_);
  if (!archive.loading()) return;
  deadlines.in_order_.clear();
  for (const auto& [purpose, at] : deadlines.armed_) deadlines.in_order_.emplace(at, purpose);
}

void describe(base::Archive& archive, Purpose& purpose) {
  archive.field("kind", purpose.kind);
  archive.field("subject", purpose.subject);
}

}  // namespace call
