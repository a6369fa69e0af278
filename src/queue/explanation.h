// Why a member is offered to one agent and not to another, as values.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/ids.h"
#include "base/time.h"
#include "queue/names.h"

namespace queue {

// The rule that decides about one agent for one member. Of several that apply, the first in this
// order is told.
enum class Reason {
  Chosen,            // Would be asked now. With the strategy random: one of those who may be drawn.
  BehindInOrder,     // Could be asked; the strategy asks somebody else first.
  FailedThisMember,  // Could be asked; equals who did not just fail this member come first.
  HadItsTurn,        // Could be asked; the round goes on below (top-down).
  LoggedOut,
  OnBreak,
  AgentState,      // Receiving, In a queue call, Idle, Reserved.
  TierState,       // Offering, Active Inbound, Standby.
  WrapUp,          // `until`
  ReadyAt,         // `until`: a delay after a failure, or set by hand.
  RetryGap,        // `until`: its phone failed a moment ago.
  ExternalCall,    // skip-agents-with-external-calls.
  LevelNotOpen,    // `until`: tier rules, counted from the member's joining.
  TakenBack,       // `until`: a status change took this very offer back.
  MemberIsServed,  // The member does not want another offer now.
};

struct Verdict {
  base::AgentId agent;
  std::string name;
  std::int64_t level = 0;
  std::int64_t position = 0;
  Reason reason = Reason::Chosen;
  AgentState state = AgentState::Waiting;   // For AgentState.
  TierState tier_state = TierState::Ready;  // For TierState.
  std::optional<base::Instant> until;       // When the reason ends by itself, if it does.
};

// In words: "level not open", "wrap-up" …
std::string_view to_text(Reason reason);

}  // namespace queue
