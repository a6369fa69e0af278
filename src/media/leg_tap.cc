#include "media/leg_tap.h"

namespace media {

void LegTap::advance(Tick now) {
  for (; tick_ < now; ++tick_) {
    said_track_.next(said_);
    sent_track_.next(sent_);
  }
}

}  // namespace media
