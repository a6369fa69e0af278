// The command `fifo`: who waits in the lines of the application fifo (call/fifo.h), and who serves
// them.
#pragma once

#include <string>
#include <string_view>

#include "api/api.h"

namespace api {

// list [NAME]: the lines as XML. count [NAME]: a line of text for each,
// NAME:CONSUMERS:CALLERS:0:0:IDLE CONSUMERS, as the original writes it for lines that call nobody.
std::string fifo(std::string_view arguments, Targets& targets);

}  // namespace api
