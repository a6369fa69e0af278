#include "call/hold.h"

#include <string>

#include "call/channel_data.h"
#include "call/channel_state.h"
#include "call/lookup.h"
#include "call/negotiation.h"
#include "call/sounds.h"

namespace call {
namespace {

constexpr int kNotAcceptableHere = 488;
constexpr std::string_view kDefaultHoldMusic = "local_stream://moh";

// What the other party hears meanwhile: the holder's hold_music, else the global one, else the
// default stream (spec/11 §3).
std::string hold_music_of(const Turn& turn, Surroundings& around, const Leg& holder) {
  LegLookup lookup(turn, around, holder);
  const std::string source = lookup.variable("hold_music").value_or("");
  if (source.empty()) return std::string(kDefaultHoldMusic);
  return dialplan::expand(source, lookup);
}

// Without SDP the peer asks what we offer (RFC 3261 §14.2): all that we would offer anew. Its
// answer comes with the ACK, and until then nothing changes.
void offer_again(Turn& turn, Leg& leg, const SipProfile& profile) {
  LegMedia& media = leg.media;
  const int packet_ms = media.packet_ms;
  prepare_offer(media, wanted_codecs(leg, profile), profile.digits_payload_type);
  ++media.session_version;
  turn.out.emplace_back(AnswerReinvite{leg.id, make_offer(media)});
  media.packet_ms = packet_ms;
}

constexpr std::string_view kSilence = "silence_stream://-1";

bool is_held(const Leg& leg) {
  return leg.is_put_on_hold || (leg.media.theirs && is_hold(*leg.media.theirs));
}

}  // namespace

void hold_changed(Turn& turn, Surroundings& around, Leg& leg, Held before) {
  const bool holds = is_held(leg);
  if (holds == (before == Held::Yes)) return;
  if (holds) {
    leg.held_at = turn.now;
  } else {
    hold_over(turn, leg);
  }
  publish(turn, leg, holds ? "CHANNEL_HOLD" : "CHANNEL_UNHOLD");
  tell_state(turn, leg);
  Leg* other = turn.leg(leg.bridge);
  if (other == nullptr) return;
  if (holds) return play_hold_music(turn, around, leg, *other);
  stop_background(turn, *other);
}

void hold_over(const Turn& turn, Leg& leg) {
  if (leg.held_at) leg.held_for += turn.now - *leg.held_at;
}

void play_hold_music(Turn& turn, Surroundings& around, const Leg& holder, Leg& other) {
  if (!is_held(holder)) return;
  const std::string music = hold_music_of(turn, around, holder);
  // A function in its text may have ended the conversation.
  if (other.bridge == holder.id) play_background(turn, other, music);
}

Held hold_of(const Leg& leg) {
  return is_held(leg) ? Held::Yes : Held::No;
}

void leg_reinvited(Turn& turn, Surroundings& around, Leg& leg, const LegReinvited& report) {
  const SipProfile* profile = around.find_profile(leg.profile);
  if (!leg.is_up() || !leg.media.theirs || profile == nullptr) {
    turn.out.emplace_back(RefuseReinvite{leg.id, kNotAcceptableHere});
    return;
  }
  if (!report.offer) return offer_again(turn, leg, *profile);
  const MediaDescription& offer = *report.offer;
  const auto agreed = agree(offer, wanted_codecs(leg, *profile), profile->codec_choice);
  if (!agreed) {
    turn.out.emplace_back(RefuseReinvite{leg.id, kNotAcceptableHere});
    return;
  }
  const Held before = hold_of(leg);
  leg.media.theirs = offer;
  adopt(leg.media, *agreed);
  ++leg.media.session_version;
  turn.out.emplace_back(AnswerReinvite{leg.id, make_answer(offer, *agreed, leg.media)});
  connect_media(turn, leg);
  hold_changed(turn, around, leg, before);
}

Requested request_hold(Turn& turn, Surroundings& around, Leg& leg, HoldWanted wanted) {
  Leg* other = turn.leg(leg.bridge);
  if (other == nullptr || leg.is_ending()) return Requested::NotNow;
  const bool holds =
      wanted == HoldWanted::On || (wanted == HoldWanted::Toggle && !leg.is_put_on_hold);
  if (holds == leg.is_put_on_hold) return Requested::Done;
  const Held before = hold_of(leg);
  leg.is_put_on_hold = holds;
  // The holder hears nothing of the other meanwhile; hold_changed() is about the other.
  if (holds) {
    play_background(turn, leg, kSilence);
  } else {
    stop_background(turn, leg);
  }
  hold_changed(turn, around, leg, before);
  return Requested::Done;
}

}  // namespace call
