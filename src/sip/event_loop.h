// The library's event loop (su_root) with owners and functions in place of its handles and
// callbacks. One thread: all of it is called on the thread that made it.
#pragma once

#include <sofia-sip/su_wait.h>

#include <chrono>
#include <functional>
#include <memory>
#include <vector>

namespace sip {

class EventLoop {
 public:
  using Task = std::function<void()>;

  EventLoop();
  ~EventLoop();
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;

  // Runs `task` whenever this descriptor can be read, as long as the loop lives.
  void on_readable(int descriptor, Task task);
  // Runs `task` again and again with this pause.
  void every(std::chrono::milliseconds pause, Task task);

  // Returns when stop() was called by a task.
  void run() { su_root_run(root_.get()); }
  void stop() { su_root_break(root_.get()); }
  su_root_t* root() { return root_.get(); }

 private:
  struct RootRelease {
    void operator()(su_root_t* root) const { su_root_destroy(root); }
  };
  struct TimerRelease {
    void operator()(su_timer_t* timer) const { su_timer_destroy(timer); }
  };
  struct Timer {
    Task task;
    std::unique_ptr<su_timer_t, TimerRelease> handle;
  };
  struct Watch {
    Task task;
    int index = 0;
  };

  std::unique_ptr<su_root_t, RootRelease> root_;
  std::vector<std::unique_ptr<Watch>> watches_;
  std::vector<std::unique_ptr<Timer>> timers_;
};

}  // namespace sip
