#include "sip/event_loop.h"

#include <sofia-sip/su.h>

#include <utility>

#include "base/check.h"

namespace sip {

EventLoop::EventLoop() {
  su_init();
  root_.reset(su_root_create(nullptr));
  // Fails only without memory or descriptors at the start of the process.
  CHECK(root_ != nullptr);
}

EventLoop::~EventLoop() {
  for (const auto& watch : watches_) su_root_deregister(root_.get(), watch->index);
  timers_.clear();
  root_.reset();
  su_deinit();
}

void EventLoop::on_readable(int descriptor, Task task) {
  auto watch = std::make_unique<Watch>();
  watch->task = std::move(task);
  su_wait_t wait;
  su_wait_init(&wait);
  CHECK(su_wait_create(&wait, descriptor, SU_WAIT_IN) == 0);
  watch->index = su_root_register(
      root_.get(), &wait,
      [](su_root_magic_t*, su_wait_t*, su_wakeup_arg_t* self) {
        static_cast<Watch*>(self)->task();
        return 0;
      },
      watch.get(), su_pri_normal);
  CHECK(watch->index >= 0);
  watches_.push_back(std::move(watch));
}

void EventLoop::every(std::chrono::milliseconds pause, Task task) {
  auto timer = std::make_unique<Timer>();
  timer->task = std::move(task);
  timer->handle.reset(
      su_timer_create(su_root_task(root_.get()), static_cast<su_duration_t>(pause.count())));
  CHECK(timer->handle != nullptr);
  su_timer_set_for_ever(
      timer->handle.get(),
      [](su_root_magic_t*, su_timer_t*, su_timer_arg_t* self) {
        static_cast<Timer*>(self)->task();
      },
      timer.get());
  timers_.push_back(std::move(timer));
}

}  // namespace sip
