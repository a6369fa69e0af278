#include "media/key_sender.h"

#include <algorithm>

namespace media {

void KeySender::press(char key) {
  const auto code = key_code(key);
  if (code && waiting_.size() < kWaitingMax) waiting_.push_back(*code);
}

std::optional<KeySender::Packet> KeySender::next() {
  if (step_ < 0) {
    ++step_;
    return std::nullopt;
  }
  if (waiting_.empty()) return std::nullopt;
  ++step_;
  const auto held = static_cast<std::uint16_t>(std::min(step_, kHeldTicks) * int{kFrameSamples});
  const Packet packet{
      .event = {.code = waiting_.front(), .ended = step_ > kHeldTicks, .duration = held},
      .is_first = step_ == 1};
  if (step_ == kHeldTicks + kEndPackets) {
    waiting_.pop_front();
    step_ = -kPauseTicks;
  }
  return packet;
}

}  // namespace media
