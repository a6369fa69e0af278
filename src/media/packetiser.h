// Cuts sound into packets of one length, whatever length it comes in.
//
// Music comes in frames of 20 ms and the other party's sound in packets of its own making; the peer
// wants packets of 10 to 60 ms. Sound that does not continue what waits is the beginning of a new
// packet, and what waited goes out short. Pure; counts in samples of G.711, one byte each.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

#include "media/frame.h"

namespace media {

class Packetiser {
 public:
  static constexpr std::size_t kSamplesMax = 60 * kSamplesPerMs;

  // Requires: 1 to kSamplesMax.
  explicit Packetiser(std::size_t samples_per_packet) : wanted_(samples_per_packet) {}

  std::size_t samples_per_packet() const { return wanted_; }
  std::size_t waiting() const { return size_; }

  // Takes sound whose first sample has this timestamp, and gives packets to
  // `send(timestamp, payload)` in their order; a payload lives only during the call.
  template <class Send>
  void take(std::uint32_t timestamp, std::span<const std::uint8_t> sound, Send send) {
    if (size_ > 0 && timestamp != timestamp_ + static_cast<std::uint32_t>(size_)) flush(send);
    if (size_ == 0) timestamp_ = timestamp;
    while (!sound.empty()) {
      const std::size_t some = std::min(wanted_ - size_, sound.size());
      std::copy_n(sound.begin(), some, pending_.begin() + static_cast<std::ptrdiff_t>(size_));
      size_ += some;
      sound = sound.subspan(some);
      if (size_ == wanted_) flush(send);
    }
  }

  // Gives out what waits, as a short packet.
  template <class Send>
  void flush(Send send) {
    if (size_ == 0) return;
    const std::size_t size = std::exchange(size_, 0);
    send(std::exchange(timestamp_, timestamp_ + static_cast<std::uint32_t>(size)),
         std::span<const std::uint8_t>(pending_).first(size));
  }

  // What waits is not to be heard any more.
  void forget() { size_ = 0; }

 private:
  std::size_t wanted_;
  std::array<std::uint8_t, kSamplesMax> pending_{};
  std::size_t size_ = 0;
  std::uint32_t timestamp_ = 0;  // Of the first sample that waits.
};

}  // namespace media
