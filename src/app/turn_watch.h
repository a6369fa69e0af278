// How late the loop is, and a line of the log when it was: what its turn computed, and what it
// waited for.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace app {

class TurnWatch {
 public:
  // ---- of the loop ----
  void begin();
  // Says so, at most once a second, when the turn took longer than new calls are let wait
  // (sip/call_gate.cc).
  void end(std::size_t inputs);

  // Any thread. How long what comes now waits; `is_waited_for`: inputs lie there. A turn that took
  // long once is no lag: only what waits behind it makes it one.
  std::chrono::milliseconds lag(bool is_waited_for) const;

 private:
  std::atomic<std::int64_t> began_ms_{0};  // 0: between turns.
  std::atomic<std::int64_t> took_ms_{0};   // The last turn.
  std::int64_t computed_ms_ = 0;           // Of this thread, as the turn began.
  std::int64_t told_ms_ = 0;
};

}  // namespace app
