#include "media/sound_stream.h"

#include <algorithm>
#include <utility>

#include "base/check.h"

namespace media {

void SoundStream::begin(std::unique_ptr<SampleSource> source) {
  CHECK(state_ == State::Loading);
  source_ = std::move(source);
  state_ = State::Playing;
}

void SoundStream::change(std::unique_ptr<SampleSource> source) {
  CHECK(state_ == State::Playing);
  source_ = std::move(source);
  last_frame_ = false;
}

void SoundStream::fail(std::string why) {
  CHECK(state_ == State::Loading);
  why_ = std::move(why);
  state_ = State::Failed;
}

SoundStream::State SoundStream::advance(Tick tick) {
  if (state_ != State::Playing || tick_ == tick) return state_;
  tick_ = tick;
  const std::size_t got = last_frame_ ? 0 : source_->read(frame_);
  MediaCounters::add(counters_.decoded_frames);
  if (got == 0) {
    state_ = State::Ended;
    return state_;
  }
  // A file rarely ends with a frame: the rest of the last one is silence.
  last_frame_ = got < frame_.size();
  std::fill(frame_.begin() + static_cast<std::ptrdiff_t>(got), frame_.end(), std::int16_t{0});
  for (Encoding& encoding : encodings_) encoding.current = false;
  return state_;
}

std::span<const std::uint8_t> SoundStream::payload(AudioCodec codec) {
  DCHECK(state_ == State::Playing && tick_);
  Encoding& encoding = encodings_[static_cast<std::size_t>(codec)];
  if (!encoding.encoder) encoding.encoder = make_encoder(codec);
  if (!encoding.current) {
    encoding.size = encoding.encoder->encode(frame_, encoding.bytes);
    encoding.current = true;
    MediaCounters::add(counters_.encoded_frames);
  }
  return std::span(encoding.bytes).first(encoding.size);
}

}  // namespace media
