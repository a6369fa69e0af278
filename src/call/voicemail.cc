#include "call/voicemail.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"
#include "call/application_stack.h"
#include "call/check_mailbox.h"
#include "call/inbound.h"
#include "call/leave_message.h"
#include "call/recording.h"
#include "call/recording_path.h"
#include "call/sound_line.h"
#include "call/sounds.h"

namespace call {
namespace {

constexpr std::string_view kPlace = "voicemail_dir";
// What a line of the log shows of a text that a caller may have chosen.
constexpr std::size_t kLoggedMax = 80;
// Of a part of a path: a name of a file may have 255 bytes.
constexpr std::size_t kFolderNameMax = 64;

struct Wanted {
  bool checks = false;
  bool is_authorized = false;
  std::string profile;
  BoxName box;
};

bool is_name(std::string_view text) {
  return text.size() <= kBoxNameLengthMax && std::all_of(text.begin(), text.end(), [](char c) {
           return static_cast<unsigned char>(c) > ' ' && c != 0x7f;
         });
}

// Returns: why not.
base::Result<Wanted> read(std::string_view data) {
  std::vector<std::string> words = base::split(data, ' ');
  std::erase(words, "");
  Wanted wanted;
  while (!words.empty()) {
    const bool checks = base::equal_ignoring_case(words[0], "check");
    const bool is_authorized = base::equal_ignoring_case(words[0], "auth");
    if (!checks && !is_authorized) break;
    wanted.checks = wanted.checks || checks;
    wanted.is_authorized = wanted.is_authorized || is_authorized;
    words.erase(words.begin());
  }
  const std::size_t least = wanted.checks ? 2 : 3;
  if (words.size() < least || words.size() > 3) {
    return base::failure(std::string("expected [check] [auth] <profile> <domain> <box>"));
  }
  if (!std::all_of(words.begin(), words.end(), is_name)) {
    return base::failure(std::string("a name is too long, or holds control characters"));
  }
  wanted.profile = words[0];
  wanted.box.domain = words[1];
  if (words.size() > 2) wanted.box.box = words[2];
  return wanted;
}

std::string as_folder(std::string_view name) {
  const std::string folder = as_part_of_name(name.substr(0, kFolderNameMax));
  return folder.empty() ? "_" : folder;
}

}  // namespace

void run_voicemail(Turn& turn, Surroundings& around, Leg& leg, const std::string& data) {
  const auto wanted = read(data);
  if (!wanted) return log_error(turn, leg, "voicemail: " + wanted.error());
  if (profile_of(turn, around, leg, wanted->profile) == nullptr) return;
  answer_leg(turn, leg);
  if (leg.is_ending()) return;
  if (!wanted->checks) return begin_message(turn, around, leg, wanted->profile, wanted->box);
  const bool is_authorized = wanted->is_authorized || leg.variables.is_true("voicemail_authorized");
  begin_check(turn, around, leg, {wanted->profile, wanted->box, is_authorized});
}

void leave_voicemail(Turn& turn, Leg& leg) {
  auto& running = leg.execution.running;
  if (const auto* voice = std::get_if<RecordingMessage>(&running)) {
    stop_recording(turn, leg, voice->recording);
  } else if (const auto* leaving = std::get_if<LeavingMessage>(&running)) {
    stop_recording(turn, leg, leaving->recording);
  } else if (!leg.runs<CheckingMailbox>()) {
    return;
  }
  turn.state.deadlines.cancel(Purpose::of(Purpose::Kind::Mailbox, leg.id));
  running = NotRunning{};
}

bool break_voicemail(Turn& turn, Surroundings& around, Leg& leg) {
  if (const auto* voice = std::get_if<RecordingMessage>(&leg.execution.running)) {
    stop_recording(turn, leg, voice->recording);
    return true;
  }
  const auto* leaving = std::get_if<LeavingMessage>(&leg.execution.running);
  if (leaving != nullptr && leaving->step == LeavingMessage::Step::Recording) {
    stop_recording(turn, leg, leaving->recording);
    return true;
  }
  const SoundLine* line = line_of(leg);
  if (line == nullptr) return false;
  if (line_is_over(*line)) return true;
  stop_sound(turn, leg);
  const PlaybackEnded heard{leg.id, line->playback, PlaybackEnded::How::Finished, {}};
  if (leaving != nullptr) {
    sound_before_message_ended(turn, around, leg, heard);
  } else {
    sound_of_mailbox_ended(turn, around, leg, heard);
  }
  return true;
}

std::string mailbox_folder(const Surroundings& around, std::string_view profile,
                           const BoxName& box) {
  std::string place;
  const auto known = around.voicemail_profiles().find(std::string(profile));
  if (known != around.voicemail_profiles().end()) place = known->second.storage_dir;
  if (place.empty()) {
    const auto global = around.globals().find(std::string(kPlace));
    if (global != around.globals().end()) place = global->second;
    place += "/" + as_folder(profile);
  }
  return place + "/" + as_folder(box.domain) + "/" + as_folder(box.box);
}

const VoicemailProfile* profile_of(const Turn& turn, const Surroundings& around, const Leg& leg,
                                   const std::string& profile) {
  const auto found = around.voicemail_profiles().find(profile);
  if (found != around.voicemail_profiles().end()) return &found->second;
  turn.out.emplace_back(LogMade{LogMade::Level::Error,
                                leg.name + ": voicemail: there is no profile " +
                                    profile.substr(0, kLoggedMax) +
                                    " in voicemail.conf.xml; the dialplan goes on",
                                leg.uuid});
  return nullptr;
}

void log_error(Turn& turn, const Leg& leg, const std::string& text) {
  turn.out.emplace_back(LogMade{LogMade::Level::Error, leg.name + ": " + text, leg.uuid});
}

void transfer_to_operator(Turn& turn, Surroundings& around, Leg& leg,
                          const VoicemailProfile& profile) {
  std::vector<std::string> words = base::split(profile.operator_extension, ' ');
  std::erase(words, "");
  if (words.empty()) return application_over(turn, around, leg);
  transfer_leg(turn, around, leg, {words[0], words.size() > 2 ? words[2] : std::string()});
  run_applications(turn, around, leg);
}

void begin_login(Turn& turn, Surroundings& around, Leg& leg, const std::string& profile,
                 const BoxName& box) {
  // Copies: what runs on the leg holds both.
  begin_check(turn, around, leg, {std::string(profile), BoxName(box), false});
}

}  // namespace call
