// What the journal's tests share: a directory that goes away, and an ear for the callbacks.
#pragma once

#include <stdlib.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <string>
#include <vector>

#include "base/check.h"
#include "store/journal.h"

namespace store {

// A fresh directory under the system's temporary one, removed with all in it at the end.
class TemporaryDirectory {
 public:
  TemporaryDirectory() {
    std::string name = std::filesystem::temp_directory_path() / "ringmaster-XXXXXX";
    CHECK(::mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~TemporaryDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;

  std::string file(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

// Collects callbacks; the waits end when what they wait for came, or fail after ten seconds.
class Listener {
 public:
  JournalCallbacks callbacks() {
    return {
        .acknowledged = [this](std::uint64_t number) { note(acknowledged_, number); },
        .saved = [this](std::uint64_t number) { note(saved_, number); },
        .failed = [this](const std::string& reason, std::uint64_t) { note(failures_, reason); }};
  }

  bool wait_acknowledged(std::uint64_t number) {
    return wait([&] { return !acknowledged_.empty() && acknowledged_.back() >= number; });
  }
  bool wait_saved(std::uint64_t number) {
    return wait([&] { return std::ranges::count(saved_, number) > 0; });
  }
  bool wait_failures(std::size_t count) {
    return wait([&] { return failures_.size() >= count; });
  }

  std::vector<std::uint64_t> acknowledged() const { return copy(acknowledged_); }
  std::vector<std::string> failures() const { return copy(failures_); }

 private:
  template <class T>
  void note(std::vector<T>& list, const T& item) {
    const std::lock_guard guard(mutex_);
    list.push_back(item);
    changed_.notify_all();
  }
  template <class T>
  std::vector<T> copy(const std::vector<T>& list) const {
    const std::lock_guard guard(mutex_);
    return list;
  }
  template <class Condition>
  bool wait(Condition condition) {
    std::unique_lock guard(mutex_);
    return changed_.wait_for(guard, std::chrono::seconds(10), condition);
  }

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::uint64_t> acknowledged_;
  std::vector<std::uint64_t> saved_;
  std::vector<std::string> failures_;
};

// Records first…last with bodies that tell their number.
inline std::vector<JournalRecord> make_records(std::uint64_t first, std::uint64_t last,
                                               std::size_t padding = 0) {
  std::vector<JournalRecord> records;
  for (std::uint64_t number = first; number <= last; ++number) {
    records.push_back({number, static_cast<std::int64_t>(number) * 10,
                       "{\"n\":" + std::to_string(number) + "}" + std::string(padding, ' ')});
  }
  return records;
}

inline std::vector<std::uint64_t> numbers_of(const std::vector<JournalRecord>& records) {
  std::vector<std::uint64_t> numbers;
  for (const JournalRecord& record : records) numbers.push_back(record.number);
  return numbers;
}

inline std::vector<std::uint64_t> range(std::uint64_t first, std::uint64_t last) {
  return numbers_of(make_records(first, last));
}

}  // namespace store
