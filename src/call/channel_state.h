// The states of a channel in the words and numbers of the original, as outside programs know them
// (Channel-State, Channel-Call-State), and the events that tell of their changes.
//
// They are told after what led to them: CHANNEL_ANSWER comes before the CHANNEL_CALLSTATE that says
// ACTIVE. No decision is made by them.
#pragma once

#include <string_view>

namespace call {

struct Leg;
struct Turn;

// The numbers are the original's.
enum class ChannelState {
  New = 0,
  Init = 1,
  Routing = 2,
  Execute = 4,
  ExchangeMedia = 5,
  Park = 6,
  ConsumeMedia = 7,
  HangUp = 10,
  Reporting = 11,
  Destroy = 12,
};

enum class CallState { Down = 0, Ringing = 2, Early = 3, Active = 4, Held = 5, HangUp = 7 };

// "CS_INIT" …
std::string_view to_text(ChannelState state);
// "DOWN" …
std::string_view to_text(CallState state);

ChannelState channel_state_of(const Leg& leg);
CallState call_state_of(const Leg& leg);

// Publishes CHANNEL_STATE and CHANNEL_CALLSTATE for what has changed since it was told last.
void tell_state(Turn& turn, Leg& leg);
// The same for a state that is over within this turn: routing, reporting, the end.
void tell_passing_state(Turn& turn, Leg& leg, ChannelState state);

}  // namespace call
