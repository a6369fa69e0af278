#include "call/message_waiting.h"

#include <utility>

namespace call {
namespace {

// Urgent ones, which nobody can leave here, stand in parentheses (RFC 3842 §5.2).
std::string counts_text(const MessageCount& count) {
  return std::to_string(count.fresh) + "/" + std::to_string(count.saved) + " (0/0)";
}

const char* yes_or_no(const MessageCount& count) {
  return count.fresh > 0 ? "yes" : "no";
}

base::EslEvent maintenance(std::string_view action, const BoxName& box) {
  base::EslEvent event;
  event.name = "CUSTOM";
  event.subclass = "vm::maintenance";
  event.add("VM-Action", action);
  event.add("VM-User", box.box);
  event.add("VM-Domain", box.domain);
  return event;
}

NotifyPhone notify(const Binding& phone, const BoxName& box, const MessageCount& count) {
  NotifyPhone order;
  order.profile = phone.profile;
  order.request_uri = phone.uri;
  order.next_hop = phone.source + (phone.over_tcp ? ";transport=tcp" : "");
  order.address = box.text();
  order.event = "message-summary";
  order.content_type = "application/simple-message-summary";
  order.body = std::string("Messages-Waiting: ") + yes_or_no(count) +
               "\r\nMessage-Account: sip:" + box.text() +
               "\r\nVoice-Message: " + counts_text(count) + "\r\n";
  return order;
}

}  // namespace

void tell_message_left(Turn& turn, const BoxName& box, const VoiceMessage& message) {
  base::EslEvent event = maintenance("leave-message", box);
  event.add("VM-Caller-ID-Name", message.caller_id_name);
  event.add("VM-Caller-ID-Number", message.caller_id_number);
  event.add("VM-File-Path", message.path);
  event.add("VM-Folder", "inbox");
  event.add("VM-UUID", message.uuid);
  event.add("VM-Message-Len", std::to_string(message.milliseconds / 1000));
  event.add("VM-Timestamp", std::to_string(message.left_at));
  turn.out.emplace_back(EventMade{std::move(event)});
}

void tell_messages_waiting(Turn& turn, const BoxName& box) {
  const MessageCount count = turn.state.mailboxes.count(box);
  base::EslEvent update = maintenance("mwi-update", box);
  update.add("VM-Total-New-Messages", std::to_string(count.fresh));
  update.add("VM-Total-Saved-Messages", std::to_string(count.saved));
  update.add("VM-Total-New-Urgent-Messages", "0");
  update.add("VM-Total-Saved-Urgent-Messages", "0");
  turn.out.emplace_back(EventMade{std::move(update)});
  base::EslEvent waiting;
  waiting.name = "MESSAGE_WAITING";
  waiting.add("MWI-Messages-Waiting", yes_or_no(count));
  waiting.add("MWI-Message-Account", box.text());
  waiting.add("MWI-Voice-Message", counts_text(count));
  turn.out.emplace_back(EventMade{std::move(waiting)});
  for (const Binding* phone : turn.state.registrations.find(box.box, box.domain)) {
    turn.out.emplace_back(notify(*phone, box, count));
  }
}

void tell_phones(Turn& turn, const BoxName& box, const std::vector<Binding>& phones) {
  if (!turn.state.mailboxes.is_known(box)) return;
  const MessageCount count = turn.state.mailboxes.count(box);
  for (const Binding& phone : phones) turn.out.emplace_back(notify(phone, box, count));
}

std::size_t mark_messages(Turn& turn, const BoxName& box, const std::string& uuid,
                          MessageMark mark) {
  const std::int64_t at = mark == MessageMark::New ? 0 : turn.state.anchor.unix_seconds(turn.now);
  std::size_t found = 0;
  bool has_changed = false;
  const std::vector<VoiceMessage> messages = turn.state.mailboxes.messages(box);
  for (const VoiceMessage& message : messages) {
    if (!uuid.empty() && message.uuid != uuid) continue;
    ++found;
    if ((message.read_at == 0) == (mark == MessageMark::New)) continue;
    turn.state.mailboxes.mark_read(box, message.uuid, at);
    has_changed = true;
  }
  if (has_changed) tell_messages_waiting(turn, box);
  return found;
}

std::size_t delete_messages(Turn& turn, const BoxName& box, const std::string& uuid) {
  const auto removed = turn.state.mailboxes.remove(box, uuid);
  for (const VoiceMessage& message : removed) {
    turn.out.emplace_back(RemoveRecording{message.path});
  }
  if (!removed.empty()) tell_messages_waiting(turn, box);
  return removed.size();
}

}  // namespace call
