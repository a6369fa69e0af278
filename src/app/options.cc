#include "app/options.h"

#include <CLI/CLI.hpp>
#include <vector>

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
  command->add_option("--log-level", serve.log_level, "debug, info, warning or error")
      ->check(CLI::IsMember({"debug", "info", "warning", "error"}))
      ->capture_default_str();
  command->add_option("--log-format", serve.log_format, "text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  command->add_option("--log-file", serve.log_file, "Log to this file instead of standard error");
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

CLI::App* add_console(CLI::App& program, ConsoleOptions& console) {
  CLI::App* command = program.add_subcommand("console", "Sends commands to a running server");
  // -h is help everywhere; the host is -H as design.md §8 has it.
  command->add_option("-H,--host", console.host, "Host")->capture_default_str();
  command->add_option("-P,--port", console.port, "Port of the event socket")->capture_default_str();
  command->add_option("-p,--password", console.password, "Password of the event socket")
      ->envname("RINGMASTER_PASSWORD");
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
  Assignments serve_globals;
  Assignments check_globals;
  const CLI::App* serve_command = add_serve(program, serve, serve_globals);
  const CLI::App* check_command = add_check(program, check, check_globals);
  add_console(program, console);
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return program.exit(error) == 0 ? ExitCode::Ok : ExitCode::Usage;
  }
  serve.globals = serve_globals.parsed();
  check.globals = check_globals.parsed();
  if (serve_command->parsed()) return Options(serve);
  if (check_command->parsed()) return Options(check);
  return Options(console);
}

}  // namespace app
