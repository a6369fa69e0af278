// Who stands in line: the members who want an offer now, per waiting time that the tier rules
// demand (floor.h).
//
// Everything that changes what a member wants ends with line_up(), which is the only way into and
// out of the lines.
#pragma once

#include "queue/state.h"

namespace queue {

// What the member is doing allows another offer; the pause of ring-progressively is not looked at.
bool wants_offer(const Member& member);

// Takes the member out of the lines and puts it in again where it belongs now; arms the deadline at
// which it belongs into more of them.
void line_up(Turn& turn, Member& member);

// The deadline of line_up() has come: the member stands in further lines. Its place in those it
// stands in already is not touched.
void open_levels(Turn& turn, base::MemberId member);

// Renews the lines of a queue after its settings or the levels of its tiers have changed. Looks at
// every member inside, when there is a change.
void renew_lines(Turn& turn, base::QueueId queue);
// Replaces the lines of a queue by empty ones for the waits that its rules demand now; whoever is
// inside has to line up again.
void make_lines(const State& state, base::QueueId queue, QueueFloor& floor);

// ---- for state.cc ----
void leave_lines(QueueFloor& floor, base::MemberId member);
void restore_lines(State& state, const Member& member);

}  // namespace queue
