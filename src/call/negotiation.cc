#include "call/negotiation.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace call {
namespace {

// What the media folder can encode and decode today.
constexpr std::array<std::string_view, 1> kSpoken = {"PCMU"};
constexpr std::string_view kDigits = "telephone-event";
constexpr int kPcmuPayloadType = 0;  // RFC 3551 §6: static.
constexpr int kPacketMsMin = 10;
constexpr int kPacketMsMax = 60;

bool is_spoken(std::string_view name) {
  return std::any_of(kSpoken.begin(), kSpoken.end(), [&](std::string_view spoken) {
    return base::equal_ignoring_case(spoken, name);
  });
}

// A static payload type may come without its name.
std::string_view name_of(const Codec& codec) {
  if (codec.name.empty() && codec.payload_type == kPcmuPayloadType) return kSpoken.front();
  return codec.name;
}

// "PCMU@8000h@20i" in a list of preferences means PCMU here.
std::string_view bare(std::string_view preference) {
  return base::trim(preference.substr(0, preference.find('@')));
}

const Codec* find_codec(const MediaDescription& media, std::string_view name) {
  for (const Codec& codec : media.codecs) {
    if (base::equal_ignoring_case(name_of(codec), name) && codec.clock_rate == 8000) return &codec;
  }
  return nullptr;
}

Codec digits_codec(int payload_type) {
  return Codec{payload_type, std::string(kDigits), 8000, "0-16"};
}

MediaDescription ours_as_description(const LegMedia& ours) {
  MediaDescription media;
  media.address = ours.address;
  media.port = ours.port;
  media.session_id = ours.session_id;
  media.session_version = ours.session_version;
  media.direction = ours.direction;
  return media;
}

}  // namespace

Agreement agreement_of(const LegMedia& media) {
  return Agreement{media.codec, media.digits_payload_type, media.packet_ms, media.direction};
}

void adopt(LegMedia& media, const Agreement& agreed) {
  media.codec = agreed.codec;
  media.digits_payload_type = agreed.digits_payload_type;
  media.packet_ms = agreed.packet_ms;
  media.direction = agreed.direction;
}

MediaDescription make_offer(const SipProfile& profile, const LegMedia& ours) {
  MediaDescription offer = ours_as_description(ours);
  for (const std::string& preference : profile.outbound_codecs) {
    if (!is_spoken(bare(preference))) continue;
    offer.codecs.push_back(Codec{kPcmuPayloadType, std::string(bare(preference)), 8000, {}});
  }
  // A profile that wants only codecs we do not speak still calls out, with the one we do.
  if (offer.codecs.empty()) {
    offer.codecs.push_back(Codec{kPcmuPayloadType, std::string(kSpoken.front()), 8000, {}});
  }
  offer.codecs.push_back(digits_codec(profile.digits_payload_type));
  return offer;
}

std::optional<Agreement> agree(const MediaDescription& theirs,
                               const std::vector<std::string>& wanted) {
  if (theirs.port == 0) return std::nullopt;
  const Codec* codec = nullptr;
  for (const std::string& preference : wanted) {
    if (!is_spoken(bare(preference))) continue;
    codec = find_codec(theirs, bare(preference));
    if (codec != nullptr) break;
  }
  if (codec == nullptr) return std::nullopt;

  Agreement agreed;
  agreed.codec = *codec;
  agreed.codec.name = name_of(*codec);
  if (const Codec* digits = find_codec(theirs, kDigits)) {
    agreed.digits_payload_type = digits->payload_type;
  }
  agreed.packet_ms = std::clamp(theirs.packet_ms, kPacketMsMin, kPacketMsMax);
  agreed.direction = reversed(theirs.direction);
  if (is_hold(theirs) && agreed.direction == MediaDirection::SendReceive) {
    agreed.direction = MediaDirection::ReceiveOnly;
  }
  return agreed;
}

MediaDescription make_answer(const MediaDescription& theirs, const Agreement& agreed,
                             const LegMedia& ours) {
  MediaDescription answer = ours_as_description(ours);
  answer.codecs.push_back(agreed.codec);
  if (agreed.digits_payload_type >= 0) {
    answer.codecs.push_back(digits_codec(agreed.digits_payload_type));
  }
  answer.direction = agreed.direction;
  answer.packet_ms = agreed.packet_ms;
  answer.other_lines = theirs.other_lines;
  return answer;
}

MediaDirection reversed(MediaDirection direction) {
  switch (direction) {
    case MediaDirection::SendOnly:
      return MediaDirection::ReceiveOnly;
    case MediaDirection::ReceiveOnly:
      return MediaDirection::SendOnly;
    default:
      return direction;
  }
}

bool is_hold(const MediaDescription& theirs) {
  return theirs.direction == MediaDirection::SendOnly ||
         theirs.direction == MediaDirection::Inactive || theirs.address == "0.0.0.0";
}

}  // namespace call
