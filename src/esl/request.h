// What the event socket asks of the core.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "base/esl_event.h"
#include "base/ids.h"

namespace esl {

// `api` and `bgapi`. Both are answered with Server::reply(); for bgapi the answer is ignored there,
// and whoever asked learns it from the event BACKGROUND_JOB.
struct ApiRequest {
  base::Ticket ticket;
  std::string command;                  // The whole text after `api `.
  std::optional<std::string> job_uuid;  // Set for bgapi.
};

// `sendmsg`. Answered with Server::reply(): `+OK`, or `-ERR invalid session id [uuid]`.
struct MessageRequest {
  base::Ticket ticket;
  std::string uuid;       // Of the leg it is for; never empty.
  base::Headers headers;  // call-command, execute-app-name …
  std::string body;
};

// `sendevent`. The client has its answer already; the event is to be published with a sequence
// number and a time of the core's.
struct EventRequest {
  base::EslEvent event;
};

using Request = std::variant<ApiRequest, MessageRequest, EventRequest>;

}  // namespace esl
