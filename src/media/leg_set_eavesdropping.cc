// Legs that listen to others, and their voices in what others hear.
//
// Whoever is listened to, or speaks into something, has a tap. Whoever is spoken to is sent, as
// long as that lasts, a mixture that we make tick by tick, instead of the packets of the other
// party. So is one whose other party speaks another codec, with nobody else in the mixture.
#include <utility>

#include "media/leg_set.h"
#include "media/mix.h"

namespace media {
namespace {

using call::HeardBy;

bool reaches_watched(HeardBy heard_by) {
  return heard_by == HeardBy::Watched || heard_by == HeardBy::Both;
}

bool reaches_other(HeardBy heard_by) {
  return heard_by == HeardBy::Other || heard_by == HeardBy::Both;
}

}  // namespace

void LegSet::carry_out(const call::StartEavesdropping& order) {
  Leg* leg = find(order.leg);
  if (leg == nullptr || order.leg == order.watched) return;
  leg->listens = Listening{order.watched, order.heard_by};
  listeners_.insert(order.leg);
  arrange_listening();
}

void LegSet::carry_out(const call::StopEavesdropping& order) {
  if (listeners_.erase(order.leg) == 0) return;
  Leg& leg = *find(order.leg);
  leg.listens.reset();
  leg.frames.forget();
  arrange_listening();
}

// After anything has changed on which it depends who is heard by whom.
void LegSet::arrange_listening() {
  if (listeners_.empty() && tapped_.empty() && mixed_.empty() && transcoded_.empty()) return;
  const Speakers speakers = find_speakers();
  set_taps(speakers);
  set_mixed(speakers);
}

LegSet::Speakers LegSet::find_speakers() {
  Speakers speakers;
  for (const base::LegId id : transcoded_) speakers[id];
  for (const base::LegId listener : listeners_) {
    const Listening& listens = *find(listener)->listens;
    const Leg* watched = find(listens.watched);
    if (watched == nullptr) continue;
    if (reaches_watched(listens.heard_by)) speakers[watched->id].push_back(listener);
    if (!reaches_other(listens.heard_by)) continue;
    if (const Leg* other = find(watched->bridged_with)) speakers[other->id].push_back(listener);
  }
  return speakers;
}

void LegSet::set_taps(const Speakers& speakers) {
  std::set<base::LegId> tapped;
  for (const base::LegId listener : listeners_) tapped.insert(find(listener)->listens->watched);
  for (const auto& [id, voices] : speakers) {
    tapped.insert(voices.begin(), voices.end());
    tapped.insert(find(id)->bridged_with);
  }
  std::erase_if(tapped, [this](base::LegId id) { return find(id) == nullptr; });
  for (const base::LegId id : tapped) {
    Leg& leg = *find(id);
    if (!leg.tap) leg.tap = std::make_unique<LegTap>(tick_);
  }
  for (const base::LegId id : std::exchange(tapped_, tapped)) {
    Leg* leg = find(id);
    if (leg != nullptr && !tapped.contains(id)) leg->tap.reset();
  }
}

void LegSet::set_mixed(const Speakers& speakers) {
  for (const base::LegId id : std::exchange(mixed_, {})) {
    Leg* leg = find(id);
    if (leg == nullptr || speakers.contains(id)) continue;
    leg->speakers.clear();
    leg->is_mixed = false;
    // What follows is the other party's packets again, or a sound that goes on.
    if (!leg->playback) leg->frames.forget();
  }
  for (const auto& [id, voices] : speakers) {
    Leg& leg = *find(id);
    leg.speakers = voices;
    leg.is_mixed = true;
    mixed_.insert(id);
  }
}

void LegSet::advance_taps() {
  for (const base::LegId id : tapped_) find(id)->tap->advance(tick_);
}

void LegSet::mix_speakers(Frame& sound, const Leg& leg, base::LegId but) {
  for (const base::LegId speaker : leg.speakers) {
    if (speaker != but) mix_into(sound, find(speaker)->tap->said());
  }
}

// What the leg would hear otherwise, and those who speak to it.
void LegSet::send_mixture(Leg& leg) {
  Frame sound{};
  if (leg.playback && is_playing(leg)) {
    sound = leg.playback->stream->frame();
  } else if (const Leg* other = find(leg.bridged_with)) {
    sound = other->tap->said();
  }
  if (leg.tap) leg.tap->set_sent(sound);
  mix_speakers(sound, leg, {});
  send_mixed(leg, sound);
}

// What the watched leg says and hears, but nobody's own voice. A sound goes before it.
void LegSet::send_watched(Leg& leg) {
  if (leg.playback && leg.playback->stream->state() == SoundStream::State::Playing) return;
  const Leg* watched = find(leg.listens->watched);
  if (watched == nullptr) return;
  Frame sound = watched->tap->said();
  mix_into(sound, watched->tap->sent());
  mix_speakers(sound, *watched, leg.id);
  send_mixed(leg, sound);
}

void LegSet::send_mixed(Leg& leg, const Frame& sound) {
  if (can_be_sent_to(leg)) send_frame(leg, leg.coder.encode(leg.connection->codec, sound));
}

}  // namespace media
