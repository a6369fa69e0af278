// Keeps call records: first as JSON lines (DATA/records), then in the outbox from which they go to
// the database, then tells the core that they are kept. On a thread of its own; no call waits.
//
// A record is confirmed only when it stands in both. Until then the core's state has it, and a
// process that is started anew gets it again (core/record_keeping.h).
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <thread>

#include "base/inbox.h"
#include "core/command.h"
#include "core/input.h"
#include "core/record_keeping.h"
#include "store/record_outbox.h"

namespace app {

class RecordThread {
 public:
  struct Outlets {
    std::function<bool(core::Input)> confirm;  // RecordsKept, to the core. Never waits.
    std::function<void()> put_into_outbox;     // There is something in it.
  };

  RecordThread(const std::filesystem::path& data, Outlets outlets);
  // What came is kept first, if it can be.
  ~RecordThread();
  RecordThread(const RecordThread&) = delete;
  RecordThread& operator=(const RecordThread&) = delete;

  // Any thread; never waits.
  void keep(core::RecordsMade made);

 private:
  void run();
  // Adds it to the last that waits where its numbers go on.
  void gather(core::RecordsMade made);
  void keep_waiting();
  base::Result<void> keep_now(const core::RecordsMade& made);
  base::Result<void> open();
  void confirm_when_due(std::chrono::steady_clock::time_point now);
  void complain(const std::string& why);

  const std::filesystem::path data_;
  const Outlets outlets_;
  // What the core holds at most; more cannot come.
  base::Inbox<core::RecordsMade> inbox_{core::kRecordsHeldMax};
  std::atomic<bool> stopping_{false};

  // ---- of the thread ----
  std::optional<store::RecordOutbox> outbox_;
  std::deque<core::RecordsMade> waiting_;
  std::chrono::steady_clock::time_point keep_at_{};  // While any wait.
  std::uint64_t kept_ = 0;
  std::uint64_t confirmed_ = 0;
  std::chrono::steady_clock::time_point confirm_at_{};
  bool has_complained_ = false;
  std::thread thread_;
};

}  // namespace app
