#include "call/playback.h"

#include "base/text.h"
#include "call/announcement.h"
#include "call/application_stack.h"
#include "call/callcenter.h"
#include "call/check_mailbox.h"
#include "call/collecting.h"
#include "call/confirmation.h"
#include "call/fifo.h"
#include "call/inbound.h"
#include "call/leave_message.h"
#include "call/prompts.h"
#include "call/sounds.h"

namespace call {
namespace {

void play(Turn& turn, Leg& leg, const std::string& data, Repeat repeat) {
  const std::string_view source = base::trim(data);
  if (source.empty()) return turn.warn(leg, leg.name + ": playback without a sound");
  // A call that is not answered yet hears it as early media.
  progress_leg(turn, leg);
  leg.execution.running = Playing{play_sound(turn, leg, source, repeat)};
}

}  // namespace

void run_playback(Turn& turn, Surroundings&, Leg& leg, const std::string& data) {
  play(turn, leg, data, Repeat::Once);
}

void run_phrase(Turn& turn, Surroundings&, Leg& leg, const std::string& data) {
  if (base::trim(data).empty()) return turn.warn(leg, leg.name + ": phrase without a name");
  play(turn, leg, "phrase:" + data, Repeat::Once);
}

void run_say(Turn& turn, Surroundings&, Leg& leg, const std::string& data) {
  if (base::trim(data).empty()) return turn.warn(leg, leg.name + ": say without a text");
  play(turn, leg, "say:" + data, Repeat::Once);
}

void run_gentones(Turn& turn, Surroundings&, Leg& leg, const std::string& data) {
  const std::string_view script = base::trim(data);
  if (script.empty()) return turn.warn(leg, leg.name + ": gentones without a script");
  const std::size_t bar = script.rfind('|');
  std::string source = "tone_stream://" + std::string(script.substr(0, bar));
  if (bar != std::string_view::npos) source += ";loops=" + std::string(script.substr(bar + 1));
  play(turn, leg, source, Repeat::Once);
}

void run_endless_playback(Turn& turn, Surroundings&, Leg& leg, const std::string& data) {
  play(turn, leg, data, Repeat::ForEver);
}

void playback_ended(Turn& turn, Surroundings& around, Leg& leg, const PlaybackEnded& report) {
  // One that was replaced or stopped meanwhile is old news.
  if (!leg.hears || leg.hears->playback != report.playback) return;
  const bool is_unplayable = report.how == PlaybackEnded::How::Unplayable;
  if (is_unplayable && !is_own_greeting(leg, report.playback)) {
    turn.warn(leg, leg.name + ": cannot play " + leg.hears->source + ": " + report.why);
  }
  sound_over(turn, leg, report.how == PlaybackEnded::How::Finished ? "done" : "error");
  if (aside_ended(turn, leg, report.playback)) return;
  if (leg.runs<Confirming>()) return prompt_ended(turn, leg, report);
  if (leg.runs<Prompted>()) {
    if (prompts_ended(turn, leg, report.playback)) prompts_over(turn, around, leg);
    return;
  }
  if (leg.runs<LeavingMessage>()) return sound_before_message_ended(turn, around, leg, report);
  if (leg.runs<CheckingMailbox>()) return sound_of_mailbox_ended(turn, around, leg, report);
  if (leg.runs<InQueue>()) return sound_in_queue_ended(turn, leg, report);
  if (is_in_fifo(leg)) return sound_in_fifo_ended(turn, around, leg, report.playback);
  if (leg.runs<Collecting>()) {
    return sound_while_collecting_ended(turn, around, leg, report.playback);
  }
  const Playing* playing = std::get_if<Playing>(&leg.execution.running);
  if (playing == nullptr || playing->playback != report.playback) return;
  application_over(turn, around, leg);
}

bool ends_sound(const Leg& leg, std::string_view digit) {
  const std::string* set = leg.variables.find("playback_terminators");
  const std::string terminators = set == nullptr ? "*" : *set;
  if (terminators == "any") return true;
  return terminators != "none" && terminators.find(digit) != std::string::npos;
}

bool digit_while_playing(Turn& turn, Surroundings& around, Leg& leg, const std::string& digit) {
  if (!ends_sound(leg, digit)) return false;
  leg.variables.set("playback_terminator_used", digit);
  stop_sound(turn, leg);
  application_over(turn, around, leg);
  return true;
}

}  // namespace call
