#include "call/voicemail_state.h"

namespace call {

using base::Archive;

void describe(Archive& archive, PendingMessage& message) {
  archive.field("box", message.box);
  archive.field("uuid", message.uuid);
}

void describe(Archive& archive, RecordingMessage& running) {
  archive.field("recording", running.recording);
}

void describe(Archive& archive, SoundLine& line) {
  archive.field("playback", line.playback);
  archive.field("waiting", line.waiting);
}

void describe(Archive& archive, LeavingMessage& running) {
  archive.field("step", running.step);
  archive.field("profile", running.profile);
  archive.field("box", running.box);
  archive.field("line", running.line);
  archive.field("recording", running.recording);
}

void describe(Archive& archive, CheckingMailbox& running) {
  archive.field("step", running.step);
  archive.field("profile", running.profile);
  archive.field("box", running.box);
  archive.field("line", running.line);
  archive.field("typed", running.typed);
  archive.field("failures", running.failures);
  archive.field("messages", running.messages);
  archive.field("at", running.at);
}

}  // namespace call
