// The rows of the queue engine: agents, tiers, members and queues, as lists and reports show them
// (spec/01 §1–4). Times that never happened are nullopt and shown as 0.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "base/archive.h"
#include "base/ids.h"
#include "base/time.h"
#include "queue/agent_place.h"
#include "queue/names.h"
#include "queue/settings.h"

namespace queue {

// How many agents a member is offered to: one at a time, all who are free, or one more after each
// delay (spec/03 §6).
enum class Approach { One, All, Progressively };

struct Agent {
  base::AgentId id;
  std::string name;
  std::string type;  // As typed: Callback, uuid-standby.
  std::string contact;
  std::string uuid;  // Of the agent's leg while in a queue call.
  AgentStatus status = AgentStatus::LoggedOut;
  AgentState state = AgentState::Waiting;
  std::int64_t max_no_answer = 0;  // In a row, then the status changes. 0: off.
  std::int64_t max_busy = 0;       // As max_no_answer (spec/10 #47).
  std::int64_t max_reject = 0;
  std::int64_t wrap_up_seconds = 0;
  std::int64_t reject_delay_seconds = 0;
  std::int64_t busy_delay_seconds = 0;
  std::int64_t no_answer_delay_seconds = 0;
  std::int64_t not_registered_delay_seconds = 5;  // Spec/03 §11; spec/10 #47.
  std::optional<base::Instant> last_bridge_start;
  std::optional<base::Instant> last_bridge_end;
  std::optional<base::Instant> last_offered_call;
  std::optional<base::Instant> last_status_change;
  std::int64_t no_answer_count = 0;
  std::int64_t busy_count = 0;
  std::int64_t reject_count = 0;
  std::int64_t calls_answered = 0;
  base::Duration talk_time{0};
  std::optional<base::Instant> ready_at;  // "Do not offer before."
  std::optional<base::Instant> retry_at;  // See kRetryGap in delays.h.
  std::int64_t external_calls_count = 0;
  base::OfferId offer;   // The offer or conversation it is in, if any.
  bool removed = false;  // Deleted while in an offer: goes when it is over.
  // What the configuration said last; its status is applied again only when that text changes.
  std::optional<AgentSettings> configured;
};

struct Tier {
  base::QueueId queue;
  base::AgentId agent;
  TierState state = TierState::Ready;
  std::int64_t level = 1;
  std::int64_t position = 1;
  std::uint64_t added = 0;  // Orders tiers of equal level and position.
};

struct Member {
  base::MemberId id;
  base::QueueId queue;
  std::string queue_name;
  base::LegId leg;  // None once it is Abandoned.
  std::string uuid;
  std::string session_uuid;  // Empty once it is Abandoned.
  std::string cid_number;
  std::string cid_name;
  std::string dnis;
  std::optional<base::Instant> answered_at;  // system_epoch
  base::Instant joined_at;
  std::optional<base::Instant> rejoined_at;
  std::optional<base::Instant> bridged_at;
  std::optional<base::Instant> abandoned_at;  // Last; kept when the caller comes back.
  std::int64_t base_score = 0;
  std::string serving_agent;  // Shown only; "ring-all" and the like while all ring (spec/01 §5.4).
  MemberState state = MemberState::Waiting;
  std::set<base::OfferId> offers;  // Running ones, oldest first; the conversation too.
  base::OfferId connecting;        // The one that was answered, until it fails.
  std::map<base::AgentId, std::uint64_t> failed_with;  // Agents that failed it; latest, highest.
  Approach approach = Approach::One;
  std::optional<base::Instant> asks_again_at;  // Progressively: not before.
  std::optional<AgentPlace> last_asked;        // By level and position.
  std::set<base::AgentId> asked_there;         // At that level and position, in this round.
  // A time limit was reached while phones rang: it goes when they have stopped (spec/10, "exact").
  std::optional<ExitCause> leaving;

  // The start of this stay: limits and announcements count from here.
  base::Instant entered_at() const { return rejoined_at.value_or(joined_at); }
};

struct Queue {
  base::QueueId id;
  // False after `queue unload` or when the configuration no longer has it: nobody may join, and the
  // row stays only for the tiers and members that still name it.
  bool loaded = true;
  QueueSettings settings;
  std::int64_t calls_answered = 0;
  std::int64_t calls_abandoned = 0;
  std::optional<AgentPlace> last_asked;  // By level and position (spec/10 #40).
  // When the last agent that was not logged out went; nullopt: there never was one. Means nothing
  // while there is one.
  std::optional<base::Instant> agents_gone_at;
};

// Has called in and is given its callers on that leg (spec/04 §6).
bool is_standby(const Agent& agent);

void describe(base::Archive& archive, Agent& agent);
void describe(base::Archive& archive, Tier& tier);
void describe(base::Archive& archive, Member& member);
void describe(base::Archive& archive, Queue& queue);

}  // namespace queue
