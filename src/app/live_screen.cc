#include "app/live_screen.h"

#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <utility>

namespace app {
namespace {

// Clears the terminal and goes to its first line (ECMA-48 ED and CUP).
constexpr const char* kClear = "\x1b[2J\x1b[H";

std::string minutes(base::Duration wait) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(wait).count();
  return fmt::format("{}:{:02}", seconds / 60, seconds % 60);
}

// Waits for the next drawing. Returns: false when the thread is to end.
bool wait_for_next(std::stop_token stop, std::chrono::milliseconds interval) {
  std::mutex mutex;
  std::condition_variable_any ended;
  std::unique_lock lock(mutex);
  ended.wait_for(lock, stop, interval, [] { return false; });
  return !stop.stop_requested();
}

}  // namespace

std::string render_screen(const LoopStatus& status, const Addresses& addresses) {
  const auto& floor = status.floor;
  std::string screen = "  RINGMASTER\n\n";
  screen += fmt::format("  waiting       {:>6}     longest wait  {:>8}\n", floor.waiting,
                        minutes(floor.longest_wait));
  screen += fmt::format("  talking       {:>6}     available     {:>8}\n", floor.talking,
                        floor.agents_available);
  screen += fmt::format("  calls served  {:>6}     legs          {:>8}\n\n", floor.calls_served,
                        floor.legs);
  screen += fmt::format("  Point a phone at {} (UDP); commands at {}.\n", addresses.sip,
                        addresses.event_socket);
  if (!status.is_protected) {
    screen += "\n  UNPROTECTED: the journal cannot be written. A crash now would lose calls.\n";
  }
  if (!status.takes_new_calls) screen += "\n  No new calls are taken (ringmaster drain).\n";
  return screen;
}

std::string render_line(const LoopStatus& status) {
  const auto& floor = status.floor;
  return fmt::format(
      "waiting {} (longest {}), talking {}, available {}, served {}{}{}\n", floor.waiting,
      minutes(floor.longest_wait), floor.talking, floor.agents_available, floor.calls_served,
      status.is_protected ? "" : ", UNPROTECTED", status.takes_new_calls ? "" : ", no new calls");
}

LiveScreen::LiveScreen(std::function<LoopStatus()> status, Addresses addresses) {
  const bool terminal = isatty(STDOUT_FILENO) == 1;
  const std::chrono::milliseconds interval(terminal ? 500 : 5000);
  thread_ = std::jthread(
      [=, status = std::move(status), addresses = std::move(addresses)](std::stop_token stop) {
        while (wait_for_next(stop, interval)) {
          const std::string text =
              terminal ? kClear + render_screen(status(), addresses) : render_line(status());
          std::fputs(text.c_str(), stdout);
          std::fflush(stdout);
        }
      });
}

}  // namespace app
