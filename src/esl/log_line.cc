#include "esl/log_line.h"

#include <array>
#include <utility>

#include "base/text.h"

namespace esl {

std::optional<LogLevel> parse_log_level(std::string_view word) {
  static constexpr std::array<std::string_view, 8> kNames = {"CONSOLE", "ALERT",  "CRIT", "ERR",
                                                             "WARNING", "NOTICE", "INFO", "DEBUG"};
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (base::equal_ignoring_case(word, kNames.at(i)) || word == std::to_string(i)) {
      return static_cast<LogLevel>(i);
    }
  }
  return std::nullopt;
}

std::string render(const LogLine& line) {
  const std::string text = line.text + "\n";
  // The original names the source line that logged. Programs print it at most.
  return "Content-Type: log/data\nContent-Length: " + std::to_string(text.size()) +
         "\nLog-Level: " + std::to_string(static_cast<int>(line.level)) +
         "\nText-Channel: 0\nLog-File: ringmaster\nLog-Func: log\nLog-Line: 1\nUser-Data: \n\n" +
         text;
}

}  // namespace esl
