#include "call/confirmation.h"

#include <algorithm>
#include <chrono>
#include <string_view>

#include "base/text.h"
#include "call/hang_up.h"
#include "call/ringing.h"
#include "call/sounds.h"

namespace call {
namespace {

// A machine that answers would be asked for ever: the original asks without end, and the agent gets
// no other call meanwhile.
constexpr int kRoundsMax = 10;
// How long the key is waited for after the prompt (group_confirm_read_timeout).
constexpr std::chrono::milliseconds kReadTimeout{5000};
constexpr std::int64_t kReadTimeoutMsMax = 60'000;

std::chrono::milliseconds read_timeout(const Leg& leg) {
  const auto ms = base::lenient_integer(leg.variables.get("group_confirm_read_timeout"));
  return ms <= 0 ? kReadTimeout : std::chrono::milliseconds(std::min(ms, kReadTimeoutMsMax));
}

void wait_for_key(Turn& turn, const Leg& leg) {
  turn.state.deadlines.arm(Purpose::of(Purpose::Kind::Confirmation, leg.id),
                           turn.now + read_timeout(leg));
}

}  // namespace

bool needs_confirmation(const Turn& turn, const Leg& leg) {
  const std::string_view key = leg.variables.get("group_confirm_key");
  if (key != "exec") return !key.empty();
  turn.warn(leg.name + ": group_confirm_key=exec is not served; nobody is asked");
  return false;
}

void begin_confirmation(Turn& turn, Leg& leg) {
  if (leg.variables.is_true("group_confirm_cancel_timeout")) {
    turn.state.deadlines.cancel(Purpose::of(Purpose::Kind::OriginateTimeout, leg.offer));
  }
  leg.execution.running = Confirming{};
  ask_for_key(turn, leg);
}

void ask_for_key(Turn& turn, Leg& leg) {
  auto& asked = std::get<Confirming>(leg.execution.running);
  if (++asked.rounds > kRoundsMax) return end_leg(turn, leg, Cause::NoAnswer, EndedBy::Us);
  asked.typed.clear();
  const std::string file(leg.variables.get("group_confirm_file"));
  if (file.empty() || !asked.is_prompt_playable) return wait_for_key(turn, leg);
  turn.state.deadlines.cancel(Purpose::of(Purpose::Kind::Confirmation, leg.id));
  asked.prompt = play_sound(turn, leg, file, Repeat::Once);
}

void prompt_ended(Turn& turn, Leg& leg, const PlaybackEnded& report) {
  auto& asked = std::get<Confirming>(leg.execution.running);
  if (asked.prompt != report.playback) return;
  asked.prompt = {};
  // One that cannot be played is not tried again; the key still counts.
  asked.is_prompt_playable = report.how == PlaybackEnded::How::Finished;
  wait_for_key(turn, leg);
}

void key_pressed(Turn& turn, Surroundings& around, Leg& leg, const std::string& digit) {
  auto& asked = std::get<Confirming>(leg.execution.running);
  const std::string_view key = leg.variables.get("group_confirm_key");
  asked.typed += digit;
  if (key.substr(0, asked.typed.size()) != asked.typed) {
    stop_sound(turn, leg);
    return ask_for_key(turn, leg);
  }
  if (asked.typed != key) return;
  stop_sound(turn, leg);
  turn.state.deadlines.cancel(Purpose::of(Purpose::Kind::Confirmation, leg.id));
  leg.execution.running = NotRunning{};
  phone_wins(turn, around, leg);
}

}  // namespace call
