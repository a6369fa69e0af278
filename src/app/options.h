// The command line: which sub-command with which options (design.md §8).
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/bounds.h"

namespace app {

// What exit codes mean, the same for every sub-command.
enum class ExitCode {
  Ok = 0,
  Failed = 1,                // It could not do its work; the reason is on standard error.
  ConfigurationRefused = 2,  // Every problem is on standard error as file:line.
  Usage = 64,                // The command line is wrong.
};

enum class Screen { Off, Live };

struct ServeOptions {
  std::filesystem::path conf;
  std::filesystem::path data = "data";
  std::map<std::string, std::string> globals;  // --set NAME=VALUE: wins over vars.xml.
  Screen screen = Screen::Off;
  std::string log_level = "info";   // LEVEL[,AREA=LEVEL …], words of base/log.h.
  std::string log_format = "text";  // text, json
  std::filesystem::path log_file;   // Empty: standard error.
  std::string name_servers;         // "ip:port,…"; empty: the system's.
  Bounds bounds;
};

struct CheckOptions {
  std::filesystem::path conf;
  std::map<std::string, std::string> globals;
};

struct ConsoleOptions {
  std::string host = "127.0.0.1";
  std::uint16_t port = 8021;
  std::string password = "ClueCon";
  std::string command;  // Empty: read commands from standard input.
};

struct TraceOptions {
  ConsoleOptions server;
  std::string call;
  std::string number;
  std::filesystem::path pcap;  // Empty: a ladder on standard output.
};

struct DrainOptions {
  enum class What { Begin, Cancel, Status };
  ConsoleOptions server;
  What what = What::Begin;
  bool waits = true;  // Until the server has ended.
};

struct DoctorOptions {
  ConsoleOptions server;
};

struct ReplayOptions {
  std::filesystem::path journal;  // A journal or a data directory.
  std::uint64_t from = 0;         // Shows nothing before this record.
  std::uint64_t until = 0;        // Stops after this record; 0: goes to the end.
  std::filesystem::path state;    // Writes the state at the end to this file, as JSON.
  bool verify = false;
  std::filesystem::path conf;  // Not empty: how would it have been with this configuration?
  std::map<std::string, std::string> globals;
  int in_time_seconds = 20;  // Of the service level.
};

struct EventsOptions {
  std::filesystem::path journal;
  std::uint64_t since = 0;         // Those with a higher Event-Sequence.
  std::string format = "plain";    // plain, json, xml
  std::vector<std::string> names;  // Names or subclasses; empty: all.
};

struct WhyOptions {
  std::filesystem::path journal;
  std::string member;  // A member's or a channel's uuid, or a caller's number.
};

// Nothing to choose.
struct NamesOptions {};

using Options = std::variant<ServeOptions, CheckOptions, ConsoleOptions, TraceOptions, DrainOptions,
                             DoctorOptions, ReplayOptions, WhyOptions, EventsOptions, NamesOptions>;

// Returns: the options, or how to exit at once (help was printed, or the line is wrong).
std::variant<Options, ExitCode> parse_options(int argc, const char* const* argv);

}  // namespace app
