// Commands about voicemail boxes (call/mailboxes.h). A box is named user@domain; a profile before
// or behind it, as the original has it, is read over: a box belongs to all of them.
#pragma once

#include <string>
#include <string_view>

#include "api/api.h"

namespace api {

// Each takes what follows the command's name.

// [PROFILE/]USER@DOMAIN[|new|saved|new-urgent|saved-urgent|all]: how many messages.
std::string vm_boxcount(std::string_view arguments, Targets& targets);
// USER@DOMAIN[/PROFILE] [UUID]: one message, or all.
std::string vm_delete(std::string_view arguments, Targets& targets);
// USER@DOMAIN[/PROFILE]: a line for each message.
std::string vm_list(std::string_view arguments, Targets& targets);
// USER@DOMAIN[/PROFILE] read|unread [UUID]
std::string vm_read(std::string_view arguments, Targets& targets);

}  // namespace api
