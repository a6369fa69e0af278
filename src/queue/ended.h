// What is kept of a stay in a queue, and of an offer, once it is over: for call records.
//
// Made where the engine ends the one or the other, and nowhere else, so each is told exactly once.
// Nothing is decided from it. Values only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/archive.h"
#include "base/ids.h"
#include "base/time.h"
#include "queue/names.h"

namespace queue {

// A member has left its queue. One who was missed and comes back keeps its uuid, and leaves again.
struct StayEnded {
  static constexpr std::string_view kName = "StayEnded";
  std::string uuid;          // The member's.
  std::string session_uuid;  // Of the caller's channel.
  std::string queue;
  std::string cid_number;
  std::string cid_name;
  std::string dnis;
  std::optional<base::Instant> answered_at;  // When the channel was answered.
  base::Instant joined_at;
  std::optional<base::Instant> rejoined_at;
  std::optional<base::Instant> bridged_at;
  base::Instant left_at;
  std::int64_t base_score = 0;
  std::string agent;                   // With whom it talked, if it did.
  std::string agent_uuid;              // Of that agent's channel.
  std::optional<ExitCause> cancelled;  // Why there was no conversation; nullopt: there was one.
  std::string cause;                   // The real hang-up cause of the conversation.
};

struct OfferEnded {
  static constexpr std::string_view kName = "OfferEnded";
  base::OfferId id;
  std::string member_uuid;
  std::string session_uuid;
  std::string queue;
  std::string agent;
  std::string agent_type;
  std::string agent_uuid;  // Of the agent's channel, once it was answered.
  base::Instant joined_at;
  base::Instant called_at;
  std::optional<base::Instant> answered_at;
  std::optional<base::Instant> bridged_at;
  base::Instant ended_at;
  enum class Outcome { NotAnswered, NotBridged, Bridged } outcome = Outcome::NotAnswered;
  std::string cause;  // The real hang-up cause.
};

using Ended = std::variant<StayEnded, OfferEnded>;

void describe(base::Archive& archive, StayEnded& stay);
void describe(base::Archive& archive, OfferEnded& offer);

}  // namespace queue
