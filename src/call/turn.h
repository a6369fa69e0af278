// What the verbs of the machine work on: its state, the instant, and where outputs go.
//
// Internal to the folder. A Turn lives for one call of the machine.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "base/ids.h"
#include "base/random.h"
#include "base/time.h"
#include "call/deadlines.h"
#include "call/fifo_line.h"
#include "call/leg.h"
#include "call/limits.h"
#include "call/mailboxes.h"
#include "call/output.h"
#include "call/pace.h"
#include "call/registrations.h"

namespace call {

struct MachineState {
  MachineState(std::uint64_t seed, base::WallAnchor wall) : random(seed), anchor(wall) {}

  base::Random random;
  base::WallAnchor anchor;
  std::map<base::LegId, Leg> legs;
  std::map<std::string, base::LegId, std::less<>> by_uuid;  // Not those that are ending.
  // Who is listened to, and by whom.
  std::set<std::pair<base::LegId, base::LegId>> eavesdroppers;
  std::map<base::OfferId, Offer> offers;
  Deadlines deadlines;
  Registrations registrations;
  Limits limits;
  std::map<std::string, Pace> paces;  // By the queue's name in lower case.
  FifoLines fifos;
  Mailboxes mailboxes;
  std::uint64_t last_outbound = 0;  // Even.
  std::uint64_t last_inbound = 0;   // Odd, as sip counts.
  std::uint64_t playbacks = 0;
  std::uint64_t recordings = 0;
  std::uint64_t originations = 0;
  std::uint64_t scripts = 0;
};

struct Turn {
  MachineState& state;
  base::Instant now;
  Outputs& out;

  // nullptr: no such leg, or not any more. Lifetime: until the leg is erased (LegGone, restart).
  Leg* leg(base::LegId id) const {
    const auto found = state.legs.find(id);
    return found == state.legs.end() ? nullptr : &found->second;
  }
  // By its uuid; not one that is ending.
  Leg* leg(std::string_view uuid) const {
    const auto found = state.by_uuid.find(uuid);
    return found == state.by_uuid.end() ? nullptr : leg(found->second);
  }
  Offer* offer(base::OfferId id) const {
    const auto found = state.offers.find(id);
    return found == state.offers.end() ? nullptr : &found->second;
  }
  std::string epoch() const { return std::to_string(state.anchor.unix_seconds(now)); }
  void warn(std::string text) const {
    out.emplace_back(LogMade{LogMade::Level::Warning, std::move(text), {}});
  }
  // About a leg: its uuid stands beside the line.
  void warn(const Leg& leg, std::string text) const {
    out.emplace_back(LogMade{LogMade::Level::Warning, std::move(text), leg.uuid});
  }
};

// A new leg with an id, a uuid and its place in the state.
Leg& make_leg(Turn& turn, base::LegId id, Direction direction);
// What its application waits for is not waited for any more.
void cancel_waiting(Turn& turn, const Leg& leg);
// The id of the next leg that goes out.
base::LegId next_outbound_id(Turn& turn);

}  // namespace call
