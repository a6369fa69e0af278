#include "media/sequence_source.h"

namespace media {

std::size_t SequenceSource::read(std::span<std::int16_t> out) {
  std::size_t made = 0;
  while (made < out.size()) {
    if (!source_ && !open_next()) break;
    const std::size_t wanted = out.size() - made;
    const std::size_t got = source_->read(out.subspan(made));
    has_sound_ = has_sound_ || got > 0;
    made += got;
    if (got == wanted) break;
    if (const std::string why = source_->failure(); !why.empty()) failed(next_ - 1, why);
    source_.reset();
  }
  return made;
}

bool SequenceSource::open_next() {
  while (true) {
    if (next_ == parts_.size()) {
      // A round without any sound would go on for ever without anything to hear.
      if (ending_ == Ending::Stops || !has_sound_) return false;
      next_ = 0;
      has_sound_ = false;
    }
    const std::size_t part = next_++;
    auto source = open_(parts_[part]);
    if (source) {
      source_ = std::move(*source);
      return true;
    }
    failed(part, source.error());
  }
}

void SequenceSource::failed(std::size_t part, const std::string& why) {
  if (!failed_.insert(part).second) return;
  if (!failure_.empty()) failure_ += "; ";
  failure_ += why;
}

}  // namespace media
