// What a waiting caller is told of its place in line and of the wait before it: the queue's
// announce-position and announce-wait (docs/reference/settings.md).
//
// Said aside (sounds.h): the music goes on behind it. The queue engine knows nothing of it, so
// order and offers are as without.
#pragma once

#include <string>

#include "call/surroundings.h"
#include "call/turn.h"

namespace call {

// The member of this leg has been admitted: notes what is estimated, arms the first announcement.
void begin_place_announcements(Turn& turn, Surroundings& around, Leg& leg);

// The time for the next one has come. Nothing is said to one that waits no more, or whose call an
// agent has taken.
void place_announcement_due(Turn& turn, Surroundings& around, Leg& leg);

// The member of this leg is answered: the pace of its queue is measured.
// Requires: it runs InQueue.
void measure_answer(Turn& turn, const Leg& leg);

// What is played to say it; empty: there is nothing to say.
struct PlaceSaid {
  std::optional<std::size_t> place;
  std::optional<base::Duration> wait;
};
std::string sound_of_place(const PlaceSaid& said);

}  // namespace call
