#include "media/leg_recorder.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>

#include "media/mix.h"

namespace media {
namespace {

using Channels = call::StartRecording::Channels;
using Sides = call::StartRecording::Sides;

// What goes to the writer at once: 100 ms.
constexpr std::size_t kBatchFrames = 5;

}  // namespace

LegRecorder::Position LegRecorder::position(TimePoint now) const {
  const auto microseconds = std::chrono::duration_cast<std::chrono::microseconds>(now - began_);
  return microseconds.count() * kSamplesPerMs / 1000;
}

void LegRecorder::begin(const call::StartRecording& order, TimePoint now) {
  One one;
  one.id = order.recording;
  one.sides = order.sides;
  one.channels = order.channels;
  one.from = position(now);
  if (order.milliseconds_max > 0) {
    one.until = one.from + order.milliseconds_max * kSamplesPerMs;
    one.how = call::RecordingEnded::How::ReachedLimit;
  }
  one.silence_threshold = order.silence_threshold;
  one.quiet_max = order.milliseconds_of_silence * kSamplesPerMs;
  recordings_.push_back(std::move(one));
}

void LegRecorder::end(call::RecordingId recording, TimePoint now) {
  for (One& one : recordings_) {
    if (one.id != recording) continue;
    const Position until = position(now);
    if (one.until && *one.until <= until) continue;
    one.until = until;
    one.how = call::RecordingEnded::How::Stopped;
  }
}

void LegRecorder::end_all(TimePoint now) {
  advance(now);
  for (const One& one : recordings_) end(one.id, now);
  while (!recordings_.empty()) give_frame();
}

void LegRecorder::mask(const call::MaskRecording& order, TimePoint now) {
  for (One& one : recordings_) {
    if (one.id == order.recording) one.masks.emplace_back(position(now), order.is_masked);
  }
}

void LegRecorder::forget(call::RecordingId recording) {
  std::erase_if(recordings_, [&](const One& one) { return one.id == recording; });
}

void LegRecorder::take(Playout& track, const Packet& packet, TimePoint now) {
  advance(now);
  track.take(packet, position(now));
}

void LegRecorder::advance(TimePoint now) {
  constexpr auto kBehind = RecordedTrack::kWindow + static_cast<Position>(kFrameSamples);
  const Position ready = position(now) - kBehind;
  while (said_.position() <= ready) give_frame();
}

void LegRecorder::give_frame() {
  Moment moment;
  moment.at = said_.position();
  said_.next(moment.said);
  heard_.next(moment.heard);
  for (One& one : recordings_) {
    end_if_silent(one, moment);
    give(one, moment);
  }
  std::erase_if(recordings_,
                [&](const One& one) { return one.until && *one.until <= said_.position(); });
}

void LegRecorder::end_if_silent(One& one, const Moment& moment) {
  const Position end = moment.at + static_cast<Position>(kFrameSamples);
  if (one.quiet_max == 0 || moment.at < one.from || (one.until && *one.until <= end)) return;
  std::int64_t size = 0;
  for (const std::int16_t sample : moment.said) size += std::abs(int{sample});
  const bool is_quiet = size < one.silence_threshold * static_cast<std::int64_t>(kFrameSamples);
  one.quiet = is_quiet ? one.quiet + static_cast<Position>(kFrameSamples) : 0;
  if (one.quiet < one.quiet_max) return;
  one.until = end;
  one.how = call::RecordingEnded::How::Silent;
}

void LegRecorder::give(One& one, const Moment& moment) {
  const Position end = moment.at + static_cast<Position>(kFrameSamples);
  const Position first = std::max(one.from, moment.at);
  const Position last = std::min(one.until.value_or(end), end);
  for (Position at = first; at < last; ++at) {
    const auto index = static_cast<std::size_t>(at - moment.at);
    const bool masked = is_masked(one, at);
    const std::int16_t said =
        masked || one.sides == Sides::Heard ? std::int16_t{0} : moment.said[index];
    const std::int16_t heard =
        masked || one.sides == Sides::Said ? std::int16_t{0} : moment.heard[index];
    if (one.channels == Channels::Mixed) {
      one.waiting.push_back(mixed(said, heard));
    } else {
      const bool swapped = one.channels == Channels::SwappedStereo;
      one.waiting.push_back(swapped ? heard : said);
      one.waiting.push_back(swapped ? said : heard);
    }
  }
  const bool is_over = one.until && *one.until <= end;
  if (is_over || one.waiting.size() >= kBatchFrames * kFrameSamples) write(one);
  if (is_over) writer_.close(one.id, one.how, one.silence);
}

bool LegRecorder::is_masked(const One& one, Position at) {
  bool masked = false;
  for (const auto& [from, value] : one.masks) {
    if (from <= at) masked = value;
  }
  return masked;
}

// What is refused has its length all the same.
void LegRecorder::write(One& one) {
  const std::size_t channels = one.channels == Channels::Mixed ? 1 : 2;
  const auto samples = static_cast<std::int64_t>(one.waiting.size() / channels);
  RecordingWriter::Sound sound{one.id, one.silence, std::exchange(one.waiting, {})};
  if (writer_.write(std::move(sound))) {
    one.silence = 0;
    return;
  }
  one.silence += samples;
  refused_ += static_cast<std::uint64_t>(samples);
}

}  // namespace media
