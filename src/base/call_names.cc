#include "base/call_names.h"

#include <utility>

namespace base {

void CallNames::learn(LegId leg, CallName name) {
  const std::lock_guard lock(mutex_);
  names_.insert_or_assign(leg, std::move(name));
}

void CallNames::let_go(LegId leg) {
  const std::lock_guard lock(mutex_);
  if (!names_.contains(leg)) return;
  gone_.push_back(leg);
  if (gone_.size() <= kGoneMax) return;
  names_.erase(gone_.front());
  gone_.pop_front();
}

std::optional<CallName> CallNames::find(LegId leg) const {
  const std::lock_guard lock(mutex_);
  const auto found = names_.find(leg);
  if (found == names_.end()) return std::nullopt;
  return found->second;
}

CallNames& call_names() {
  static CallNames names;
  return names;
}

}  // namespace base
