// The thread that keeps a copy of the call centre's rows and answers lists from it (design.md §3).
//
// The loop hands it the row changes and the questions, and goes on. What else goes to the clients
// of the event socket passes by, except while a list is being made: then it comes after the list,
// so that a client reads a list before what happened later, and its replies in their order. Calls
// never wait for a list.
#pragma once

#include <atomic>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "base/inbox.h"
#include "core/command.h"

namespace core {
class Projection;
}

namespace app {

class ListThread {
 public:
  // Turns of a busy call centre for many seconds. When it is full changes are left out, and all
  // rows are asked for as soon as there is room; a list is refused, and what else is to be said is
  // said at once.
  static constexpr std::size_t kInboxCapacity = 16'384;
  // What may wait for the rows that were asked for; then lists are refused.
  static constexpr std::size_t kHeldMax = 16'384;

  // What both must be: callable from this thread and the loop's, and never waiting.
  struct Outlets {
    std::function<void(core::Command)> speak;  // ApiReply, Publish, LogLine: to the clients.
    std::function<void()> ask_for_rows;        // RowsChanged with all rows is to follow.
    // Who else keeps a copy: all that this thread gets, in order. Not from the loop's thread.
    std::function<void(const core::RowsChanged&)> pass_on = [](const core::RowsChanged&) {};
  };

  explicit ListThread(Outlets outlets);
  // What came is answered first.
  ~ListThread();
  ListThread(const ListThread&) = delete;
  ListThread& operator=(const ListThread&) = delete;

  // RowsChanged, ListAsked, and whatever `speak` takes. Loop thread; never waits.
  void carry_out(core::Command command);

 private:
  void run();
  void take(core::Command command);
  void speak_held();
  void ask_for_rows();
  void refuse_or_speak(core::Command command);
  void answer(core::ListAsked asked, std::string text);

  const Outlets outlets_;
  base::Inbox<core::Command> inbox_{kInboxCapacity};
  std::atomic<bool> stopping_{false};
  // Of the commands that were given to the thread, those that are still to be said.
  std::atomic<std::size_t> unspoken_{0};
  std::atomic<bool> rows_are_asked_for_{false};

  // ---- of the thread ----
  const std::unique_ptr<core::Projection> projection_;
  std::deque<core::Command> held_;  // A list that lacks rows, and what comes after it.
  std::thread thread_;
};

}  // namespace app
