// The log: one line per fact, to the terminal as text or as JSON.
//
// Not for the core: what it has to say leaves as a command. Any thread may log. Never log secrets:
// passwords, digest responses, keys.
#pragma once

#include <fmt/format.h>

#include <string_view>
#include <utility>

namespace base {

enum class LogLevel { Debug, Info, Warning, Error };
enum class LogFormat { Text, Json };

// Where and how to log; until it is called, lines go to standard error as text from Info up.
// An empty path means standard error.
struct LogOptions {
  LogLevel level = LogLevel::Info;
  LogFormat format = LogFormat::Text;
  std::string_view path = {};
};
void configure_log(const LogOptions& options);

// Writes one line; control characters in it are replaced, so that no input can forge a line.
void log_line(LogLevel level, std::string_view line);

template <class... Args>
void log_debug(fmt::format_string<Args...> format, Args&&... args) {
  log_line(LogLevel::Debug, fmt::format(format, std::forward<Args>(args)...));
}
template <class... Args>
void log_info(fmt::format_string<Args...> format, Args&&... args) {
  log_line(LogLevel::Info, fmt::format(format, std::forward<Args>(args)...));
}
template <class... Args>
void log_warning(fmt::format_string<Args...> format, Args&&... args) {
  log_line(LogLevel::Warning, fmt::format(format, std::forward<Args>(args)...));
}
template <class... Args>
void log_error(fmt::format_string<Args...> format, Args&&... args) {
  log_line(LogLevel::Error, fmt::format(format, std::forward<Args>(args)...));
}

}  // namespace base
