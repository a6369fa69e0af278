#include "media/latch.h"

namespace media {

void Latch::signal(const Endpoint& listens_at, TimePoint now) {
  window_ends_ = now + kWindow;
  if (signalled_ == listens_at) return;

  signalled_ = listens_at;
  destination_ = listens_at;
  heard_ = false;
}

bool Latch::accept(const Endpoint& from, std::uint32_t ssrc, TimePoint now) {
  if (!heard_ || from != destination_) {
    const bool in_window = now < window_ends_;
    const bool from_signalled = from == signalled_;
    if (heard_ && !(in_window && (from_signalled || ssrc == ssrc_))) return false;
    if (!heard_ && !in_window && !from_signalled) return false;
  }
  destination_ = from;
  ssrc_ = ssrc;
  heard_ = true;
  return true;
}

}  // namespace media
