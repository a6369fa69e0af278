#include "config/voicemail_section.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "config/parameters.h"

namespace config {
namespace {

// A sample is no larger.
constexpr Range kThreshold = {0, 32'767};
// Nobody waits longer for somebody who is silent.
constexpr Range kSilenceSeconds = {0, 60};
// A day: the longest message, and the longest that is thrown away.
constexpr Range kMessageSeconds = {0, 86'400};
constexpr Range kAttempts = {1, 100};
constexpr Range kTimeoutMs = {500, 600'000};

// Kinds of files that media writes and can be read while they grow.
constexpr std::string_view kExtensions = "wav au aiff";

bool is_key(std::string_view text) {
  constexpr std::string_view kKeys = "0123456789*#ABCD";
  return text.size() == 1 && kKeys.find(text) != std::string_view::npos;
}

class ProfileReader {
 public:
  ProfileReader(const Element& element, const std::string& name, Problems& problems)
      : what_("voicemail " + name), problems_(problems), parameters_(element, what_, problems) {}

  call::VoicemailProfile read() {
    read_extension();
    parameters_.text("storage-dir", profile_.storage_dir);
    check_storage();
    parameters_.text("tone-spec", profile_.tone_spec);
    parameters_.integer("record-silence-threshold", kThreshold, profile_.record_silence_threshold);
    parameters_.integer("record-silence-hits", kSilenceSeconds, profile_.record_silence_hits);
    parameters_.integer("min-record-len", kMessageSeconds, profile_.min_record_len);
    parameters_.integer("max-record-len", kMessageSeconds, profile_.max_record_len);
    parameters_.integer("max-login-attempts", kAttempts, profile_.max_login_attempts);
    parameters_.integer("max-retries", kAttempts, profile_.max_retries);
    parameters_.integer("digit-timeout", kTimeoutMs, profile_.digit_timeout);
    parameters_.boolean("allow-empty-password-auth", profile_.allow_empty_password_auth);
    parameters_.text("operator-extension", profile_.operator_extension);
    profile_.operator_extension = base::trim(profile_.operator_extension);
    read_keys();
    // Greetings, names and pins are not recorded and changed by phone, and nothing is mailed.
    parameters_.not_supported_yet({"callback-context",
                                   "callback-dialplan",
                                   "change-pass-key",
                                   "choose-greeting-key",
                                   "config-menu-key",
                                   "email-key",
                                   "ff-key",
                                   "forward-message-key",
                                   "listen-name-key",
                                   "main-menu-key",
                                   "odbc-dsn",
                                   "pause-key",
                                   "play-date-announcement",
                                   "prepend-forward-key",
                                   "record-file-key",
                                   "record-greeting-key",
                                   "record-name-key",
                                   "restart-key",
                                   "rew-key",
                                   "undelete-file-key",
                                   "urgent-key",
                                   "vmain-extension",
                                   "vmain-key",
                                   "web-template-file"});
    parameters_.finish();
    return std::move(profile_);
  }

 private:
  void key(std::string_view name, std::string& target) {
    const auto* const given = parameters_.find(name);
    if (given == nullptr) return;
    if (is_key(given->value) || given->value.empty()) {
      target = given->value;
    } else {
      problems_.warning(given->place, what_ + ": " + std::string(name) + " is \"" + given->value +
                                          "\", expected one key of a phone; " +
                                          (target.empty() ? "none" : target) + " is used");
    }
  }

  void read_keys() {
    key("terminator-key", profile_.terminator_key);
    key("login-keys", profile_.login_keys);
    key("operator-key", profile_.operator_key);
    key("skip-greet-key", profile_.skip_greet_key);
    key("skip-info-key", profile_.skip_info_key);
    key("play-new-messages-key", profile_.play_new_messages_key);
    key("play-saved-messages-key", profile_.play_saved_messages_key);
    key("listen-file-key", profile_.listen_file_key);
    key("save-file-key", profile_.save_file_key);
    key("delete-file-key", profile_.delete_file_key);
    key("repeat-message-key", profile_.repeat_message_key);
    key("next-message-key", profile_.next_message_key);
    key("previous-message-key", profile_.previous_message_key);
  }

  void read_extension() {
    const auto* const given = parameters_.find("file-extension");
    if (given == nullptr) return;
    const auto known = base::split(kExtensions, ' ');
    const std::string wanted = base::to_lower(given->value);
    if (std::find(known.begin(), known.end(), wanted) != known.end()) {
      profile_.file_extension = wanted;
    } else {
      problems_.warning(given->place, what_ + ": file-extension is \"" + given->value +
                                          "\", expected one of " + std::string(kExtensions) +
                                          "; wav is used");
    }
  }

  // A relative one would lie wherever the server was started.
  void check_storage() {
    if (profile_.storage_dir.empty() || profile_.storage_dir.front() == '/') return;
    const auto* const given = parameters_.find("storage-dir");
    problems_.error(given->place, what_ + ": storage-dir is \"" + profile_.storage_dir +
                                      "\", expected an absolute path");
  }

  std::string what_;
  Problems& problems_;
  Parameters parameters_;
  call::VoicemailProfile profile_;
};

}  // namespace

call::VoicemailProfiles read_voicemail(const Element& configuration, Problems& problems) {
  call::VoicemailProfiles profiles;
  for (const auto& group : configuration.children) {
    if (group.name != "profiles") continue;
    for (const auto& profile : group.children) {
      const std::string* const name = profile.attribute("name");
      if (profile.name != "profile" || name == nullptr || name->empty()) {
        problems.error(profile.place, "voicemail: <" + profile.name +
                                          "> in <profiles>, expected <profile name=…>");
      } else if (profiles.contains(*name)) {
        problems.warning(profile.place,
                         "voicemail " + *name + " is defined twice; the first one is used");
      } else {
        profiles[*name] = ProfileReader(profile, *name, problems).read();
      }
    }
  }
  return profiles;
}

}  // namespace config
