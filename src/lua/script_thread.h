// The thread on which all scripts run (runner.h): many of them wait, and a few run for a moment.
#pragma once

#include <atomic>
#include <string>
#include <thread>
#include <variant>

#include "base/inbox.h"
#include "lua/runner.h"

namespace lua {

class ScriptThread {
 public:
  // What may wait to be taken: a reply for each script, and the events of a busy second.
  static constexpr std::size_t kInboxCapacity = 65'536;

  // The outlets are called on the thread, and must not wait.
  ScriptThread(Options options, base::Ticket first_ticket, Runner::Outlets outlets);
  ~ScriptThread();
  ScriptThread(const ScriptThread&) = delete;
  ScriptThread& operator=(const ScriptThread&) = delete;

  // Any thread; none of them waits.
  void post(call::ScriptOrder order);
  void invoke(Invoked invoked);
  void reply(base::Ticket ticket, std::string text);
  void publish(const Event& event);
  // Whether publish() is of use now.
  bool wants_events() const { return wants_events_; }

  // Scripts go no further; nobody is told. Once, or by the destructor.
  void stop();

 private:
  struct Replied {
    base::Ticket ticket;
    std::string text;
  };
  using Item = std::variant<call::ScriptOrder, Invoked, Replied, Event>;

  Runner::Outlets listening(Runner::Outlets outlets);
  void run();
  void take(Item& item, Runner::Time now);

  const Runner::Outlets outlets_;
  base::Inbox<Item> inbox_{kInboxCapacity};
  std::atomic<bool> stopping_{false};
  std::atomic<bool> wants_events_{false};
  Runner runner_;  // Of the thread.
  std::thread thread_;
};

}  // namespace lua
