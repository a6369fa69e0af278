#include "app/journal_gate.h"

#include <algorithm>
#include <iterator>

namespace app {
namespace {

void move_to(core::Commands& from, core::Commands& to) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

}  // namespace

void JournalGate::hold(std::uint64_t number, core::Commands commands, base::Instant now,
                       core::Commands& leaving) {
  newest_ = std::max(newest_, number);
  const bool may_leave = !protected_ || (number <= safe_ && held_.empty());
  if (may_leave) {
    move_to(commands, leaving);
  } else if (!commands.empty()) {
    held_.push_back({.number = number, .since = now, .commands = std::move(commands)});
  }
}

void JournalGate::acknowledged(std::uint64_t number, core::Commands& leaving) {
  safe_ = std::max(safe_, number);
  release_through(safe_, leaving);
}

std::optional<base::Instant> JournalGate::deadline() const {
  if (held_.empty()) return std::nullopt;
  return held_.front().since + kPatience;
}

void JournalGate::unprotect(core::Commands& leaving) {
  protected_ = false;
  release_through(newest_, leaving);
}

bool JournalGate::saved(std::uint64_t number) {
  safe_ = std::max(safe_, number);
  if (protected_) return false;
  protected_ = true;
  return true;
}

std::vector<call::SipOrder> JournalGate::restored_legs() const {
  std::vector<call::SipOrder> legs;
  for (const auto& held : held_) {
    for (const auto& command : held.commands) {
      const auto* order = std::get_if<call::SipOrder>(&command);
      if (order == nullptr) continue;
      if (call::restores(*order)) legs.push_back(*order);
    }
  }
  return legs;
}

void JournalGate::release_through(std::uint64_t number, core::Commands& leaving) {
  while (!held_.empty() && held_.front().number <= number) {
    move_to(held_.front().commands, leaving);
    held_.pop_front();
  }
}

}  // namespace app
