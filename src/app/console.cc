#include "app/console.h"

#include <fmt/format.h>

#include <cstdio>
#include <iostream>
#include <string>

#include "esl/client.h"

namespace app {
namespace {

// Prints a reply as a line of its own. Returns: false when it is an error.
bool print_reply(const std::string& reply) {
  fmt::print("{}{}", reply, reply.empty() || reply.back() == '\n' ? "" : "\n");
  std::fflush(stdout);
  return reply.substr(0, 4) != "-ERR";
}

base::Result<void> read_and_run(esl::Client& client) {
  std::string line;
  while (std::getline(std::cin, line)) {
    if (line.empty()) continue;
    const auto reply = client.api(line);
    if (!reply) return base::failure(reply.error());
    print_reply(*reply);
  }
  return {};
}

}  // namespace

ExitCode console(const ConsoleOptions& options) {
  auto client = esl::Client::connect(
      {.host = options.host, .port = options.port, .password = options.password});
  if (!client) {
    fmt::print(stderr, "{}\n", client.error());
    return ExitCode::Failed;
  }
  if (options.command.empty()) {
    const auto ended = read_and_run(*client);
    if (!ended) fmt::print(stderr, "{}\n", ended.error());
    return ended ? ExitCode::Ok : ExitCode::Failed;
  }
  const auto reply = client->api(options.command);
  if (!reply) {
    fmt::print(stderr, "{}\n", reply.error());
    return ExitCode::Failed;
  }
  return print_reply(*reply) ? ExitCode::Ok : ExitCode::Failed;
}

}  // namespace app
