// Where a peer really is: symmetric RTP (RFC 4961) with a short memory for surprises.
//
// The SDP says where the peer listens. Behind NAT that is not where its packets come from, so for
// kWindow after each new address of the peer the source of its first packet is taken instead, and
// held: from then on only packets of this source are the peer's. When the window closes without a
// packet, only the address that SDP named is believed, however late it speaks. So a third party
// that guesses our port can neither be heard nor draw the sound away later in the call, and inside
// the window the address that SDP named wins over any other.
//
// A peer that is heard already may move, to the address that SDP names or with the SSRC that it
// had, and only inside a window; its re-INVITE opens one, even when it names the same address.
#pragma once

#include <cstdint>

#include "media/endpoint.h"
#include "media/frame.h"

namespace media {

class Latch {
 public:
  static constexpr std::chrono::seconds kWindow{2};

  // The peer says that it listens there.
  void signal(const Endpoint& listens_at, TimePoint now);

  // A packet came from there. Returns: whether it is the peer's.
  bool accept(const Endpoint& from, std::uint32_t ssrc, TimePoint now);

  // Where to send.
  const Endpoint& destination() const { return destination_; }

 private:
  Endpoint signalled_;
  Endpoint destination_;
  std::uint32_t ssrc_ = 0;  // Of the last packet, once the peer was heard.
  TimePoint window_ends_{};
  bool heard_ = false;
};

}  // namespace media
