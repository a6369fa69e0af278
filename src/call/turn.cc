#include "call/turn.h"

#include "base/check.h"
#include "call/fifo.h"

namespace call {
namespace {

// RFC 4566 §5.2 wants numbers; many phones read them into 32 bits, some with a sign.
constexpr std::uint64_t kSessionIdBound = 1u << 30;

}  // namespace

Leg& make_leg(Turn& turn, base::LegId id, Direction direction) {
  const auto [place, is_new] = turn.state.legs.try_emplace(id);
  CHECK(is_new);
  Leg& leg = place->second;
  leg.id = id;
  leg.uuid = turn.state.random.uuid();
  leg.direction = direction;
  leg.created_at = turn.now;
  leg.media.session_id = 1 + turn.state.random.below(kSessionIdBound);
  leg.media.session_version = leg.media.session_id;
  turn.state.by_uuid.emplace(leg.uuid, id);

  leg.variables.set("uuid", leg.uuid);
  leg.variables.set("call_uuid", leg.uuid);
  leg.variables.set("direction", direction == Direction::Inbound ? "inbound" : "outbound");
  return leg;
}

base::LegId next_outbound_id(Turn& turn) {
  turn.state.last_outbound += 2;
  return base::LegId{turn.state.last_outbound};
}

void cancel_waiting(Turn& turn, const Leg& leg) {
  leave_fifo(turn, leg);
  for (const auto kind : {Purpose::Kind::Sleep, Purpose::Kind::Digits, Purpose::Kind::Fifo}) {
    turn.state.deadlines.cancel(Purpose::of(kind, leg.id));
  }
}

}  // namespace call
