// Which codec two sides speak, and what our SDP says about it (RFC 3264).
//
// Pure: descriptions in, descriptions out. PCMU, PCMA, G722 and Opus, with telephone-event beside
// them.
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
  int digits_clock_rate = 8000;
  std::vector<Codec> hears;
  int packet_ms = 20;
  MediaDirection direction = MediaDirection::SendReceive;  // Ours.
};

// Between a leg's state and what was agreed.
Agreement agreement_of(const LegMedia& media);
void adopt(LegMedia& media, const Agreement& agreed);

// The codecs for a leg, best first: its variable absolute_codec_string or codec_string, else what
// the profile says for its direction.
std::vector<std::string> wanted_codecs(const Leg& leg, const SipProfile& profile);

// Decides what a leg offers: the codecs of `wanted` that we speak, and digits. Its offer then waits
// for an answer.
void prepare_offer(LegMedia& ours, const std::vector<std::string>& wanted, int digits_payload_type);

// The offer that was prepared.
MediaDescription make_offer(const LegMedia& ours);

// What a peer's offer allows us, of the codecs in `wanted`, in the order of whoever `choice` says.
// Returns: nullopt when there is nothing in common, or no audio at all.
std::optional<Agreement> agree(const MediaDescription& theirs,
                               const std::vector<std::string>& wanted, CodecChoice choice);

// What a peer's answer to our offer makes of it: the first of its codecs (RFC 3264 §7).
// Returns: nullopt when it takes nothing of what was offered.
std::optional<Agreement> agree_on_answer(const MediaDescription& theirs, const LegMedia& ours);

// Our answer to an offer that was agreed on. Other media of the offer are refused in it.
MediaDescription make_answer(const MediaDescription& theirs, const Agreement& agreed,
                             const LegMedia& ours);

// The direction as the other side sees it.
MediaDirection reversed(MediaDirection direction);

// True when the peer has put us on hold: it does not want to hear us (RFC 3264 §8.4), in the old
// way with the address 0.0.0.0 or the new one.
bool is_hold(const MediaDescription& theirs);

}  // namespace call
