// What programs send with `sendmsg` and `sendevent`: orders for one leg, and events.
#pragma once

#include <string>

#include "api/api.h"
#include "base/esl_event.h"

namespace api {

struct Message {
  std::string uuid;  // Of the leg it is for.
  base::Headers headers;
  std::string body;
};

// Carries a message out: call-command execute (execute-app-name, execute-app-arg or the body,
// loops) or hangup (hangup-cause). As in the original all that is understood or not is answered
// "+OK" when there is such a leg; what is not understood gets a line in the log.
std::string send_message(const Message& message, Targets& targets);

// What an event that somebody sent asks for: a PRESENCE_PROBE to callcenter+QUEUE@DOMAIN makes the
// queue's PRESENCE_IN (spec/06 §4). All others ask for nothing.
void answer_event(const base::EslEvent& event, Targets& targets);

}  // namespace api
