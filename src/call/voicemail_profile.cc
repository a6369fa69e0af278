#include "call/voicemail_profile.h"

namespace call {

void describe(base::Archive& archive, VoicemailProfile& profile) {
  archive.field("file_extension", profile.file_extension);
  archive.field("storage_dir", profile.storage_dir);
  archive.field("tone_spec", profile.tone_spec);
  archive.field("record_silence_threshold", profile.record_silence_threshold);
  archive.field("record_silence_hits", profile.record_silence_hits);
  archive.field("min_record_len", profile.min_record_len);
  archive.field("max_record_len", profile.max_record_len);
  archive.field("max_login_attempts", profile.max_login_attempts);
  archive.field("max_retries", profile.max_retries);
  archive.field("digit_timeout", profile.digit_timeout);
  archive.field("terminator_key", profile.terminator_key);
  archive.field("login_keys", profile.login_keys);
  archive.field("operator_key", profile.operator_key);
  archive.field("operator_extension", profile.operator_extension);
  archive.field("skip_greet_key", profile.skip_greet_key);
  archive.field("skip_info_key", profile.skip_info_key);
  archive.field("play_new_messages_key", profile.play_new_messages_key);
  archive.field("play_saved_messages_key", profile.play_saved_messages_key);
  archive.field("listen_file_key", profile.listen_file_key);
  archive.field("save_file_key", profile.save_file_key);
  archive.field("delete_file_key", profile.delete_file_key);
  archive.field("repeat_message_key", profile.repeat_message_key);
  archive.field("next_message_key", profile.next_message_key);
  archive.field("previous_message_key", profile.previous_message_key);
  archive.field("allow_empty_password_auth", profile.allow_empty_password_auth);
}

}  // namespace call
