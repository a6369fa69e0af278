// sched_api and its kin: commands that run at another time (schedule.h).
#pragma once

#include <string>
#include <string_view>

#include "api/api.h"
#include "api/schedule.h"
#include "base/esl_event.h"

namespace api {

// Each takes what follows the command's name. A time is +SECONDS from now, a Unix second, or
// @SECONDS: again and again.

// TIME GROUP COMMAND. A trailing & is allowed and means nothing: no command waits for another.
std::string sched_api(std::string_view arguments, Targets& targets);
// ID|GROUP
std::string sched_del(std::string_view arguments, Targets& targets);
// TIME UUID [CAUSE]
std::string sched_hangup(std::string_view arguments, Targets& targets);
// TIME UUID EXTENSION [DIALPLAN [CONTEXT]]
std::string sched_transfer(std::string_view arguments, Targets& targets);
// TIME UUID SOUND|APPLICATION::DATA [aleg|bleg|both]
std::string sched_broadcast(std::string_view arguments, Targets& targets);

// ADD_SCHEDULE, EXE_SCHEDULE or DEL_SCHEDULE.
base::EslEvent task_event(std::string_view name, const Task& task, const base::WallAnchor& anchor);

}  // namespace api
