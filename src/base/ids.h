// Strong identifiers, so that swapping two arguments does not compile.
//
// Parts refer to each other's objects by id and look them up: a stale id is a normal miss. Zero is
// never handed out and means "none".
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace base {

template <class Tag>
struct Id {
  std::uint64_t value = 0;

  auto operator<=>(const Id&) const = default;
  explicit operator bool() const { return value != 0; }
};

// One SIP dialog with its media. Legs that come in have odd ids, given by the sip folder; legs that
// go out have even ids, given by the call folder. So neither has to ask the other.
using LegId = Id<struct LegTag>;
// One stay of a caller in a queue, from join to leave.
using MemberId = Id<struct MemberTag>;
using AgentId = Id<struct AgentTag>;
using QueueId = Id<struct QueueTag>;
// One attempt to give a member to an agent.
using OfferId = Id<struct OfferTag>;
// One sound being played to one leg.
using PlaybackId = Id<struct PlaybackTag>;
// One question from outside (an API command, a registration) that waits for its reply.
using Ticket = Id<struct TicketTag>;

}  // namespace base

template <class Tag>
struct std::hash<base::Id<Tag>> {
  std::size_t operator()(base::Id<Tag> id) const noexcept {
    return std::hash<std::uint64_t>{}(id.value);
  }
};
