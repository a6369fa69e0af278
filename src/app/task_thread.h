// A thread that does tasks one after the other: long answers, so that neither the loop nor an
// adapter has to make them.
#pragma once

#include <atomic>
#include <functional>
#include <thread>

#include "base/inbox.h"

namespace app {

class TaskThread {
 public:
  using Task = std::function<void()>;
  // Requests of many clients at once; a further one is refused.
  static constexpr std::size_t kTasksMax = 65'536;

  TaskThread();
  ~TaskThread();
  TaskThread(const TaskThread&) = delete;
  TaskThread& operator=(const TaskThread&) = delete;

  // Any thread. Returns: false when too many wait, or after stop().
  bool put(Task task);
  // Finishes the task that runs and does no other. Once, or by the destructor.
  void stop();

 private:
  void run();

  base::Inbox<Task> inbox_{kTasksMax};
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace app
