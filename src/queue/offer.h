// One attempt to give a member to an agent, and the conversation that may come of it.
//
//            answered             bridged
//   Ringing ─────────► Connecting ─────────► Bridged ──► over: wrap-up
//      │ failed            │ failed
//      ▼                   ▼
//   over: bridge-agent-fail   over: bridge-agent-end, not bridged
//
// It keeps its own copy of what its events say about the member, so that it can be told to its end
// when the member's row or the queue is gone.
#pragma once

#include <optional>
#include <string>

#include "base/archive.h"
#include "base/ids.h"
#include "base/time.h"
#include "queue/names.h"
#include "queue/records.h"

namespace queue {

// What events say about a member.
struct MemberFacts {
  std::string queue_name;
  base::LegId leg;
  std::string uuid;
  std::string session_uuid;
  std::string cid_number;
  std::string cid_name;
  std::string dnis;
  base::Instant joined_at;
};

MemberFacts facts_of(const Member& member);

struct Offer {
  enum class Phase { Ringing, Connecting, Bridged };
  // Who asked for the leg to be ended, if anybody did.
  enum class Cancelled { No, Yes };

  base::OfferId id;
  base::MemberId member;
  base::AgentId agent;
  base::QueueId queue;
  MemberFacts facts;
  Phase phase = Phase::Ringing;
  Cancelled cancelled = Cancelled::No;
  // The status when the agent was selected: it decides whether the agent rests in Idle afterwards
  // (spec/03 §12 E5).
  AgentStatus status_at_start = AgentStatus::Available;
  base::Instant called_at;
  std::optional<base::Instant> answered_at;
  std::optional<base::Instant> bridged_at;
  base::LegId leg;  // The agent's, once answered.
  std::string leg_uuid;
};

void describe(base::Archive& archive, MemberFacts& facts);
void describe(base::Archive& archive, Offer& offer);

}  // namespace queue
