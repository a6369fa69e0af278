#include "call/negotiation.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace call {
namespace {

// What the media folder can encode and decode. Static numbers: RFC 3551 §6; others are ours, from
// the dynamic ones, as long as they are free.
struct Spoken {
  std::string_view name;
  int payload_type;
  int clock_rate;  // As SDP says it: G722's is a mistake that has become law (§4.5.2).
  std::string_view parameters;  // What we can hear.
};
// RFC 7587 §7.1: what corrects losses is welcome.
constexpr std::array<Spoken, 4> kSpoken = {{{"PCMU", 0, 8000, ""},
                                            {"PCMA", 8, 8000, ""},
                                            {"G722", 9, 8000, ""},
                                            {"opus", 102, 48'000, "useinbandfec=1"}}};
constexpr std::string_view kDigits = "telephone-event";
constexpr int kDynamicPayloadTypes = 96;
constexpr int kClockRate = 8000;
// Of keys beside a codec whose clock is another (RFC 4733 §2.1: that of the sound).
constexpr int kOtherClockRate = 48'000;
constexpr int kOtherDigitsPayloadType = 103;
constexpr int kPacketMs = 20;
constexpr int kPacketMsMin = 10;
constexpr int kPacketMsMax = 60;

const Spoken* find_spoken(std::string_view name) {
  const auto found = std::find_if(kSpoken.begin(), kSpoken.end(), [&](const Spoken& spoken) {
    return base::equal_ignoring_case(spoken.name, name);
  });
  return found == kSpoken.end() ? nullptr : &*found;
}

// A static payload type may come without its name.
std::string_view name_of(const Codec& codec) {
  if (!codec.name.empty()) return codec.name;
  for (const Spoken& spoken : kSpoken) {
    const bool is_static = spoken.payload_type < kDynamicPayloadTypes;
    if (is_static && spoken.payload_type == codec.payload_type) return spoken.name;
  }
  return {};
}

// "PCMU@8000h@20i" in a list of preferences means PCMU here.
std::string_view bare(std::string_view preference) {
  return base::trim(preference.substr(0, preference.find('@')));
}

// The 30 of "PCMU@30i" or "PCMU@8000h@30i".
std::optional<int> packet_ms_of(std::string_view preference) {
  for (const std::string& part : base::split(preference, '@')) {
    if (part.empty() || (part.back() != 'i' && part.back() != 'I')) continue;
    const auto value = base::parse_integer(std::string_view(part).substr(0, part.size() - 1));
    if (value && *value >= kPacketMsMin && *value <= kPacketMsMax) return static_cast<int>(*value);
  }
  return std::nullopt;
}

const Codec* find_codec(const std::vector<Codec>& codecs, std::string_view name, int clock_rate) {
  const auto found = std::find_if(codecs.begin(), codecs.end(), [&](const Codec& codec) {
    return base::equal_ignoring_case(name_of(codec), name) && codec.clock_rate == clock_rate;
  });
  return found == codecs.end() ? nullptr : &*found;
}

// How we speak a codec of theirs; nullptr when we do not.
const Spoken* spoken_of(const Codec& codec) {
  const Spoken* spoken = find_spoken(name_of(codec));
  return spoken != nullptr && spoken->clock_rate == codec.clock_rate ? spoken : nullptr;
}

// The first of our preferences that they have.
const Codec* greedy_choice(const std::vector<Codec>& theirs,
                           const std::vector<std::string>& wanted) {
  for (const std::string& preference : wanted) {
    const Spoken* spoken = find_spoken(bare(preference));
    if (spoken == nullptr) continue;
    if (const Codec* codec = find_codec(theirs, spoken->name, spoken->clock_rate)) return codec;
  }
  return nullptr;
}

// The first of theirs that `suits` us.
template <class Suits>
const Codec* generous_choice(const std::vector<Codec>& theirs, Suits suits) {
  const auto found = std::find_if(theirs.begin(), theirs.end(), [&](const Codec& codec) {
    return spoken_of(codec) != nullptr && suits(*spoken_of(codec));
  });
  return found == theirs.end() ? nullptr : &*found;
}

Codec digits_codec(int payload_type, int clock_rate) {
  return Codec{payload_type, std::string(kDigits), clock_rate, "0-16"};
}

// Those of the codec's clock; else of the usual one.
const Codec* find_digits(const std::vector<Codec>& theirs, int clock_rate) {
  const Codec* fitting = find_codec(theirs, kDigits, clock_rate);
  return fitting != nullptr ? fitting : find_codec(theirs, kDigits, kClockRate);
}

// A dynamic number that nothing of `offered` has yet: `wanted`, or the first that is free.
int free_payload_type(const std::vector<Codec>& offered, int wanted) {
  const auto is_taken = [&](int number) {
    return std::any_of(offered.begin(), offered.end(),
                       [&](const Codec& codec) { return codec.payload_type == number; });
  };
  for (int number = kDynamicPayloadTypes; is_taken(wanted); ++number) wanted = number;
  return wanted;
}

// What a peer wants to receive, within what it can and what we make.
int packet_ms_for(const MediaDescription& theirs) {
  const int longest = theirs.packet_ms_max > 0 ? theirs.packet_ms_max : kPacketMsMax;
  return std::clamp(std::min(theirs.packet_ms, longest), kPacketMsMin, kPacketMsMax);
}

Agreement agreement_with(const MediaDescription& theirs, const Codec& codec) {
  Agreement agreed;
  agreed.codec = codec;
  agreed.codec.name = name_of(codec);
  if (const Codec* digits = find_digits(theirs.codecs, codec.clock_rate)) {
    agreed.digits_payload_type = digits->payload_type;
    agreed.digits_clock_rate = digits->clock_rate;
  }
  agreed.packet_ms = packet_ms_for(theirs);
  agreed.direction = reversed(theirs.direction);
  if (is_hold(theirs) && agreed.direction == MediaDirection::SendReceive) {
    agreed.direction = MediaDirection::ReceiveOnly;
  }
  return agreed;
}

MediaDescription ours_as_description(const LegMedia& ours) {
  MediaDescription media;
  media.address = ours.told_address.empty() ? ours.address : ours.told_address;
  media.port = ours.port;
  media.session_id = ours.session_id;
  media.session_version = ours.session_version;
  media.packet_ms = ours.packet_ms;
  return media;
}

// "PCMA,PCMU" or, where the comma already means something else, "^^:PCMA:PCMU".
std::vector<std::string> names_of(std::string_view list) {
  char separator = ',';
  if (list.size() > 3 && list.substr(0, 2) == "^^") {
    separator = list[2];
    list.remove_prefix(3);
  }
  return base::split(list, separator);
}

}  // namespace

Agreement agreement_of(const LegMedia& media) {
  return Agreement{media.codec, media.digits_payload_type, media.digits_clock_rate,
                   media.hears, media.packet_ms,           media.direction};
}

void adopt(LegMedia& media, const Agreement& agreed) {
  media.offered.clear();
  media.codec = agreed.codec;
  media.digits_payload_type = agreed.digits_payload_type;
  media.digits_clock_rate = agreed.digits_clock_rate;
  media.hears = agreed.hears;
  media.packet_ms = agreed.packet_ms;
  media.direction = agreed.direction;
}

std::vector<std::string> wanted_codecs(const Leg& leg, const SipProfile& profile) {
  for (const std::string_view name : {"absolute_codec_string", "codec_string"}) {
    const std::string_view own = leg.variables.get(name);
    if (!own.empty()) return names_of(own);
  }
  const bool calls_out = leg.direction == Direction::Outbound;
  return calls_out ? profile.outbound_codecs : profile.inbound_codecs;
}

void prepare_offer(LegMedia& ours, const std::vector<std::string>& wanted,
                   int digits_payload_type) {
  ours.offered.clear();
  ours.packet_ms = kPacketMs;
  const Codec digits = digits_codec(digits_payload_type, kClockRate);
  bool has_other_clock = false;
  const auto offer = [&](const Spoken& spoken) {
    has_other_clock = has_other_clock || spoken.clock_rate != kClockRate;
    ours.offered.push_back(Codec{spoken.payload_type, std::string(spoken.name), spoken.clock_rate,
                                 std::string(spoken.parameters)});
    if (spoken.payload_type == digits.payload_type) {
      ours.offered.back().payload_type = free_payload_type({digits}, kDynamicPayloadTypes);
    }
  };
  for (const std::string& preference : wanted) {
    const Spoken* spoken = find_spoken(bare(preference));
    if (spoken == nullptr) continue;
    if (find_codec(ours.offered, spoken->name, spoken->clock_rate) != nullptr) continue;
    // One a=ptime holds for the whole line: the first codec's.
    if (ours.offered.empty()) ours.packet_ms = packet_ms_of(preference).value_or(kPacketMs);
    offer(*spoken);
  }
  // Who wants only codecs that we do not speak still calls, with the one everybody has.
  if (ours.offered.empty()) offer(kSpoken.front());
  ours.offered.push_back(digits);
  if (!has_other_clock) return;
  const int other = free_payload_type(ours.offered, kOtherDigitsPayloadType);
  ours.offered.push_back(digits_codec(other, kOtherClockRate));
}

MediaDescription make_offer(const LegMedia& ours) {
  MediaDescription offer = ours_as_description(ours);
  offer.codecs = ours.offered;
  return offer;
}

std::optional<Agreement> agree(const MediaDescription& theirs,
                               const std::vector<std::string>& wanted, CodecChoice choice) {
  if (theirs.port == 0) return std::nullopt;
  const auto is_wanted = [&](const Spoken& spoken) {
    return std::any_of(wanted.begin(), wanted.end(), [&](const std::string& preference) {
      return base::equal_ignoring_case(bare(preference), spoken.name);
    });
  };
  const Codec* codec = choice == CodecChoice::Greedy ? greedy_choice(theirs.codecs, wanted)
                                                     : generous_choice(theirs.codecs, is_wanted);
  if (codec == nullptr) return std::nullopt;
  return agreement_with(theirs, *codec);
}

std::optional<Agreement> agree_on_answer(const MediaDescription& theirs, const LegMedia& ours) {
  if (theirs.port == 0) return std::nullopt;
  const Codec* codec = generous_choice(theirs.codecs, [&](const Spoken& spoken) {
    return find_codec(ours.offered, spoken.name, spoken.clock_rate) != nullptr;
  });
  if (codec == nullptr) return std::nullopt;
  Agreement agreed = agreement_with(theirs, *codec);
  // It may send whatever we offered and it did not strike out, by our numbers.
  agreed.hears = ours.offered;
  return agreed;
}

MediaDescription make_answer(const MediaDescription& theirs, const Agreement& agreed,
                             const LegMedia& ours) {
  MediaDescription answer = ours_as_description(ours);
  answer.codecs.push_back(agreed.codec);
  // Theirs say what they can hear; ours, what we can.
  const Spoken* spoken = find_spoken(agreed.codec.name);
  if (spoken != nullptr && !spoken->parameters.empty()) {
    answer.codecs.back().parameters = spoken->parameters;
  }
  if (agreed.digits_payload_type >= 0) {
    answer.codecs.push_back(digits_codec(agreed.digits_payload_type, agreed.digits_clock_rate));
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
