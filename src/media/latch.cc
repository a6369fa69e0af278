#include "media/latch.h"

namespace media {

void Latch::signal(const Endpoint& listens_at, TimePoint now) {
  const bool same = signalled_ == listens_at;
  if (same && heard_) return;

  signalled_ = listens_at;
  destination_ = listens_at;
  window_ends_ = now + kWindow;
  heard_ = false;
}

bool Latch::accept(const Endpoint& from, TimePoint now) {
  if (heard_ && from == destination_) return true;
  const bool in_window = now < window_ends_;
  const bool from_signalled = from == signalled_;
  if (heard_ && !(in_window && from_signalled)) return false;
  if (!heard_ && !in_window && !from_signalled) return false;

  destination_ = from;
  heard_ = true;
  return true;
}

}  // namespace media
