#include "app/options.h"

#include <CLI/CLI.hpp>
#include <string_view>
#include <vector>

#include "base/log.h"
#include "base/text.h"
#include "base/version.h"

namespace app {
namespace {

constexpr const char* kAbout =
    "Ringmaster: an inbound call-centre queue server, compatible with mod_callcenter.";

// The words behind --set, checked to be NAME=VALUE.
struct Assignments {
  std::vector<std::string> texts;

  void offer_on(CLI::App& command) {
    command.add_option("--set", texts, "Sets a global variable, over what vars.xml says")
        ->type_name("NAME=VALUE")
        ->check([](const std::string& text) {
          const auto equals = text.find('=');
          return equals == std::string::npos || equals == 0 ? "expected NAME=VALUE" : "";
        });
  }

  std::map<std::string, std::string> parsed() const {
    std::map<std::string, std::string> globals;
    for (const auto& text : texts) {
      const auto equals = text.find('=');
      globals.insert_or_assign(text.substr(0, equals), text.substr(equals + 1));
    }
    return globals;
  }
};

// Returns: what is wrong, or an empty text.
std::string problem_of_levels(const std::string& text) {
  for (const std::string& part : base::split(text, ',')) {
    const std::size_t equals = part.find('=');
    const bool one = equals != std::string::npos;
    if (one && !base::parse_log_area(part.substr(0, equals))) {
      return "no area of the log: " + part.substr(0, equals);
    }
    if (!base::parse_log_level(one ? part.substr(equals + 1) : part)) {
      return "no level of the log: " + part;
    }
  }
  return {};
}

// What counts in other units on the command line than inside.
struct BoundsAsTyped {
  std::uint64_t journal_mib = JournalBounds{}.bytes >> 20;
  std::uint64_t journal_seconds = 60;
  std::uint64_t free_mib = Bounds{}.free_bytes_min >> 20;
  std::uint64_t quarantine_days = 90;
  std::uint64_t quarantine_mib = Bounds{}.quarantine.bytes >> 20;
  std::uint64_t history_days = 1;
  std::uint64_t history_mib = Bounds{}.history.bytes >> 20;
  std::uint64_t recordings_days = 0;
  std::uint64_t recordings_mib = 0;
  std::uint64_t records_days = 90;
  std::uint64_t records_mib = Bounds{}.records.bytes >> 20;

  void offer_on(CLI::App& command, Bounds& bounds) {
    // Beyond these, bytes and nanoseconds would not fit their types.
    const auto option = [&command](const char* name, std::uint64_t& value, const char* about,
                                   std::uint64_t least) {
      const bool is_days = std::string_view(name).find("days") != std::string_view::npos;
      const std::uint64_t most = is_days ? 36'500 : std::uint64_t{1} << 30;
      command.add_option(name, value, about)
          ->check(CLI::Range(least, most))
          ->capture_default_str()
          ->group("Bounds");
    };
    option("--journal-records", bounds.journal.records, "A new snapshot after so many inputs", 1);
    option("--journal-mib", journal_mib, "… or so much journal", 1);
    option("--journal-seconds", journal_seconds, "… or so long", 1);
    option("--disk-free-mib", free_mib, "With less free the journal is not written; 0: it is", 0);
    option("--quarantine-days", quarantine_days, "Older files there go; 0: none", 0);
    option("--quarantine-mib", quarantine_mib, "… and the oldest beyond so much", 0);
    option("--history-days", history_days, "How far back why and replay reach; 0: minutes", 0);
    option("--history-mib", history_mib, "… and the oldest of it beyond so much goes", 0);
    option("--recordings-days", recordings_days, "Older recordings go; 0: none", 0);
    option("--recordings-mib", recordings_mib, "… and the oldest beyond so much", 0);
    option("--records-days", records_days, "Older files of call records go; 0: none", 0);
    option("--records-mib", records_mib, "… and the oldest beyond so much", 0);
  }

  void apply_to(Bounds& bounds) const {
    const auto days = [](std::uint64_t count) {
      return std::chrono::hours(24 * static_cast<std::int64_t>(count));
    };
    bounds.journal.bytes = journal_mib << 20;
    bounds.journal.age = base::Duration(1000 * static_cast<std::int64_t>(journal_seconds));
    bounds.free_bytes_min = free_mib << 20;
    bounds.quarantine = {.age = days(quarantine_days), .bytes = quarantine_mib << 20};
    bounds.history = {.age = days(history_days), .bytes = history_mib << 20};
    bounds.recordings = {.age = days(recordings_days), .bytes = recordings_mib << 20};
    bounds.records = {.age = days(records_days), .bytes = records_mib << 20};
  }
};

CLI::App* add_serve(CLI::App& program, ServeOptions& serve, Assignments& assignments) {
  CLI::App* command = program.add_subcommand("serve", "Runs the server in the foreground");
  command->add_option("--conf", serve.conf, "Configuration directory")
      ->required()
      ->check(CLI::ExistingDirectory);
  command->add_option("--data", serve.data, "Directory for all that the server writes")
      ->capture_default_str();
  assignments.offer_on(*command);
  command->add_flag_callback(
      "--live", [&serve] { serve.screen = Screen::Live; }, "Shows the floor on the terminal");
  command
      ->add_option("--log-level", serve.log_level,
                   "debug, info, warning or error; AREA=LEVEL behind commas for single areas")
      ->check([](const std::string& text) { return problem_of_levels(text); })
      ->capture_default_str();
  command->add_option("--log-format", serve.log_format, "text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  command->add_option("--log-file", serve.log_file, "Log to this file instead of standard error");
  command->add_option("--name-servers", serve.name_servers,
                      "IP:PORT,… to ask for host names instead of the system's");
  return command;
}

CLI::App* add_check(CLI::App& program, CheckOptions& check, Assignments& assignments) {
  CLI::App* command =
      program.add_subcommand("check", "Reads a configuration and reports what is wrong with it");
  command->add_option("conf", check.conf, "Configuration directory")
      ->required()
      ->check(CLI::ExistingDirectory);
  assignments.offer_on(*command);
  return command;
}

void offer_server(CLI::App& command, ConsoleOptions& server) {
  // -h is help everywhere; the host is -H as design.md §8 has it.
  command.add_option("-H,--host", server.host, "Host")->capture_default_str();
  command.add_option("-P,--port", server.port, "Port of the event socket")->capture_default_str();
  command.add_option("-p,--password", server.password, "Password of the event socket")
      ->envname("RINGMASTER_PASSWORD");
}

CLI::App* add_trace(CLI::App& program, TraceOptions& trace) {
  CLI::App* command =
      program.add_subcommand("trace", "Shows what a running server sent and received by SIP");
  offer_server(*command, trace.server);
  auto* call = command->add_option("--call", trace.call,
                                   "Only this call: a channel's or member's uuid, or a Call-ID");
  command->add_option("--number", trace.number, "Only calls from or to this number")
      ->excludes(call);
  command->add_option("--pcap", trace.pcap, "Writes a capture file instead of a ladder");
  return command;
}

CLI::App* add_drain(CLI::App& program, DrainOptions& drain) {
  CLI::App* command = program.add_subcommand(
      "drain", "Lets a running server take no new calls and end after the last one");
  offer_server(*command, drain.server);
  const auto wants = [&drain](DrainOptions::What what) {
    return [&drain, what] { drain.what = what; };
  };
  auto* cancel = command->add_flag_callback("--cancel", wants(DrainOptions::What::Cancel),
                                            "Takes a drain back: new calls are taken again");
  command
      ->add_flag_callback("--status", wants(DrainOptions::What::Status), "Only says how it stands")
      ->excludes(cancel);
  command->add_flag_callback(
      "--no-wait", [&drain] { drain.waits = false; }, "Returns before the server has ended");
  return command;
}

CLI::App* add_doctor(CLI::App& program, DoctorOptions& doctor) {
  CLI::App* command = program.add_subcommand(
      "doctor", "Asks a running server whether its state contradicts itself anywhere");
  offer_server(*command, doctor.server);
  return command;
}

void offer_journal(CLI::App& command, std::filesystem::path& journal) {
  command
      .add_option("journal", journal,
                  "A data directory or its journal.db; the server may be running")
      ->required()
      ->check(CLI::ExistingPath);
}

CLI::App* add_replay(CLI::App& program, ReplayOptions& replay, Assignments& assignments) {
  CLI::App* command = program.add_subcommand(
      "replay", "Shows what the server was told and what it did, from its journal");
  offer_journal(*command, replay.journal);
  command->add_option("--from", replay.from, "Shows nothing before this record");
  command->add_option("--until", replay.until, "Stops after this record");
  command->add_option("--state", replay.state, "Writes the state at the end to this file");
  command->add_flag("--verify", replay.verify,
                    "Shows nothing, but proves that the same comes out again");
  command
      ->add_option("--conf", replay.conf,
                   "Shows how the same callers would have fared with this configuration directory")
      ->check(CLI::ExistingDirectory);
  command
      ->add_option("--in-time", replay.in_time_seconds,
                   "With --conf: seconds within which an answer counts for the service level")
      ->check(CLI::Range(1, 86'400))
      ->capture_default_str();
  assignments.offer_on(*command);
  return command;
}

CLI::App* add_why(CLI::App& program, WhyOptions& why) {
  CLI::App* command = program.add_subcommand(
      "why", "Tells why a caller was offered to these agents and not to others");
  offer_journal(*command, why.journal);
  command->add_option("member", why.member, "A member's or channel's uuid, or the caller's number")
      ->required();
  return command;
}

CLI::App* add_events(CLI::App& program, EventsOptions& events) {
  CLI::App* command =
      program.add_subcommand("events", "Prints the events that the server has told, once more");
  offer_journal(*command, events.journal);
  command->add_option("--since", events.since, "Only those with a higher Event-Sequence");
  command->add_option("--format", events.format, "As clients of the event socket choose it")
      ->check(CLI::IsMember({"plain", "json", "xml"}))
      ->capture_default_str();
  command->add_option("--name", events.names, "Only those of this name or subclass; several times");
  return command;
}

CLI::App* add_console(CLI::App& program, ConsoleOptions& console) {
  CLI::App* command = program.add_subcommand("console", "Sends commands to a running server");
  offer_server(*command, console);
  command->add_option("-x,--execute", console.command, "One command; its reply is printed");
  return command;
}

}  // namespace

std::variant<Options, ExitCode> parse_options(int argc, const char* const* argv) {
  CLI::App program(kAbout, "ringmaster");
  program.require_subcommand(1);
  program.set_version_flag("--version", "ringmaster " + std::string(base::kVersion));
  ServeOptions serve;
  CheckOptions check;
  ConsoleOptions console;
  TraceOptions trace;
  ReplayOptions replay;
  WhyOptions why;
  EventsOptions events;
  DrainOptions drain;
  DoctorOptions doctor;
  Assignments serve_globals;
  BoundsAsTyped bounds;
  Assignments check_globals;
  Assignments replay_globals;
  CLI::App* serve_command = add_serve(program, serve, serve_globals);
  const CLI::App* check_command = add_check(program, check, check_globals);
  const CLI::App* trace_command = add_trace(program, trace);
  const CLI::App* replay_command = add_replay(program, replay, replay_globals);
  const CLI::App* why_command = add_why(program, why);
  const CLI::App* events_command = add_events(program, events);
  const CLI::App* drain_command = add_drain(program, drain);
  const CLI::App* doctor_command = add_doctor(program, doctor);
  add_console(program, console);
  const CLI::App* names_command = program.add_subcommand(
      "names", "Prints every name that docs/reference explains: its kind, a tab, the name");
  bounds.offer_on(*serve_command, serve.bounds);
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return program.exit(error) == 0 ? ExitCode::Ok : ExitCode::Usage;
  }
  serve.globals = serve_globals.parsed();
  bounds.apply_to(serve.bounds);
  check.globals = check_globals.parsed();
  replay.globals = replay_globals.parsed();
  if (serve_command->parsed()) return Options(serve);
  if (check_command->parsed()) return Options(check);
  if (trace_command->parsed()) return Options(trace);
  if (replay_command->parsed()) return Options(replay);
  if (why_command->parsed()) return Options(why);
  if (events_command->parsed()) return Options(events);
  if (drain_command->parsed()) return Options(drain);
  if (doctor_command->parsed()) return Options(doctor);
  if (names_command->parsed()) return Options(NamesOptions());
  return Options(console);
}

}  // namespace app
