// All recordings of one leg: what it says and what it hears, as the files want it.
//
// Both sides are heard through a Playout each, shared by all recordings of the leg. The
// length of a recording is the time between begin() and end(), whatever came meanwhile. Worker's
// thread only.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "call/recording_messages.h"
#include "media/frame.h"
#include "media/playout.h"
#include "media/recorded_track.h"
#include "media/recording_writer.h"

namespace media {

class LegRecorder {
 public:
  // Lifetime: the writer outlives it.
  LegRecorder(RecordingWriter& writer, TimePoint now) : writer_(writer), began_(now) {}

  void begin(const call::StartRecording& order, TimePoint now);
  // Its file is complete a little later.
  void end(call::RecordingId recording, TimePoint now);
  void end_all(TimePoint now);
  void mask(const call::MaskRecording& order, TimePoint now);
  // Its file cannot be written any more.
  void forget(call::RecordingId recording);

  // A packet with sound, from the leg's peer or to it.
  using Packet = SoundPacket;
  void said(const Packet& packet, TimePoint now) { take(said_, packet, now); }
  void heard(const Packet& packet, TimePoint now) { take(heard_, packet, now); }

  // Gives what is old enough to the writer.
  void advance(TimePoint now);
  bool is_idle() const { return recordings_.empty(); }
  // Of all recordings, samples that the writer did not take since the last call.
  std::uint64_t take_refused() { return std::exchange(refused_, 0); }

 private:
  using Position = RecordedTrack::Position;
  struct One {
    call::RecordingId id;
    call::StartRecording::Sides sides = call::StartRecording::Sides::Both;
    call::StartRecording::Channels channels = call::StartRecording::Channels::Mixed;
    Position from = 0;
    std::optional<Position> until;
    call::RecordingEnded::How how = call::RecordingEnded::How::Stopped;
    // From each position on: whether it is masked.
    std::vector<std::pair<Position, bool>> masks;
    // How much silence of the leg ends it, if any does, and how much there is at the moment.
    int silence_threshold = 0;
    Position quiet_max = 0;
    Position quiet = 0;
    std::vector<std::int16_t> waiting;
    std::int64_t silence = 0;  // Refused before `waiting`.
  };
  // What both sides had in the same 20 ms.
  struct Moment {
    Position at = 0;
    Frame said{};
    Frame heard{};
  };

  Position position(TimePoint now) const;
  void take(Playout& track, const Packet& packet, TimePoint now);
  void give_frame();
  static void end_if_silent(One& one, const Moment& moment);
  void give(One& one, const Moment& moment);
  static bool is_masked(const One& one, Position at);
  void write(One& one);

  RecordingWriter& writer_;
  const TimePoint began_;
  Playout said_;
  Playout heard_;
  std::vector<One> recordings_;
  std::uint64_t refused_ = 0;
};

}  // namespace media
