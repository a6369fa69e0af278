#include "call/recording_messages.h"

namespace call {

using base::Archive;

void describe(Archive& archive, StartRecording& order) {
  archive.field("leg", order.leg);
  archive.field("recording", order.recording);
  archive.field("path", order.path);
  archive.field("sides", order.sides);
  archive.field("channels", order.channels);
  archive.field("existing", order.existing);
  archive.field("milliseconds_max", order.milliseconds_max);
  archive.field("milliseconds_min", order.milliseconds_min);
  archive.field("silence_threshold", order.silence_threshold);
  archive.field("milliseconds_of_silence", order.milliseconds_of_silence);
}

void describe(Archive& archive, RemoveRecording& order) {
  archive.field("path", order.path);
}

void describe(Archive& archive, StopRecording& order) {
  archive.field("leg", order.leg);
  archive.field("recording", order.recording);
}

void describe(Archive& archive, MaskRecording& order) {
  archive.field("leg", order.leg);
  archive.field("recording", order.recording);
  archive.field("is_masked", order.is_masked);
}

void describe(Archive& archive, RecordingEnded& report) {
  archive.field("leg", report.leg);
  archive.field("recording", report.recording);
  archive.field("how", report.how);
  archive.field("why", report.why);
  archive.field("milliseconds", report.milliseconds);
}

}  // namespace call
