// What `record` and `voicemail` run on a leg, and the message that a recording will be. Data only;
// the verbs are in record.h and the files of voicemail.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/archive.h"
#include "base/ids.h"
#include "call/mailboxes.h"
#include "call/recording_messages.h"

namespace call {

// A recording that becomes a message once its file is complete.
struct PendingMessage {
  BoxName box;
  std::string uuid;
};

// `record`: until the recording is complete.
struct RecordingMessage {
  static constexpr std::string_view kName = "RecordingMessage";
  RecordingId recording;
};

// Sounds one after the other, with nothing between them.
struct SoundLine {
  base::PlaybackId playback = {};         // None when all have been heard.
  std::vector<std::string> waiting = {};  // Those that follow.
};

// `voicemail PROFILE DOMAIN BOX`: somebody leaves a message.
//
//   OwnGreeting ─► Greeting ─► Tone ─► Recording ─► Thanks
struct LeavingMessage {
  static constexpr std::string_view kName = "LeavingMessage";
  enum class Step {
    OwnGreeting,  // The box's own file, if there is one.
    Greeting,
    Tone,
    Recording,
    Thanks,
  };
  Step step = Step::OwnGreeting;
  std::string profile;
  BoxName box;
  SoundLine line = {};
  RecordingId recording = {};
};

// `voicemail check PROFILE DOMAIN [BOX]`: the owner of a box listens.
//
//   Box ─► Pin ─► Menu ─► Message ─► Choice ─► (next message, or Menu)
struct CheckingMailbox {
  static constexpr std::string_view kName = "CheckingMailbox";
  enum class Step { Box, Pin, Menu, Message, Choice, Goodbye };
  Step step = Step::Box;
  std::string profile;
  BoxName box;
  SoundLine line = {};
  std::string typed = {};
  int failures = 0;                        // Wrong pins, or questions without an answer.
  std::vector<std::string> messages = {};  // Uuids of those that are listened to …
  std::size_t at = 0;                      // … and which is next.
};

void describe(base::Archive& archive, PendingMessage& message);
void describe(base::Archive& archive, RecordingMessage& running);
void describe(base::Archive& archive, SoundLine& line);
void describe(base::Archive& archive, LeavingMessage& running);
void describe(base::Archive& archive, CheckingMailbox& running);

}  // namespace call
