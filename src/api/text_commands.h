// Commands about text: echo, eval, expr, md5, strftime, strftime_tz, url_encode, url_decode.
#pragma once

#include <string>
#include <string_view>

#include "api/api.h"

namespace api {

// Each takes what follows the command's name.
std::string echo(std::string_view arguments, Targets& targets);
// [uuid:UUID ]TEXT: ${…} in the text is replaced, as the leg sees it or, without one, as the
// globals say.
std::string eval(std::string_view arguments, Targets& targets);
std::string expr(std::string_view arguments, Targets& targets);
std::string md5(std::string_view arguments, Targets& targets);
// [EPOCH|]FORMAT, in the server's local time; without a format YYYY-MM-DD HH:MM:SS.
std::string format_time(std::string_view arguments, Targets& targets);
// ZONE [EPOCH|]FORMAT, by the clock of that zone.
std::string format_time_in_zone(std::string_view arguments, Targets& targets);
std::string url_encode(std::string_view arguments, Targets& targets);
std::string url_decode(std::string_view arguments, Targets& targets);

}  // namespace api
