// What others are told of voicemail boxes: events, and NOTIFYs to the phones of their owners (RFC
// 3842).
#pragma once

#include <string>
#include <vector>

#include "call/turn.h"

namespace call {

// A message has been left.
void tell_message_left(Turn& turn, const BoxName& box, const VoiceMessage& message);
// The counts of a box are other ones now: events, and a NOTIFY to each phone of its owner.
void tell_messages_waiting(Turn& turn, const BoxName& box);
// These phones have registered for the user of a box: their lamps may be wrong.
void tell_phones(Turn& turn, const BoxName& box, const std::vector<Binding>& phones);

enum class MessageMark { New, Read };
// With an empty uuid all messages of the box. Returns: how many there were; others are told when
// one of them has changed.
std::size_t mark_messages(Turn& turn, const BoxName& box, const std::string& uuid,
                          MessageMark mark);
// The same; their files are removed.
std::size_t delete_messages(Turn& turn, const BoxName& box, const std::string& uuid);

}  // namespace call
