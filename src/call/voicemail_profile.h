// How a profile of voicemail.conf.xml treats its callers and the owners of its boxes. Values only;
// the names are those of the parameters.
#pragma once

#include <map>
#include <string>

#include "base/archive.h"

namespace call {

struct VoicemailProfile {
  std::string file_extension = "wav";
  std::string storage_dir = {};  // Empty: below the server's data directory.
  // What a caller hears before the message, a tone script.
  std::string tone_spec = "%(1000, 0, 640)";
  int record_silence_threshold = 200;  // The mean of the samples' sizes, of 32767 …
  int record_silence_hits = 2;         // … and the seconds below it that end a message.
  int min_record_len = 3;              // Seconds; a shorter message is not kept.
  int max_record_len = 300;
  int max_login_attempts = 3;
  int max_retries = 3;        // How often a menu is said to somebody who does not answer.
  int digit_timeout = 10000;  // Milliseconds.

  std::string terminator_key = "#";
  std::string login_keys = "0";  // Pressed in the greeting they lead into the box.
  std::string operator_key = {};
  std::string operator_extension = {};  // EXTENSION [DIALPLAN [CONTEXT]].
  std::string skip_greet_key = "#";
  std::string skip_info_key = "*";
  std::string play_new_messages_key = "1";
  std::string play_saved_messages_key = "2";
  std::string listen_file_key = "1";
  std::string save_file_key = "2";
  std::string delete_file_key = "7";
  std::string repeat_message_key = "0";
  std::string next_message_key = "3";
  std::string previous_message_key = "1";

  bool allow_empty_password_auth = false;

  bool operator==(const VoicemailProfile&) const = default;
};

using VoicemailProfiles = std::map<std::string, VoicemailProfile>;

void describe(base::Archive& archive, VoicemailProfile& profile);

}  // namespace call
