#include "call/leave_message.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "call/application_stack.h"
#include "call/inbound.h"
#include "call/message_waiting.h"
#include "call/recording.h"
#include "call/recording_path.h"
#include "call/sound_line.h"
#include "call/sounds.h"
#include "call/voicemail.h"

namespace call {
namespace {

using Step = LeavingMessage::Step;

LeavingMessage& leaving_of(Leg& leg) {
  return std::get<LeavingMessage>(leg.execution.running);
}

bool skips(const Leg& leg, std::string_view name) {
  return leg.variables.is_true(name);
}

// What a caller is told who leaves a message here for the first time.
Sounds instructions(const Leg& leg) {
  if (skips(leg, "skip_instructions")) return {};
  return {"voicemail/vm-record_message.wav"};
}

Sounds greeting(const Leg& leg, const BoxName& box) {
  Sounds sounds;
  const std::string_view other = leg.variables.get("voicemail_alternate_greet_id");
  Sounds digits = spoken_digits(other.empty() ? std::string_view(box.box) : other);
  if (digits.empty()) {
    sounds.emplace_back("voicemail/vm-nobodys_available.wav");
  } else {
    sounds.emplace_back("voicemail/vm-person.wav");
    sounds.insert(sounds.end(), digits.begin(), digits.end());
    sounds.emplace_back("voicemail/vm-not_available.wav");
  }
  const Sounds more = instructions(leg);
  sounds.insert(sounds.end(), more.begin(), more.end());
  return sounds;
}

std::string own_greeting(const Leg& leg, const std::string& folder) {
  const std::string_view number = leg.variables.get("voicemail_greeting_number");
  const auto chosen = base::parse_integer(number);
  return folder + "/greeting_" + std::to_string(chosen.value_or(1)) + ".wav";
}

void begin_recording(Turn& turn, Surroundings& around, Leg& leg, const VoicemailProfile& profile) {
  LeavingMessage& leaving = leaving_of(leg);
  const std::string uuid = turn.state.random.uuid();
  const std::string path = mailbox_folder(around, leaving.profile, leaving.box) + "/msg_" + uuid +
                           "." + profile.file_extension;
  RecordingStart wanted{
      .path = path, .seconds_max = profile.max_record_len, .kind = RecordingStart::Kind::Voice};
  wanted.silence_threshold = profile.record_silence_threshold;
  wanted.silence_seconds = profile.record_silence_hits;
  wanted.seconds_min = profile.min_record_len;
  wanted.message = PendingMessage{leaving.box, uuid};
  const auto begun = start_recording(turn, around, leg, wanted);
  if (begun) {
    leaving.step = Step::Recording;
    leaving.recording = *begun;
    return;
  }
  log_error(turn, leg,
            "voicemail of " + leaving.box.text() + ": no message is taken: " + begun.error());
  application_over(turn, around, leg);
}

// Enters the step; those in which nothing is to be heard are passed over.
void enter(Turn& turn, Surroundings& around, Leg& leg, Step step) {
  const VoicemailProfile* profile = profile_of(turn, around, leg, leaving_of(leg).profile);
  if (profile == nullptr) return application_over(turn, around, leg);
  LeavingMessage& leaving = leaving_of(leg);
  leaving.step = step;
  Sounds sounds;
  if (step == Step::OwnGreeting) {
    sounds = {own_greeting(leg, mailbox_folder(around, leaving.profile, leaving.box))};
  } else if (step == Step::Greeting) {
    sounds = skips(leg, "skip_greeting") ? instructions(leg) : greeting(leg, leaving.box);
  } else if (step == Step::Tone && !profile->tone_spec.empty()) {
    sounds = {"tone_stream://" + profile->tone_spec};
  }
  play_line(turn, leg, leaving.line, std::move(sounds));
  if (!line_is_over(leaving.line)) return;
  if (step == Step::Greeting) return enter(turn, around, leg, Step::Tone);
  begin_recording(turn, around, leg, *profile);
}

void line_over(Turn& turn, Surroundings& around, Leg& leg, Step step) {
  switch (step) {
    case Step::OwnGreeting: {
      // What its owner has said is the greeting; what to press is not in it.
      LeavingMessage& leaving = leaving_of(leg);
      leaving.step = Step::Greeting;
      play_line(turn, leg, leaving.line, instructions(leg));
      if (line_is_over(leaving.line)) enter(turn, around, leg, Step::Tone);
      return;
    }
    case Step::Greeting:
      return enter(turn, around, leg, Step::Tone);
    case Step::Tone: {
      const VoicemailProfile* profile = profile_of(turn, around, leg, leaving_of(leg).profile);
      if (profile == nullptr) return application_over(turn, around, leg);
      return begin_recording(turn, around, leg, *profile);
    }
    case Step::Recording:
      return;
    case Step::Thanks:
      return application_over(turn, around, leg);
  }
}

}  // namespace

void begin_message(Turn& turn, Surroundings& around, Leg& leg, const std::string& profile,
                   const BoxName& box) {
  leg.execution.running = LeavingMessage{.profile = profile, .box = box};
  if (!turn.state.mailboxes.has_room(box)) {
    turn.warn(leg, leg.name + ": voicemail of " + box.text() + ": the box is full");
    LeavingMessage& leaving = leaving_of(leg);
    leaving.step = Step::Thanks;
    return play_line(turn, leg, leaving.line, {"voicemail/vm-mailbox_full.wav"});
  }
  if (around.directory().find(box.box, box.domain) == nullptr) {
    turn.warn(leg, leg.name + ": voicemail: no user " + box.text() +
                       " is in the directory; the message is taken all the same");
  }
  enter(turn, around, leg, skips(leg, "skip_greeting") ? Step::Greeting : Step::OwnGreeting);
}

void sound_before_message_ended(Turn& turn, Surroundings& around, Leg& leg,
                                const PlaybackEnded& report) {
  LeavingMessage& leaving = leaving_of(leg);
  const Step step = leaving.step;
  const bool is_missing = report.how == PlaybackEnded::How::Unplayable;
  if (!line_goes_on(turn, leg, leaving.line, report.playback)) return;
  if (step == Step::OwnGreeting && is_missing) return enter(turn, around, leg, Step::Greeting);
  if (line_is_over(leaving.line)) line_over(turn, around, leg, step);
}

void digit_while_leaving(Turn& turn, Surroundings& around, Leg& leg, const std::string& digit) {
  LeavingMessage& leaving = leaving_of(leg);
  const VoicemailProfile* profile = profile_of(turn, around, leg, leaving.profile);
  if (profile == nullptr || leaving.step == Step::Thanks) return;
  if (leaving.step == Step::Recording) {
    if (digit == profile->terminator_key) stop_recording(turn, leg, leaving.recording);
    return;
  }
  if (leaving.step == Step::Tone) return;
  if (digit == profile->operator_key && !profile->operator_extension.empty()) {
    stop_line(turn, leg, leaving.line);
    return transfer_to_operator(turn, around, leg, *profile);
  }
  if (digit == "*" || digit == profile->login_keys) {
    stop_line(turn, leg, leaving.line);
    return begin_login(turn, around, leg, leaving.profile, leaving.box);
  }
  if (digit == profile->skip_greet_key) {
    stop_line(turn, leg, leaving.line);
    enter(turn, around, leg, Step::Tone);
  }
}

void message_recorded(Turn& turn, Surroundings& around, Leg& leg, const RecordingEnded& report) {
  auto* leaving = std::get_if<LeavingMessage>(&leg.execution.running);
  if (leaving == nullptr || leaving->recording != report.recording) return;
  const bool failed = report.how == RecordingEnded::How::Failed;
  if (failed) {
    log_error(turn, leg,
              "voicemail of " + leaving->box.text() +
                  (report.milliseconds > 0 ? ": the message is not complete: "
                                           : ": no message is taken: ") +
                  report.why);
  }
  leaving->step = Step::Thanks;
  leaving->recording = {};
  Sounds sounds;
  if (!failed && !skips(leg, "skip_instructions")) {
    const bool too_short = report.how == RecordingEnded::How::TooShort;
    sounds = {too_short ? "voicemail/vm-too-small.wav" : "voicemail/vm-msg_saved.wav"};
  }
  play_line(turn, leg, leaving->line, std::move(sounds));
  if (line_is_over(leaving->line)) application_over(turn, around, leg);
}

void keep_message(Turn& turn, const Leg& leg, const Recording& recording,
                  std::int64_t milliseconds) {
  if (!recording.message) return;
  const BoxName& box = recording.message->box;
  VoiceMessage message;
  message.uuid = recording.message->uuid;
  message.path = recording.order.path;
  message.caller_id_name = leg.caller.caller_id_name;
  message.caller_id_number = leg.caller.caller_id_number;
  message.left_at = turn.state.anchor.unix_seconds(recording.started_at);
  message.milliseconds = milliseconds;
  turn.state.mailboxes.add(box, message);
  turn.out.emplace_back(LogMade{LogMade::Level::Info,
                                leg.name + ": a message of " + std::to_string(milliseconds) +
                                    " ms lies in the box " + box.text(),
                                leg.uuid});
  tell_message_left(turn, box, message);
  tell_messages_waiting(turn, box);
}

bool is_own_greeting(const Leg& leg, base::PlaybackId playback) {
  const auto* leaving = std::get_if<LeavingMessage>(&leg.execution.running);
  return leaving != nullptr && leaving->step == Step::OwnGreeting &&
         leaving->line.playback == playback;
}

}  // namespace call
