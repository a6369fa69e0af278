// The application `callcenter`: a caller in a queue, from the entry to the bridge or the leaving
// (spec/04 §1).
//
//   run_callcenter ─► (MemberJoined) ─┬─► admit_member ─► music … ─┬─► bridge_offer (bridges.h)
//                                     └─► refuse_member            ├─► release_member
//                                                                  └─► exit key, hang-up:
//                                                                  MemberLeft
#pragma once

#include <string>

#include "call/surroundings.h"
#include "call/turn.h"

namespace call {

// `data`: the queue's name; further words are ignored.
void run_callcenter(Turn& turn, Surroundings& around, Leg& leg, const std::string& data);

// Commands of the queue engine.
void admit_member(Turn& turn, Surroundings& around, const queue::AdmitMember& command);
void refuse_member(Turn& turn, Surroundings& around, const queue::RefuseMember& command);
void release_member(Turn& turn, const queue::ReleaseMember& command);
void finish_member(Turn& turn, const queue::FinishMember& command);
// Over the music, which goes on afterwards. One that cannot be played is not tried again.
void play_announcement(Turn& turn, const queue::PlayAnnouncement& command);
void sound_in_queue_ended(Turn& turn, Leg& leg, const PlaybackEnded& report);

// A key pressed in the queue: one of cc_exit_keys leaves, all others are swallowed.
void digit_in_queue(Turn& turn, Leg& leg, const std::string& digit);

// The queue engine knows that the member is gone: the variables of the leaving are set.
void set_leaving_variables(const Turn& turn, Leg& leg, queue::ExitCause cause);

}  // namespace call
