// Lines of the server's log as clients get them that asked with `log LEVEL`.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace esl {

// The numbers of the protocol; the higher, the less important.
enum class LogLevel {
  Console = 0,
  Alert = 1,
  Critical = 2,
  Error = 3,
  Warning = 4,
  Notice = 5,
  Info = 6,
  Debug = 7,
};

// A name in any case (CONSOLE, ALERT, CRIT, ERR, WARNING, NOTICE, INFO, DEBUG) or its number.
std::optional<LogLevel> parse_log_level(std::string_view word);

struct LogLine {
  LogLevel level = LogLevel::Info;
  std::string text;
};

// The whole message of type log/data.
std::string render(const LogLine& line);

}  // namespace esl
