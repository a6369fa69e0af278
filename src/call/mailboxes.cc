#include "call/mailboxes.h"

#include <algorithm>
#include <iterator>

namespace call {

bool Mailboxes::has_room(const BoxName& name) const {
  return messages(name).size() < kMessagesPerBoxMax && size_ < kMessagesMax;
}

void Mailboxes::add(const BoxName& name, VoiceMessage message) {
  boxes_[{name.domain, name.box}].push_back(std::move(message));
  ++size_;
}

bool Mailboxes::mark_read(const BoxName& name, std::string_view uuid, std::int64_t at) {
  VoiceMessage* message = message_of(name, uuid);
  if (message == nullptr) return false;
  message->read_at = at;
  return true;
}

std::vector<VoiceMessage> Mailboxes::remove(const BoxName& name, std::string_view uuid) {
  std::vector<VoiceMessage> removed;
  const auto box = boxes_.find({name.domain, name.box});
  if (box == boxes_.end()) return removed;
  std::vector<VoiceMessage> kept;
  for (VoiceMessage& message : box->second) {
    (uuid.empty() || message.uuid == uuid ? removed : kept).push_back(std::move(message));
  }
  box->second = std::move(kept);
  size_ -= removed.size();
  return removed;
}

const std::vector<VoiceMessage>& Mailboxes::messages(const BoxName& name) const {
  static const std::vector<VoiceMessage> none;
  const auto box = boxes_.find({name.domain, name.box});
  return box == boxes_.end() ? none : box->second;
}

const VoiceMessage* Mailboxes::find(const BoxName& name, std::string_view uuid) const {
  const auto& all = messages(name);
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const VoiceMessage& one) { return one.uuid == uuid; });
  return found == all.end() ? nullptr : &*found;
}

VoiceMessage* Mailboxes::message_of(const BoxName& name, std::string_view uuid) {
  const auto box = boxes_.find({name.domain, name.box});
  if (box == boxes_.end()) return nullptr;
  const auto found = std::find_if(box->second.begin(), box->second.end(),
                                  [&](const VoiceMessage& one) { return one.uuid == uuid; });
  return found == box->second.end() ? nullptr : &*found;
}

MessageCount Mailboxes::count(const BoxName& name) const {
  MessageCount count;
  for (const VoiceMessage& message : messages(name)) {
    ++(message.read_at == 0 ? count.fresh : count.saved);
  }
  return count;
}

void describe(base::Archive& archive, BoxName& name) {
  archive.field("domain", name.domain);
  archive.field("box", name.box);
}

void describe(base::Archive& archive, VoiceMessage& message) {
  archive.field("uuid", message.uuid);
  archive.field("path", message.path);
  archive.field("caller_id_name", message.caller_id_name);
  archive.field("caller_id_number", message.caller_id_number);
  archive.field("left_at", message.left_at);
  archive.field("read_at", message.read_at);
  archive.field("milliseconds", message.milliseconds);
}

void describe(base::Archive& archive, Mailboxes& mailboxes) {
  archive.field("boxes", mailboxes.boxes_);
  if (!archive.loading()) return;
  mailboxes.size_ = 0;
  for (const auto& [key, messages] : mailboxes.boxes_) mailboxes.size_ += messages.size();
}

}  // namespace call
