// Which codec two sides speak, and what our SDP says about it (RFC 3264).
//
// Pure: descriptions in, descriptions out. PCMU for now, with telephone-event beside it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "call/leg.h"
#include "call/media_description.h"
#include "call/sip_profile.h"

namespace call {

// What was agreed, in the terms of ConnectMedia: payload types are those the peer named.
struct Agreement {
  Codec codec;
  int digits_payload_type = -1;
  int packet_ms = 20;
  MediaDirection direction = MediaDirection::SendReceive;  // Ours.
};

// Between a leg's state and what was agreed.
Agreement agreement_of(const LegMedia& media);
void adopt(LegMedia& media, const Agreement& agreed);

// Our offer for a leg that goes out.
MediaDescription make_offer(const SipProfile& profile, const LegMedia& ours);

// What a peer's description allows us, preferring the codecs in the order of `wanted` (spec/02:
// inbound-codec-prefs, outbound-codec-prefs). Returns: nullopt when there is nothing in common, or
// no audio at all.
std::optional<Agreement> agree(const MediaDescription& theirs,
                               const std::vector<std::string>& wanted);

// Our answer to an offer that was agreed on. Other media of the offer are refused in it.
MediaDescription make_answer(const MediaDescription& theirs, const Agreement& agreed,
                             const LegMedia& ours);

// The direction as the other side sees it.
MediaDirection reversed(MediaDirection direction);

// True when the peer has put us on hold: it does not want to hear us (RFC 3264 §8.4), in the old
// way with the address 0.0.0.0 or the new one.
bool is_hold(const MediaDescription& theirs);

}  // namespace call
