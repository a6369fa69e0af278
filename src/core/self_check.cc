#include "core/self_check.h"

#include <utility>

namespace core {

base::Duration SelfCheck::patience_with(Violation::Kind kind) {
  const bool may_be_meant =
      kind == Violation::Kind::AgentWithoutOffer || kind == Violation::Kind::LegThatNeverGoes;
  return may_be_meant ? base::Duration(60'000) : base::Duration(1'000);
}

std::vector<Violation> SelfCheck::judge(const std::vector<Violation>& found, base::Instant now) {
  ++looks_;
  std::map<Violation, Seen> seen;
  std::vector<Violation> out;
  for (const Violation& violation : found) {
    const auto before = seen_.find(violation);
    Seen one = before == seen_.end() ? Seen{.since = now, .reported = now} : before->second;
    const bool lasts = before != seen_.end() && now - one.since >= patience_with(violation.kind);
    if (lasts && (!one.is_reported || now - one.reported >= kRepeat)) {
      one.is_reported = true;
      one.reported = now;
      out.push_back(violation);
    }
    seen.emplace(violation, one);
  }
  seen_ = std::move(seen);
  return out;
}

bool SelfCheck::is_reported(const Violation& violation) const {
  const auto seen = seen_.find(violation);
  return seen != seen_.end() && seen->second.is_reported;
}

}  // namespace core
