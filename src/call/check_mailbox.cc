#include "call/check_mailbox.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <utility>

#include "base/text.h"
#include "call/application_stack.h"
#include "call/message_waiting.h"
#include "call/sound_line.h"
#include "call/voicemail.h"

namespace call {
namespace {

using Step = CheckingMailbox::Step;

// Digits of a number or a pin; more are a finger that fell asleep.
constexpr std::size_t kTypedMax = 32;

CheckingMailbox& visit_of(Leg& leg) {
  return std::get<CheckingMailbox>(leg.execution.running);
}

void append(Sounds& sounds, Sounds more) {
  sounds.insert(sounds.end(), std::make_move_iterator(more.begin()),
                std::make_move_iterator(more.end()));
}

// "…, press 1".
void offer_key(Sounds& sounds, const char* what, std::string_view key) {
  if (key.empty()) return;
  append(sounds,
         {std::string("voicemail/") + what + ".wav", "voicemail/vm-press.wav", spoken_key(key)});
}

void stop_waiting(Turn& turn, const Leg& leg) {
  turn.state.deadlines.cancel(Purpose::of(Purpose::Kind::Mailbox, leg.id));
}

void wait_for_key(Turn& turn, const Leg& leg, const VoicemailProfile& profile) {
  turn.state.deadlines.arm(Purpose::of(Purpose::Kind::Mailbox, leg.id),
                           turn.now + std::chrono::milliseconds(profile.digit_timeout));
}

// ---- what is heard ------------------------------------------------------------------------------

void append_count(Sounds& sounds, std::size_t count, const char* kind) {
  append(sounds, spoken_number(static_cast<std::int64_t>(count)));
  append(sounds, {std::string("voicemail/") + kind + ".wav",
                  count == 1 ? "voicemail/vm-message.wav" : "voicemail/vm-messages.wav"});
}

Sounds counts(const MessageCount& count) {
  Sounds sounds = {"voicemail/vm-you_have.wav"};
  append_count(sounds, count.fresh, "vm-new");
  if (count.saved == 0) return sounds;
  append(sounds, {"voicemail/vm-and.wav"});
  append_count(sounds, count.saved, "vm-saved");
  return sounds;
}

Sounds menu(const MessageCount& count, const VoicemailProfile& profile) {
  Sounds sounds = counts(count);
  if (count.fresh > 0) offer_key(sounds, "vm-listen_new", profile.play_new_messages_key);
  if (count.saved > 0) offer_key(sounds, "vm-listen_saved", profile.play_saved_messages_key);
  offer_key(sounds, "vm-to_exit", profile.terminator_key);
  return sounds;
}

Sounds choices(const VoicemailProfile& profile) {
  Sounds sounds;
  offer_key(sounds, "vm-listen_to_recording", profile.listen_file_key);
  offer_key(sounds, "vm-save_message", profile.save_file_key);
  offer_key(sounds, "vm-delete_message", profile.delete_file_key);
  offer_key(sounds, "vm-next_message", profile.next_message_key);
  return sounds;
}

// Which message, of whom and when; its own sound is the last.
Sounds message_sounds(const Turn& turn, const Surroundings& around, const CheckingMailbox& visit,
                      const VoiceMessage& message) {
  Sounds sounds = {"voicemail/vm-message_number.wav"};
  append(sounds, spoken_number(static_cast<std::int64_t>(visit.at) + 1));
  Sounds caller = spoken_digits(message.caller_id_number);
  if (!caller.empty()) {
    append(sounds, {"voicemail/vm-from.wav"});
    append(sounds, std::move(caller));
  }
  append(sounds, {"voicemail/vm-received.wav"});
  append(sounds, spoken_time(around.local_time_at(message.left_at),
                             around.local_time_at(turn.state.anchor.unix_seconds(turn.now))));
  append(sounds, {message.path});
  return sounds;
}

// ---- steps --------------------------------------------------------------------------------------

void say_goodbye(Turn& turn, Leg& leg, Sounds sounds) {
  stop_waiting(turn, leg);
  CheckingMailbox& visit = visit_of(leg);
  visit.step = Step::Goodbye;
  append(sounds, {"voicemail/vm-goodbye.wav"});
  play_line(turn, leg, visit.line, std::move(sounds));
}

// Asks for the number of the box, or for the pin.
void ask(Turn& turn, Leg& leg, const VoicemailProfile& profile, Sounds sounds = {}) {
  stop_waiting(turn, leg);
  CheckingMailbox& visit = visit_of(leg);
  visit.typed.clear();
  const bool asks_box = visit.step == Step::Box;
  append(sounds, {asks_box ? "voicemail/vm-enter_id.wav" : "voicemail/vm-enter_pass.wav",
                  spoken_key(profile.terminator_key)});
  play_line(turn, leg, visit.line, std::move(sounds));
}

void enter_menu(Turn& turn, Leg& leg, const VoicemailProfile& profile, Sounds sounds = {}) {
  stop_waiting(turn, leg);
  CheckingMailbox& visit = visit_of(leg);
  visit.step = Step::Menu;
  visit.messages.clear();
  visit.at = 0;
  append(sounds, menu(turn.state.mailboxes.count(visit.box), profile));
  play_line(turn, leg, visit.line, std::move(sounds));
}

// The one that comes next and is still there, or the menu behind the last.
void play_message(Turn& turn, Surroundings& around, Leg& leg, const VoicemailProfile& profile,
                  Sounds before = {}) {
  stop_waiting(turn, leg);
  CheckingMailbox& visit = visit_of(leg);
  visit.failures = 0;
  while (visit.at < visit.messages.size()) {
    const auto* message = turn.state.mailboxes.find(visit.box, visit.messages[visit.at]);
    if (message == nullptr) {
      ++visit.at;
      continue;
    }
    visit.step = Step::Message;
    append(before, message_sounds(turn, around, visit, *message));
    return play_line(turn, leg, visit.line, std::move(before));
  }
  append(before, {"voicemail/vm-no_more_messages.wav"});
  enter_menu(turn, leg, profile, std::move(before));
}

enum class Which { New, Saved };

void choose(const Turn& turn, CheckingMailbox& visit, Which which) {
  visit.messages.clear();
  visit.at = 0;
  for (const VoiceMessage& message : turn.state.mailboxes.messages(visit.box)) {
    if ((message.read_at == 0) == (which == Which::New)) visit.messages.push_back(message.uuid);
  }
}

void listen(Turn& turn, Surroundings& around, Leg& leg, const VoicemailProfile& profile,
            Which which) {
  choose(turn, visit_of(leg), which);
  play_message(turn, around, leg, profile, {});
}

void let_in(Turn& turn, Surroundings& around, Leg& leg, const VoicemailProfile& profile) {
  CheckingMailbox& visit = visit_of(leg);
  visit.failures = 0;
  const MessageCount count = turn.state.mailboxes.count(visit.box);
  if (count.fresh == 0) return enter_menu(turn, leg, profile);
  // New messages need no key.
  choose(turn, visit, Which::New);
  play_message(turn, around, leg, profile, counts(count));
}

void turn_away(Turn& turn, Leg& leg, const VoicemailProfile& profile, const char* prompt) {
  CheckingMailbox& visit = visit_of(leg);
  if (++visit.failures >= profile.max_login_attempts) {
    turn.warn(leg, leg.name + ": voicemail of " + visit.box.text() + ": nobody is let in after " +
                       std::to_string(visit.failures) + " attempts");
    return say_goodbye(turn, leg, {"voicemail/vm-abort.wav"});
  }
  ask(turn, leg, profile, {prompt});
}

bool is_right_pin(const Turn& turn, const Surroundings& around, const Leg& leg,
                  const CheckingMailbox& visit, const VoicemailProfile& profile) {
  const DirectoryUser* user = around.directory().find(visit.box.box, visit.box.domain);
  if (user == nullptr || user->voicemail_password.empty()) {
    if (user != nullptr && profile.allow_empty_password_auth) return true;
    turn.warn(leg, leg.name + ": voicemail of " + visit.box.text() +
                       (user == nullptr ? ": no such user is in the directory, so it has no pin"
                                        : ": the user has no vm-password"));
    return false;
  }
  return visit.typed == user->voicemail_password;
}

void typed_all(Turn& turn, Surroundings& around, Leg& leg, const VoicemailProfile& profile) {
  CheckingMailbox& visit = visit_of(leg);
  if (visit.step == Step::Box) {
    if (visit.typed.empty()) return turn_away(turn, leg, profile, "voicemail/vm-fail_auth.wav");
    visit.box.box = visit.typed;
    visit.step = Step::Pin;
    return ask(turn, leg, profile);
  }
  if (is_right_pin(turn, around, leg, visit, profile)) return let_in(turn, around, leg, profile);
  turn_away(turn, leg, profile, "voicemail/vm-fail_auth.wav");
}

// ---- keys ---------------------------------------------------------------------------------------

void digit_in_menu(Turn& turn, Surroundings& around, Leg& leg, const VoicemailProfile& profile,
                   const std::string& digit) {
  if (digit == profile.play_new_messages_key) return listen(turn, around, leg, profile, Which::New);
  if (digit == profile.play_saved_messages_key)
    return listen(turn, around, leg, profile, Which::Saved);
  if (digit == profile.terminator_key) say_goodbye(turn, leg, {});
}

// While a message is heard and behind it.
void digit_about_message(Turn& turn, Surroundings& around, Leg& leg,
                         const VoicemailProfile& profile, const std::string& digit) {
  CheckingMailbox& visit = visit_of(leg);
  const std::string uuid = visit.messages[visit.at];
  if (digit == profile.listen_file_key || digit == profile.repeat_message_key) {
    return play_message(turn, around, leg, profile);
  }
  if (digit == profile.save_file_key) {
    mark_messages(turn, visit.box, uuid, MessageMark::Read);
    ++visit.at;
    return play_message(turn, around, leg, profile, {"voicemail/vm-message_saved.wav"});
  }
  if (digit == profile.delete_file_key) {
    delete_messages(turn, visit.box, uuid);
    ++visit.at;
    return play_message(turn, around, leg, profile, {"voicemail/vm-message_deleted.wav"});
  }
  if (digit == profile.next_message_key) {
    ++visit.at;
    return play_message(turn, around, leg, profile);
  }
  if (digit == profile.previous_message_key) {
    visit.at -= visit.at > 0 ? 1 : 0;
    return play_message(turn, around, leg, profile);
  }
  if (digit == profile.terminator_key) return enter_menu(turn, leg, profile);
  if (digit != profile.skip_info_key || visit.step != Step::Message) return;
  if (visit.line.waiting.empty()) return;
  play_line(turn, leg, visit.line, {std::string(visit.line.waiting.back())});
}

}  // namespace

void begin_check(Turn& turn, Surroundings& around, Leg& leg, const CheckWanted& wanted) {
  const VoicemailProfile* profile = profile_of(turn, around, leg, wanted.profile);
  if (profile == nullptr) return application_over(turn, around, leg);
  leg.execution.running = CheckingMailbox{.profile = wanted.profile, .box = wanted.box};
  CheckingMailbox& visit = visit_of(leg);
  if (visit.box.box.empty()) return ask(turn, leg, *profile, {"voicemail/vm-hello.wav"});
  visit.step = Step::Pin;
  if (wanted.is_authorized) return let_in(turn, around, leg, *profile);
  ask(turn, leg, *profile);
}

void sound_of_mailbox_ended(Turn& turn, Surroundings& around, Leg& leg,
                            const PlaybackEnded& report) {
  CheckingMailbox& visit = visit_of(leg);
  if (!line_goes_on(turn, leg, visit.line, report.playback) || !line_is_over(visit.line)) return;
  if (visit.step == Step::Goodbye) return application_over(turn, around, leg);
  const VoicemailProfile* profile = profile_of(turn, around, leg, visit.profile);
  if (profile == nullptr) return application_over(turn, around, leg);
  if (visit.step == Step::Message) {
    visit.step = Step::Choice;
    // What could not be heard stays new.
    const bool was_heard = report.how == PlaybackEnded::How::Finished;
    if (was_heard) mark_messages(turn, visit.box, visit.messages[visit.at], MessageMark::Read);
    return play_line(turn, leg, visit.line, choices(*profile));
  }
  wait_for_key(turn, leg, *profile);
}

void digit_in_mailbox(Turn& turn, Surroundings& around, Leg& leg, const std::string& digit) {
  CheckingMailbox& visit = visit_of(leg);
  const VoicemailProfile* profile = profile_of(turn, around, leg, visit.profile);
  if (profile == nullptr || visit.step == Step::Goodbye) return;
  if (visit.step == Step::Menu) return digit_in_menu(turn, around, leg, *profile, digit);
  if (visit.step != Step::Box && visit.step != Step::Pin) {
    return digit_about_message(turn, around, leg, *profile, digit);
  }
  stop_line(turn, leg, visit.line);
  if (digit == profile->terminator_key) return typed_all(turn, around, leg, *profile);
  if (visit.typed.size() < kTypedMax) visit.typed += digit;
  wait_for_key(turn, leg, *profile);
}

void mailbox_due(Turn& turn, Surroundings& around, Leg& leg) {
  CheckingMailbox& visit = visit_of(leg);
  const VoicemailProfile* profile = profile_of(turn, around, leg, visit.profile);
  if (profile == nullptr) return application_over(turn, around, leg);
  if (visit.step == Step::Box || visit.step == Step::Pin) {
    return typed_all(turn, around, leg, *profile);
  }
  if (++visit.failures >= profile->max_retries) return say_goodbye(turn, leg, {});
  if (visit.step == Step::Choice) return play_line(turn, leg, visit.line, choices(*profile));
  enter_menu(turn, leg, *profile);
}

}  // namespace call
