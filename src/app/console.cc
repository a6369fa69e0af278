#include "app/console.h"

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <string>

#include "app/console_session.h"
#include "app/line_editor.h"
#include "esl/client.h"

namespace app {
namespace {

// A command may wait for a phone that rings.
constexpr std::chrono::minutes kAnswerTimeout{5};
constexpr const char* kHistoryFile = ".ringmaster_history";

void print(const std::string& text) {
  fmt::print("{}", text);
  std::fflush(stdout);
}

ExitCode failed(const std::string& reason) {
  fmt::print(stderr, "{}\n", reason);
  return ExitCode::Failed;
}

// https://no-color.org: set and not empty means none.
Colours colours() {
  const char* const none = std::getenv("NO_COLOR");
  const bool unwanted = none != nullptr && *none != '\0';
  return isatty(STDOUT_FILENO) == 1 && !unwanted ? Colours::On : Colours::Off;
}

std::filesystem::path history_file() {
  const char* const home = std::getenv("HOME");
  if (home == nullptr || *home == '\0') return {};
  return std::filesystem::path(home) / kHistoryFile;
}

// Lines of a pipe or a file; the reply of each before the next is read.
ExitCode run_lines(ConsoleSession& session) {
  std::string line;
  while (std::getline(std::cin, line)) {
    const auto shown = session.run(line);
    if (!shown) return failed(shown.error());
    const auto pushed = session.take_pushed();
    print(shown->text + pushed.value_or(""));
    if (!pushed) return failed(pushed.error());
    if (shown->has_quit) break;
  }
  return ExitCode::Ok;
}

ExitCode run_terminal(ConsoleSession& session, const esl::Client& client,
                      const ConsoleOptions& options) {
  std::string ending;
  const auto take = [&]() -> std::optional<std::string> {
    auto text = session.take_pushed();
    if (text) return std::move(*text);
    ending = text.error();
    return std::nullopt;
  };
  print(fmt::format("Connected to {} port {}. /help shows what there is; Tab completes.\n",
                    options.host, options.port));
  LineEditor editor({.prompt = options.host + "> ",
                     .history = history_file(),
                     .complete = [&](std::string_view before) { return session.complete(before); },
                     .watched = client.socket(),
                     .take = take});
  while (const auto line = editor.read()) {
    const auto shown = session.run(*line);
    if (!shown) return failed(shown.error());
    print(shown->text);
    if (shown->has_quit) return ExitCode::Ok;
  }
  return ending.empty() ? ExitCode::Ok : failed(ending);
}

}  // namespace

ExitCode console(const ConsoleOptions& options) {
  auto client = esl::Client::connect(
      {.host = options.host, .port = options.port, .password = options.password});
  if (!client) return failed(client.error());
  client->set_timeout(kAnswerTimeout);
  const auto output = isatty(STDOUT_FILENO) == 1 ? Output::Terminal : Output::Raw;
  ConsoleSession session(*client, output, colours());
  if (!options.command.empty()) {
    const auto shown = session.run(options.command);
    if (!shown) return failed(shown.error());
    print(shown->text);
    return shown->failed ? ExitCode::Failed : ExitCode::Ok;
  }
  if (isatty(STDIN_FILENO) != 1 || output == Output::Raw) return run_lines(session);
  return run_terminal(session, *client, options);
}

}  // namespace app
