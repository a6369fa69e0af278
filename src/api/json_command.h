// The command `json`: requests and replies as JSON objects (spec/05 §6). It only reads.
#pragma once

#include <string>
#include <string_view>

#include "base/time.h"
#include "queue/row_view.h"

namespace api {

// `arguments` is the request: {"command":"callcenter_config","data":{"arguments":"agent list"}}.
// Returns: the request with `status`, `message` and `response` added, or an `-ERR` text when it is
// not JSON.
std::string json_command(std::string_view arguments, const queue::RowView& rows, base::Instant now);

}  // namespace api
