#include "base/log.h"

#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <atomic>
#include <memory>
#include <string>

namespace base {
namespace {

std::atomic<bool> json_lines{false};

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

void configure_log(const LogOptions& options) {
  auto logger = make_logger(options.path);
  json_lines = options.format == LogFormat::Json;
  logger->set_level(spdlog_level(options.level));
  logger->flush_on(spdlog::level::info);
  logger->set_pattern(json_lines ? R"({"time":"%Y-%m-%dT%H:%M:%S.%e%z","level":"%l","text":"%v"})"
                                 : "%H:%M:%S.%e %^%-7l%$ %v");
  spdlog::set_default_logger(std::move(logger));
}

void log_line(LogLevel level, std::string_view line) {
  spdlog::default_logger_raw()->log(spdlog_level(level), harmless(line, json_lines));
}

}  // namespace base
