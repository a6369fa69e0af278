// The periodic announcement over the music: announce-sound every announce-frequency seconds of a
// member's stay (spec/03 §9).
#pragma once

#include "queue/state.h"

namespace queue {

// Arms the next one after `turn.now`, by the queue's present settings; none when they have none.
void arm_announcement(Turn& turn, const Member& member);
void cancel_announcement(Turn& turn, const Member& member);

void announcement_due(Turn& turn, base::MemberId member);

}  // namespace queue
