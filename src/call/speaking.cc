#include "call/speaking.h"

#include <string>
#include <utility>

#include "call/lookup.h"
#include "call/playback.h"
#include "call/spoken.h"

namespace call {
namespace {

// Media plays it at once and to its end.
constexpr const char* kNothing = "silence_stream://0";

SayClock clock_of(const Turn& turn, const Surroundings& around, const Leg& leg) {
  const std::string zone(leg.variables.get("timezone"));
  return {.unix_seconds = turn.state.anchor.unix_seconds(turn.now),
          .local_time = [&around, zone](std::int64_t at) {
            const auto there = zone.empty() ? std::nullopt : around.local_time_in(zone, at);
            return there ? *there : around.local_time_at(at);
          }};
}

}  // namespace

void speak(Turn& turn, Surroundings& around, PlaySound& order) {
  Leg* leg = turn.leg(order.leg);
  if (leg == nullptr) return;
  const SayClock clock = clock_of(turn, around, *leg);
  LegLookup lookup(turn, around, *leg);
  auto spelled = spell_out(order.sound, {around.phrases(), clock, lookup});
  if (spelled) {
    order.sound = std::move(*spelled);
    return;
  }
  order.sound = kNothing;
  order.loop = false;
  playback_ended(turn, around, *leg,
                 {leg->id, order.playback, PlaybackEnded::How::Unplayable, spelled.error()});
}

}  // namespace call
