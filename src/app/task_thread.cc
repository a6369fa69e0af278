#include "app/task_thread.h"

#include <chrono>
#include <utility>

#include "base/thread_name.h"

namespace app {

TaskThread::TaskThread() : thread_([this] { run(); }) {}

TaskThread::~TaskThread() {
  stop();
}

bool TaskThread::put(Task task) {
  return !stopping_ && inbox_.put(std::move(task));
}

void TaskThread::stop() {
  stopping_ = true;
  inbox_.interrupt();
  if (thread_.joinable()) thread_.join();
}

void TaskThread::run() {
  base::name_this_thread("tasks");
  while (!stopping_) {
    const auto tasks = inbox_.take(std::chrono::steady_clock::now() + std::chrono::hours(1));
    for (const Task& task : tasks) {
      if (stopping_) return;
      task();
    }
  }
}

}  // namespace app
