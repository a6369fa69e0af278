// Recordings of legs: how they begin, are masked, and end.
//
// Events tell when one begins (RECORD_START) and when its file is complete (RECORD_STOP); what
// media does is in recording_messages.h. What a queue records by itself is in recording_template.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "call/requested.h"
#include "call/surroundings.h"
#include "call/turn.h"

namespace call {

// More recordings of one leg at once are a loop in a dialplan.
inline constexpr std::size_t kRecordingsPerLegMax = 8;
// The longest limit: a week.
inline constexpr std::int64_t kRecordingSecondsMax = 7 * 86'400;

struct RecordingStart {
  std::string_view path;  // As recording_path() takes it.
  std::int64_t seconds_max = 0;
  enum class Until { Stopped, BridgeEnds } until = Until::Stopped;
  // What of the leg the application `record` and voicemail take: what it says, and nothing else.
  enum class Kind { Session, Voice } kind = Kind::Session;
  int silence_threshold = 0;         // As StartRecording has it …
  std::int64_t silence_seconds = 0;  // … 0: silence does not end it.
  std::int64_t seconds_min = 0;      // A shorter one is not kept.
  std::optional<PendingMessage> message = {};
};

// Begins one; the leg's variables RECORD_STEREO, RECORD_STEREO_SWAP, RECORD_READ_ONLY,
// RECORD_WRITE_ONLY, RECORD_APPEND and RECORD_MIN_SEC say how. Returns: its number, or why not.
base::Result<RecordingId> start_recording(Turn& turn, Surroundings& around, Leg& leg,
                                          const RecordingStart& wanted);

// Those of the leg into this file, or with "all" every one. Returns: false when there is none.
bool stop_recordings(Turn& turn, Surroundings& around, Leg& leg, std::string_view path);
bool mask_recordings(Turn& turn, Surroundings& around, Leg& leg, const RecordingWanted& wanted);

// What uuid_record asks.
Requested request_recording(Turn& turn, Surroundings& around, Leg& leg,
                            const RecordingWanted& wanted);

// The applications record_session PATH [+SECONDS] and stop_record_session PATH|all.
void run_record_session(Turn& turn, Surroundings& around, Leg& leg, const std::string& data);
void run_stop_record_session(Turn& turn, Surroundings& around, Leg& leg, const std::string& data);

// Ends the one of this number. Nothing happens when it has ended or is about to.
void stop_recording(Turn& turn, Leg& leg, RecordingId recording);

// The leg's bridge is over.
void stop_bridge_recordings(Turn& turn, Leg& leg);

void recording_ended(Turn& turn, Surroundings& around, Leg& leg, const RecordingEnded& report);

// The leg's last event follows: what media has not said by now, it says too late.
void forget_recordings(Turn& turn, Leg& leg);

// A new process has given the leg back: its recordings go on in their files.
void resume_recordings(Turn& turn, Leg& leg);

}  // namespace call
