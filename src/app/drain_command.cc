#include "app/drain_command.h"

#include <fmt/format.h>

#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <string>

#include "esl/client.h"

namespace app {
namespace {

constexpr std::string_view kDraining = "+OK draining";
// How often the server is asked.
constexpr std::chrono::milliseconds kInterval{500};

const char* command_of(DrainOptions::What what) {
  switch (what) {
    case DrainOptions::What::Cancel:
      return "drain cancel";
    case DrainOptions::What::Status:
      return "drain status";
    case DrainOptions::What::Begin:
      break;
  }
  return "drain";
}

void pause() {
  std::mutex mutex;
  std::condition_variable never;
  std::unique_lock lock(mutex);
  never.wait_for(lock, kInterval, [] { return false; });
}

void show(const std::string& reply) {
  fmt::print("{}", reply.substr(0, 4) == "+OK " ? reply.substr(4) : reply);
  std::fflush(stdout);
}

// Shows each change until the server has ended, or takes calls again.
ExitCode watch(esl::Client& client, std::string shown) {
  while (true) {
    pause();
    const auto reply = client.api("drain status");
    if (!reply) break;
    if (*reply != shown) show(*reply);
    shown = *reply;
    if (shown.substr(0, kDraining.size()) != kDraining) return ExitCode::Failed;
  }
  fmt::print("the server has ended\n");
  return ExitCode::Ok;
}

}  // namespace

ExitCode drain(const DrainOptions& options) {
  auto client = esl::Client::connect({.host = options.server.host,
                                      .port = options.server.port,
                                      .password = options.server.password});
  if (!client) {
    fmt::print(stderr, "{}\n", client.error());
    return ExitCode::Failed;
  }
  const auto reply = client->api(command_of(options.what));
  if (!reply) {
    fmt::print(stderr, "{}\n", reply.error());
    return ExitCode::Failed;
  }
  show(*reply);
  if (reply->substr(0, 3) != "+OK") return ExitCode::Failed;
  const bool waits = options.what == DrainOptions::What::Begin && options.waits;
  return waits ? watch(*client, *reply) : ExitCode::Ok;
}

}  // namespace app
