#include "call/prompts.h"

#include <utility>

#include "base/check.h"
#include "base/text.h"
#include "call/collecting.h"
#include "call/eavesdrop.h"
#include "call/sounds.h"
#include "call/voicemail.h"

namespace call {
namespace {

constexpr std::string_view kArray = "ARRAY::";

// Returns: false when there is none left.
bool play_next(Turn& turn, Leg& leg) {
  Prompted& prompted = std::get<Prompted>(leg.execution.running);
  prompted.playback = {};
  if (prompted.waiting.empty()) return false;
  const std::string source = std::move(prompted.waiting.front());
  prompted.waiting.erase(prompted.waiting.begin());
  prompted.playback = play_sound(turn, leg, source, Repeat::Once);
  return true;
}

// Music that something stood before is what it heard.
std::optional<Sound> heard_by(const Leg& leg) {
  return leg.asides.playing ? leg.asides.interrupted : leg.hears;
}

}  // namespace

std::vector<std::string> sounds_of(std::string_view text) {
  text = base::trim(text);
  std::vector<std::string> sounds;
  if (text.substr(0, kArray.size()) != kArray) {
    if (!text.empty()) sounds.emplace_back(text);
    return sounds;
  }
  text.remove_prefix(kArray.size());
  while (!text.empty() && sounds.size() < kPromptsMax) {
    const std::size_t colons = text.find("::");
    const std::string_view sound = base::trim(text.substr(0, colons));
    if (!sound.empty()) sounds.emplace_back(sound);
    if (colons == std::string_view::npos) break;
    text.remove_prefix(colons + 2);
  }
  return sounds;
}

void play_prompts(Turn& turn, Leg& leg, std::vector<std::string> sounds) {
  CHECK(!sounds.empty());
  Execution& execution = leg.execution;
  if (!leg.runs<Prompted>()) {
    leave_voicemail(turn, leg);
    execution.suspended = Suspended{std::move(execution.running), heard_by(leg)};
  }
  execution.running = Prompted{.playback = {}, .waiting = std::move(sounds)};
  play_next(turn, leg);
}

bool prompts_ended(Turn& turn, Leg& leg, base::PlaybackId playback) {
  if (std::get<Prompted>(leg.execution.running).playback != playback) return false;
  return !play_next(turn, leg);
}

void resume_after_prompts(Turn& turn, Leg& leg) {
  if (!leg.runs<Prompted>()) return;
  stop_sound(turn, leg);
  Suspended before = *std::exchange(leg.execution.suspended, std::nullopt);
  leg.execution.running = std::move(before.running);
  if (leg.runs<Resuming>()) {
    turn.out.emplace_back(Continue{leg.id, Continue::What::AfterConversation});
  } else if (leg.runs<Playing>() && before.hears) {
    const Repeat repeat = before.hears->loop ? Repeat::ForEver : Repeat::Once;
    leg.execution.running = Playing{play_sound(turn, leg, before.hears->source, repeat)};
  } else if (leg.runs<Collecting>() && before.hears) {
    const auto playback = play_sound(turn, leg, before.hears->source, Repeat::Once);
    playback_renewed(leg, before.hears->playback, playback);
  } else if (leg.runs<Playing>() || leg.runs<NotRunning>()) {
    leg.execution.running = NotRunning{};
    turn.out.emplace_back(Continue{leg.id, Continue::What::RunActions});
  }
}

void forget_suspended(Turn& turn, Leg& leg) {
  cancel_waiting(turn, leg);
  stop_eavesdropping(turn, leg);
  leave_voicemail(turn, leg);
  leg.execution.suspended.reset();
  leg.execution.running = NotRunning{};
}

}  // namespace call
