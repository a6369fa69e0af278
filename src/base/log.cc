#include "base/log.h"

#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <memory>
#include <string>

#include "base/call_names.h"
#include "base/text.h"

namespace base {
namespace {

std::atomic<bool> json_lines{false};
// By area. Constant-initialised: lines may be written before main.
std::array<std::atomic<LogLevel>, kLogAreas.size()> levels = {
    LogLevel::Info, LogLevel::Info, LogLevel::Info, LogLevel::Info,
    LogLevel::Info, LogLevel::Info, LogLevel::Info};

std::atomic<LogLevel>& level_of(LogArea area) {
  return levels.at(static_cast<std::size_t>(area));
}

spdlog::level::level_enum spdlog_level(LogLevel level) {
  switch (level) {
    case LogLevel::Debug:
      return spdlog::level::debug;
    case LogLevel::Info:
      return spdlog::level::info;
    case LogLevel::Warning:
      return spdlog::level::warn;
    case LogLevel::Error:
      return spdlog::level::err;
  }
  return spdlog::level::err;
}

std::shared_ptr<spdlog::logger> make_logger(std::string_view path) {
  if (path.empty()) {
    return std::make_shared<spdlog::logger>(
        "ringmaster", std::make_shared<spdlog::sinks::stderr_color_sink_mt>());
  }
  return std::make_shared<spdlog::logger>(
      "ringmaster", std::make_shared<spdlog::sinks::basic_file_sink_mt>(std::string(path)));
}

// One line stays one line: control characters become spaces, and in JSON quotes are escaped.
std::string harmless(std::string_view line, bool json) {
  std::string out;
  out.reserve(line.size());
  for (const char c : line) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      out += ' ';
    } else if (json && (c == '"' || c == '\\')) {
      out += '\\';
      out += c;
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace

std::string_view to_text(LogLevel level) {
  static constexpr std::array<std::string_view, kLogLevels.size()> kNames = {"debug", "info",
                                                                             "warning", "error"};
  return kNames.at(static_cast<std::size_t>(level));
}

std::string_view to_text(LogArea area) {
  static constexpr std::array<std::string_view, kLogAreas.size()> kNames = {
      "server", "calls", "sip", "media", "store", "event_socket", "configuration"};
  return kNames.at(static_cast<std::size_t>(area));
}

std::optional<LogLevel> parse_log_level(std::string_view word) {
  for (const LogLevel level : kLogLevels) {
    if (equal_ignoring_case(word, to_text(level))) return level;
  }
  return std::nullopt;
}

std::optional<LogArea> parse_log_area(std::string_view word) {
  for (const LogArea area : kLogAreas) {
    if (equal_ignoring_case(word, to_text(area))) return area;
  }
  return std::nullopt;
}

void configure_log(const LogOptions& options) {
  auto logger = make_logger(options.path);
  json_lines = options.format == LogFormat::Json;
  for (const LogArea area : kLogAreas) set_log_level(area, options.level);
  // Areas have levels of their own, so the logger itself lets everything through.
  logger->set_level(spdlog::level::debug);
  logger->flush_on(spdlog::level::info);
  logger->set_pattern(json_lines ? R"({"time":"%Y-%m-%dT%H:%M:%S.%e%z","level":"%l",%v})"
                                 : "%H:%M:%S.%e %^%-7l%$ %v");
  spdlog::set_default_logger(std::move(logger));
}

void set_log_level(LogArea area, LogLevel level) {
  level_of(area) = level;
}

LogLevel log_level(LogArea area) {
  return level_of(area);
}

void log_line(LogLevel level, const LogSubject& about, std::string_view line) {
  if (level < log_level(about.area)) return;
  std::string uuid(about.uuid);
  if (uuid.empty() && about.leg) {
    if (const auto name = call_names().find(about.leg)) uuid = name->uuid;
  }
  const bool json = json_lines;
  std::string text;
  if (json) {
    text = fmt::format(R"("area":"{}",)", to_text(about.area));
    if (!uuid.empty()) text += fmt::format(R"("uuid":"{}",)", harmless(uuid, json));
    text += fmt::format(R"("text":"{}")", harmless(line, json));
  } else {
    if (!uuid.empty()) text = harmless(uuid, json) + " ";
    text += harmless(line, json);
  }
  spdlog::default_logger_raw()->log(spdlog_level(level), text);
}

}  // namespace base
