// The application fifo: lines without agents, strategies and events of a call centre (spec/11 §5).
//
//   fifo NAME in ─► music, chimes … ─┬─► announcements ─► conversation ─► the dialplan goes on
//                                    └─► exit key, orbit, hang-up
//   fifo NAME out wait|nowait ─► music … ─► announcement ─► conversation ─► rest ─► the next, or
//                                                                          the dialplan goes on
#pragma once

#include <string>

#include "call/surroundings.h"
#include "call/turn.h"

namespace call {

// More lines than these are refused: names that come out of variables could be without end.
inline constexpr std::size_t kFifoLinesMax = 1000;

void run_fifo(Turn& turn, Surroundings& around, Leg& leg, const std::string& data);

// Whether the leg waits in a line, or serves one.
bool is_in_fifo(const Leg& leg);

// It does so no more, because it is given something else to do or has ended; nothing happens
// otherwise. Who was about to talk to it waits again.
void leave_fifo(Turn& turn, const Leg& leg);

// A key of a leg that waits in a line or serves one. Returns: whether it was an exit key.
bool digit_in_fifo(Turn& turn, Surroundings& around, Leg& leg, const std::string& digit);

// A sound has ended on such a leg.
void sound_in_fifo_ended(Turn& turn, Surroundings& around, Leg& leg, base::PlaybackId playback);

// The deadline Purpose::Kind::Fifo of the leg.
void fifo_due(Turn& turn, Surroundings& around, Leg& leg);

// The conversation is over: whoever serves lines rests, and then goes on.
void rest_from_fifo(Turn& turn, Leg& leg);

// What rest_from_fifo() and leave_fifo() have left to do (Continue::What::AfterConversation).
void go_on_in_fifo(Turn& turn, Surroundings& around, Leg& leg);

// After a state has been loaded: who is in which line.
void rebuild_fifos(MachineState& state);

}  // namespace call
