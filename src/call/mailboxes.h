// Voicemail boxes: who left which message, where it lies, and whether it was heard.
//
// Part of the state of the calls, so a message outlives a crash as a caller's place does; the sound
// is a file that media writes. A box comes into being with its first message: it needs no user of
// the directory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/archive.h"

namespace call {

// More in one box: somebody's machine calls. A caller is told that the box is full.
inline constexpr std::size_t kMessagesPerBoxMax = 1000;
// All of them are in every snapshot, some 400 bytes each.
inline constexpr std::size_t kMessagesMax = 20'000;
// Longer names of boxes and domains are refused.
inline constexpr std::size_t kBoxNameLengthMax = 128;

// Domain and name, as they were written.
struct BoxName {
  std::string domain;
  std::string box;

  std::string text() const { return box + "@" + domain; }
  auto operator<=>(const BoxName&) const = default;
};

struct VoiceMessage {
  std::string uuid;
  std::string path;  // Of its file; absolute.
  std::string caller_id_name;
  std::string caller_id_number;
  std::int64_t left_at = 0;  // Unix seconds …
  std::int64_t read_at = 0;  // … and when it was heard and kept; 0: it is new.
  std::int64_t milliseconds = 0;
};

struct MessageCount {
  std::size_t fresh = 0;
  std::size_t saved = 0;
};

class Mailboxes {
 public:
  // Returns: false when there is no room.
  bool has_room(const BoxName& name) const;
  // Requires: has_room() was asked; a message more than there is room for is kept all the same.
  void add(const BoxName& name, VoiceMessage message);
  // At 0: it is new again. Returns: false when there is no such message.
  bool mark_read(const BoxName& name, std::string_view uuid, std::int64_t at);
  // Takes out one message, or with an empty uuid all. The box stays known. Returns: what was taken
  // out; the files are the caller's to remove.
  std::vector<VoiceMessage> remove(const BoxName& name, std::string_view uuid);

  // The oldest first; empty when there is no such box. Lifetime: until the next change.
  const std::vector<VoiceMessage>& messages(const BoxName& name) const;
  // nullptr: there is none.
  const VoiceMessage* find(const BoxName& name, std::string_view uuid) const;
  // Whether there is, or was, a message in it.
  bool is_known(const BoxName& name) const { return boxes_.contains({name.domain, name.box}); }
  MessageCount count(const BoxName& name) const;
  std::size_t size() const { return size_; }

  friend void describe(base::Archive& archive, Mailboxes& mailboxes);

 private:
  using Key = std::pair<std::string, std::string>;  // (domain, box)
  VoiceMessage* message_of(const BoxName& name, std::string_view uuid);

  std::map<Key, std::vector<VoiceMessage>> boxes_;
  std::size_t size_ = 0;
};

void describe(base::Archive& archive, BoxName& name);
void describe(base::Archive& archive, VoiceMessage& message);
void describe(base::Archive& archive, Mailboxes& mailboxes);

}  // namespace call
