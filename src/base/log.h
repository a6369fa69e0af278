// The log: one line per fact, to the terminal as text or as JSON.
//
// Not for the core: what it has to say leaves as a command. Any thread may log. Never log secrets:
// passwords, digest responses, keys. A line belongs to an area, whose level can be changed while
// the server runs; one that concerns a call carries the uuid of its channel.
#pragma once

#include <fmt/format.h>

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/ids.h"

namespace base {

enum class LogLevel { Debug, Info, Warning, Error };
enum class LogFormat { Text, Json };
enum class LogArea { Server, Calls, Sip, Media, Store, EventSocket, Configuration };

inline constexpr std::array kLogLevels = {LogLevel::Debug, LogLevel::Info, LogLevel::Warning,
                                          LogLevel::Error};
inline constexpr std::array kLogAreas = {
    LogArea::Server, LogArea::Calls,       LogArea::Sip,          LogArea::Media,
    LogArea::Store,  LogArea::EventSocket, LogArea::Configuration};

// "debug", "info", "warning", "error".
std::string_view to_text(LogLevel level);
// "server", "calls", "sip", "media", "store", "event_socket", "configuration".
std::string_view to_text(LogArea area);
// In any case; nullopt: no such word.
std::optional<LogLevel> parse_log_level(std::string_view word);
std::optional<LogArea> parse_log_area(std::string_view word);

// Where and how to log; until it is called, lines go to standard error as text from Info up.
// An empty path means standard error.
struct LogOptions {
  LogLevel level = LogLevel::Info;
  LogFormat format = LogFormat::Text;
  std::string_view path = {};
};
void configure_log(const LogOptions& options);

// The level from which lines of an area are written.
void set_log_level(LogArea area, LogLevel level);
LogLevel log_level(LogArea area);

// What a line is about. A leg is shown by the uuid that call_names() knows for it.
struct LogSubject {
  LogArea area = LogArea::Server;
  LegId leg = {};
  std::string_view uuid = {};
};

// Writes one line; control characters in it are replaced, so that no input can forge a line.
void log_line(LogLevel level, const LogSubject& about, std::string_view line);
inline void log_line(LogLevel level, std::string_view line) {
  log_line(level, LogSubject{}, line);
}

template <class... Args>
void log_debug(fmt::format_string<Args...> format, Args&&... args) {
  log_line(LogLevel::Debug, fmt::format(format, std::forward<Args>(args)...));
}
template <class... Args>
void log_debug(const LogSubject& about, fmt::format_string<Args...> format, Args&&... args) {
  log_line(LogLevel::Debug, about, fmt::format(format, std::forward<Args>(args)...));
}
template <class... Args>
void log_info(fmt::format_string<Args...> format, Args&&... args) {
  log_line(LogLevel::Info, fmt::format(format, std::forward<Args>(args)...));
}
template <class... Args>
void log_info(const LogSubject& about, fmt::format_string<Args...> format, Args&&... args) {
  log_line(LogLevel::Info, about, fmt::format(format, std::forward<Args>(args)...));
}
template <class... Args>
void log_warning(fmt::format_string<Args...> format, Args&&... args) {
  log_line(LogLevel::Warning, fmt::format(format, std::forward<Args>(args)...));
}
template <class... Args>
void log_warning(const LogSubject& about, fmt::format_string<Args...> format, Args&&... args) {
  log_line(LogLevel::Warning, about, fmt::format(format, std::forward<Args>(args)...));
}
template <class... Args>
void log_error(fmt::format_string<Args...> format, Args&&... args) {
  log_line(LogLevel::Error, fmt::format(format, std::forward<Args>(args)...));
}
template <class... Args>
void log_error(const LogSubject& about, fmt::format_string<Args...> format, Args&&... args) {
  log_line(LogLevel::Error, about, fmt::format(format, std::forward<Args>(args)...));
}

}  // namespace base
