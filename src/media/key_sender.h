// Keys that we press toward a peer, as telephone-event packets (RFC 4733 §2.5).
//
// One packet a tick: a key is held for a time, its end is told three times, and a pause follows, so
// that the same key pressed twice is heard twice by whoever makes tones of it. Pure; one per leg.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>

#include "media/frame.h"
#include "media/telephone_event.h"

namespace media {

class KeySender {
 public:
  // How long a key is held and what follows it, in ticks: 160 ms and 60 ms.
  static constexpr int kHeldTicks = 8;
  static constexpr int kEndPackets = 3;
  static constexpr int kPauseTicks = 3;
  // More keys than this do not wait: nobody types that far ahead.
  static constexpr std::size_t kWaitingMax = 32;

  // A key that is none, and one too many, is left out.
  void press(char key);

  // Whether packets of a key have the stream now, instead of sound.
  bool is_busy() const { return step_ > 0; }

  // A packet of a key.
  struct Packet {
    TelephoneEvent event;
    bool is_first = false;  // Its timestamp is that of the whole key.
  };
  // What is sent in this tick, if anything. Called once in each.
  std::optional<Packet> next();

  // Keys that wait are not sent any more.
  void forget() {
    waiting_.clear();
    step_ = 0;
  }

 private:
  std::deque<std::uint8_t> waiting_;  // The first of them is being sent when step_ is not 0.
  int step_ = 0;                      // Ticks of it that are past; negative in the pause behind.
};

}  // namespace media
