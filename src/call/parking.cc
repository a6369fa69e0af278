#include "call/parking.h"

#include "call/channel_data.h"
#include "call/channel_state.h"

namespace call {

void park_leg(Turn& turn, Leg& leg) {
  leg.execution.running = Parked{};
  if (leg.told_state != ChannelState::Park) publish(turn, leg, "CHANNEL_PARK");
  tell_state(turn, leg);
}

void leave_park(Turn& turn, Leg& leg) {
  if (leg.runs<Parked>()) publish(turn, leg, "CHANNEL_UNPARK");
}

}  // namespace call
