#include "app/replay_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "app/command_text.h"
#include "app/history.h"
#include "app/recovery.h"

namespace app {
namespace {

ExitCode failed(const std::string& why) {
  fmt::print(stderr, "{}\n", why);
  return ExitCode::Failed;
}

void show(const core::Core& core, const History::Step& step) {
  fmt::print("{} {} {}\n", step.number, History::time_text(core, step.at), line_of(step.input));
  for (const auto& command : step.commands) fmt::print("  {}\n", line_of(command));
}

ExitCode write_state(const ReplayOptions& options, const core::Core& core) {
  if (options.state.empty()) return ExitCode::Ok;
  std::ofstream file(options.state, std::ios::binary);
  std::error_code error;
  std::filesystem::permissions(
      options.state, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write,
      error);
  file << encode(core) << "\n" << std::flush;
  return file ? ExitCode::Ok : failed(fmt::format("cannot write {}", options.state.string()));
}

// Returns: how two cores that were told the same differ; empty: they do not.
std::string difference(const History::Step& one, const History::Step& other) {
  for (std::size_t i = 0; i < std::max(one.commands.size(), other.commands.size()); ++i) {
    const std::string first = i < one.commands.size() ? line_of(one.commands[i]) : "nothing";
    const std::string second = i < other.commands.size() ? line_of(other.commands[i]) : "nothing";
    if (first != second) {
      return fmt::format("record {} gives \"{}\" and then \"{}\"", one.number, first, second);
    }
  }
  return {};
}

ExitCode verify(History& history, History& again) {
  std::size_t steps = 0;
  std::size_t commands = 0;
  std::size_t snapshots = 0;
  while (true) {
    auto step = history.next();
    auto same = again.next();
    if (!step) return failed(step.error());
    if (!same) return failed(same.error());
    if (!*step) break;
    if (const std::string why = difference(**step, **same); !why.empty()) return failed(why);
    ++steps;
    commands += (*step)->commands.size();
    if (const auto* snapshot = history.snapshot_here()) {
      ++snapshots;
      if (encode(history.core()) != snapshot->body) {
        return failed(
            fmt::format("the state after record {} is not the one that the server wrote down",
                        step.value()->number));
      }
    }
  }
  if (encode(history.core()) != encode(again.core())) return failed("the last states differ");
  fmt::print("{} records give the same {} commands again; {} of the server's snapshots agree\n",
             steps, commands, snapshots);
  return ExitCode::Ok;
}

}  // namespace

ExitCode replay(const ReplayOptions& options) {
  auto history = History::read(options.journal);
  if (!history) return failed(history.error());
  if (options.verify) {
    auto again = History::read(options.journal);
    return again ? verify(*history, *again) : failed(again.error());
  }
  while (options.until == 0 || history->number() < options.until) {
    auto step = history->next();
    if (!step) return failed(step.error());
    if (!*step) break;
    if ((*step)->number >= options.from) show(history->core(), **step);
  }
  return write_state(options, history->core());
}

}  // namespace app
