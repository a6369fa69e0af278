// A bounded inbox between two threads: many put, one takes.
//
// The only way in which data crosses threads: as values. A full inbox refuses, and the refusal is a
// counted outcome for the sender to handle (a SIP request gets 503), never a block.
//
// The receiver either waits in take(), or is told by the wake function, which put() calls from the
// sender's thread whenever the inbox was empty before (for receivers that wait in an event loop of
// a library: write to an eventfd there).
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <utility>
#include <vector>

namespace base {

template <class T>
class Inbox {
 public:
  explicit Inbox(std::size_t capacity, std::function<void()> wake = {})
      : capacity_(capacity), wake_(std::move(wake)) {}

  Inbox(const Inbox&) = delete;
  Inbox& operator=(const Inbox&) = delete;

  // Adds an item. Returns: false when the inbox is full; the item is then lost.
  bool put(T item) {
    bool was_empty = false;
    {
      const std::lock_guard lock(mutex_);
      if (items_.size() >= capacity_) return false;
      was_empty = items_.empty();
      items_.push_back(std::move(item));
    }
    if (was_empty) {
      arrived_.notify_one();
      if (wake_) wake_();
    }
    return true;
  }

  // Takes all there is, in order of arrival; waits for the first item until `deadline`.
  // Returns: an empty vector when nothing came or interrupt() was called.
  std::vector<T> take(std::chrono::steady_clock::time_point deadline) {
    std::unique_lock lock(mutex_);
    arrived_.wait_until(lock, deadline, [this] { return !items_.empty() || interrupted_; });
    interrupted_ = false;
    return std::exchange(items_, {});
  }

  // Takes all there is without waiting.
  std::vector<T> take_now() {
    const std::lock_guard lock(mutex_);
    return std::exchange(items_, {});
  }

  // Makes one take() return early.
  void interrupt() {
    {
      const std::lock_guard lock(mutex_);
      interrupted_ = true;
    }
    arrived_.notify_one();
  }

  std::size_t size() const {
    const std::lock_guard lock(mutex_);
    return items_.size();
  }
  std::size_t capacity() const { return capacity_; }

 private:
  const std::size_t capacity_;
  const std::function<void()> wake_;
  mutable std::mutex mutex_;
  std::condition_variable arrived_;
  std::vector<T> items_;
  bool interrupted_ = false;
};

}  // namespace base
