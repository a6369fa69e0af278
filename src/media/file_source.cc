#include "media/file_source.h"

#include <fmt/format.h>

#include <algorithm>

#include "media/frame.h"

namespace media {

std::size_t FileSource::read(std::span<std::int16_t> out) {
  std::size_t made = 0;
  while (made < out.size()) {
    if (given_ == decoded_.size() && !decode_more()) break;
    const std::size_t some = std::min(out.size() - made, decoded_.size() - given_);
    std::copy_n(decoded_.begin() + static_cast<std::ptrdiff_t>(given_), some,
                out.begin() + static_cast<std::ptrdiff_t>(made));
    made += some;
    given_ += some;
  }
  return made;
}

bool FileSource::decode_more() {
  decoded_.clear();
  given_ = 0;
  while (decoded_.empty()) {
    if (is_at_end_ && !start_over()) return false;
    is_at_end_ = !reader_->read_some(decoded_);
    has_sound_ = has_sound_ || !decoded_.empty();
    if (is_at_end_ && reader_->is_cut() && failure_.empty()) {
      failure_ = fmt::format("{}: it ends before its time; was it cut while it played?", name_);
    }
  }
  return true;
}

// A round without any sound would go on for ever without anything to hear.
bool FileSource::start_over() {
  if (ending_ == Ending::Stops || !has_sound_) return false;
  has_sound_ = false;
  is_at_end_ = false;
  return reader_->rewind();
}

}  // namespace media
