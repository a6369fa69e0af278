#include "call/limits.h"

#include <iterator>

#include "base/check.h"

namespace call {

bool Limits::has_room_for(const LimitKey& key, base::Instant now) {
  forget_what_is_over(now);
  return used_.contains(key) || used_.size() < kResourcesMax || forget_next_idle();
}

void Limits::hold(const LimitKey& key) {
  ++used_[key].held;
}

void Limits::let_go(const LimitKey& key) {
  const auto used = used_.find(key);
  if (used == used_.end() || used->second.held <= 0) return;
  --used->second.held;
  forget_if_idle(used);
}

void Limits::take(const LimitKey& key, base::Duration interval, base::Instant now) {
  const auto used = used_.try_emplace(key).first;
  LimitUsage& usage = used->second;
  if (usage.interval_ends && *usage.interval_ends <= now) end_interval(used);
  if (!usage.interval_ends) {
    usage.interval_ends = now + interval;
    intervals_.emplace(*usage.interval_ends, key);
  }
  ++usage.taken;
}

void Limits::reset_interval(const LimitKey& key) {
  const auto used = used_.find(key);
  if (used == used_.end()) return;
  end_interval(used);
  forget_if_idle(used);
}

void Limits::set_held(const std::map<LimitKey, std::int64_t>& held) {
  for (auto used = used_.begin(); used != used_.end();) {
    const auto next = std::next(used);
    used->second.held = 0;
    forget_if_idle(used);
    used = next;
  }
  for (const auto& [key, count] : held) used_[key].held = count;
}

void Limits::reset() {
  used_.clear();
  intervals_.clear();
}

LimitUsage Limits::usage(const LimitKey& key, base::Instant now) const {
  const auto used = used_.find(key);
  if (used == used_.end()) return {};
  LimitUsage usage = used->second;
  if (usage.interval_ends && *usage.interval_ends <= now) usage = {.held = usage.held};
  return usage;
}

std::map<LimitKey, std::int64_t> Limits::held() const {
  std::map<LimitKey, std::int64_t> held;
  for (const auto& [key, usage] : used_) {
    if (usage.held != 0) held.emplace(key, usage.held);
  }
  return held;
}

void Limits::end_interval(Used::iterator used) {
  if (!used->second.interval_ends) return;
  intervals_.erase({*used->second.interval_ends, used->first});
  used->second.interval_ends.reset();
  used->second.taken = 0;
}

void Limits::forget_if_idle(Used::iterator used) {
  if (used->second.held == 0 && !used->second.interval_ends) used_.erase(used);
}

void Limits::forget_what_is_over(base::Instant now) {
  while (!intervals_.empty() && intervals_.begin()->first <= now) {
    const auto used = used_.find(intervals_.begin()->second);
    CHECK(used != used_.end());
    end_interval(used);
    forget_if_idle(used);
  }
}

bool Limits::forget_next_idle() {
  for (const auto& [ends, key] : intervals_) {
    const auto used = used_.find(key);
    CHECK(used != used_.end());
    if (used->second.held > 0) continue;
    end_interval(used);
    forget_if_idle(used);
    return true;
  }
  return false;
}

void describe(base::Archive& archive, LimitKey& key) {
  archive.field("realm", key.realm);
  archive.field("id", key.id);
}

void describe(base::Archive& archive, HeldLimit& held) {
  archive.field("key", held.key);
  archive.field("ends_with_action", held.ends_with_action);
}

void describe(base::Archive& archive, LimitUsage& usage) {
  archive.field("held", usage.held);
  archive.field("taken", usage.taken);
  archive.field("interval_ends", usage.interval_ends);
}

void describe(base::Archive& archive, Limits& limits) {
  archive.field("used", limits.used_);
  if (!archive.loading()) return;
  limits.intervals_.clear();
  for (const auto& [key, usage] : limits.used_) {
    if (usage.interval_ends) limits.intervals_.emplace(*usage.interval_ends, key);
  }
}

}  // namespace call
