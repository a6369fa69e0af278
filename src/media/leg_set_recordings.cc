// Recordings of legs: what is ordered of them, and the sound on its way to them.
#include <utility>

#include "media/leg_set.h"

namespace media {

void LegSet::carry_out(const call::StartRecording& order) {
  Leg* leg = find(order.leg);
  if (leg == nullptr) {
    with_.reports.send(call::RecordingEnded{.leg = order.leg,
                                            .recording = order.recording,
                                            .how = call::RecordingEnded::How::Failed,
                                            .why = order.path + ": the call has no media"});
    return;
  }
  if (!leg->recorder) leg->recorder = std::make_unique<LegRecorder>(with_.recordings, now_);
  with_.recordings.open(order);
  leg->recorder->begin(order, now_);
}

void LegSet::carry_out(const call::StopRecording& order) {
  Leg* leg = find(order.leg);
  if (leg != nullptr && leg->recorder) leg->recorder->end(order.recording, now_);
}

void LegSet::carry_out(const call::MaskRecording& order) {
  Leg* leg = find(order.leg);
  if (leg != nullptr && leg->recorder) leg->recorder->mask(order, now_);
}

void LegSet::carry_out(const call::RemoveRecording& order) {
  with_.recordings.remove(order);
}

void LegSet::recording_ended(call::RecordingEnded report) {
  Leg* leg = find(report.leg);
  if (leg != nullptr && leg->recorder) leg->recorder->forget(report.recording);
  with_.reports.send(std::move(report));
}

void LegSet::end_recordings() {
  for (auto& [id, leg] : legs_) end_recordings_of(leg);
}

void LegSet::end_recordings_of(Leg& leg) const {
  if (leg.recorder) leg.recorder->end_all(now_);
  leg.recorder.reset();
}

void LegSet::advance_recordings(Leg& leg) const {
  leg.recorder->advance(now_);
  MediaCounters::add(with_.counters.unrecorded_samples, leg.recorder->take_refused());
  if (leg.recorder->is_idle()) leg.recorder.reset();
}

// Of what we mix ourselves listeners have the parts.
void LegSet::note_sent(Leg& leg, const RtpHeader& header,
                       std::span<const std::uint8_t> sound) const {
  const AudioCodec codec = leg.connection->codec;
  if (leg.recorder) leg.recorder->heard({header, codec, sound}, now_);
  if (leg.tap && !leg.is_mixed) leg.tap->take_sent({header, codec, sound}, tick_);
}

}  // namespace media
