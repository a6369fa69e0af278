// The application `record`: what the leg says goes into a file, until a key of
// `playback_terminators`, the time limit, silence or the hang-up.
#pragma once

#include <string>

#include "call/surroundings.h"
#include "call/turn.h"

namespace call {

// PATH [LIMIT [THRESHOLD [SECONDS OF SILENCE]]]
void run_record(Turn& turn, Surroundings& around, Leg& leg, const std::string& data);

void digit_while_recording(Turn& turn, Leg& leg, const std::string& digit);

// A recording of the leg is complete; when it is the one that the leg waits for, the next action
// runs.
void record_over(Turn& turn, Surroundings& around, Leg& leg, const RecordingEnded& report);

}  // namespace call
