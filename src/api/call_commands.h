// Commands about legs: hupall, callcenter_break and those that begin with uuid_.
#pragma once

#include <string>
#include <string_view>

#include "api/api.h"

namespace api {

// Each takes what follows the command's name.
std::string hang_up_all(std::string_view arguments, Targets& targets);
std::string uuid_exists(std::string_view arguments, Targets& targets);
std::string uuid_getvar(std::string_view arguments, Targets& targets);
std::string uuid_setvar(std::string_view arguments, Targets& targets);
std::string uuid_kill(std::string_view arguments, Targets& targets);
// UUID [-bleg|-both] EXTENSION [DIALPLAN [CONTEXT]]
std::string uuid_transfer(std::string_view arguments, Targets& targets);
// UUID SOUND|APPLICATION::DATA [aleg|bleg|both|holdb]
std::string uuid_broadcast(std::string_view arguments, Targets& targets);
// UUID [all]
std::string uuid_bridge(std::string_view arguments, Targets& targets);
std::string uuid_hold(std::string_view arguments, Targets& targets);
std::string uuid_break(std::string_view arguments, Targets& targets);
// UUID start|stop|mask|unmask PATH|all [SECONDS]
std::string uuid_record(std::string_view arguments, Targets& targets);
// UUID [plain|json]: all that is known about a leg, as the event CHANNEL_DATA.
std::string uuid_dump(std::string_view arguments, Targets& targets);
// agent UUID: the conversation goes on, and the queue no longer watches it (spec/05 §5).
std::string callcenter_break(std::string_view arguments, Targets& targets);

}  // namespace api
