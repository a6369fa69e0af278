// Whether a new call may come in now, by what the configuration allows and what the core can bear.
//
// Refusing costs next to nothing, so that the calls which are here already go on undisturbed. Sip
// thread only, but for the counts.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <utility>

namespace sip {

// How busy the core is.
struct CoreLoad {
  int inbox_percent = 0;            // How full its inbox is.
  std::chrono::milliseconds lag{};  // How long an input waits for its turn.
  bool takes_new_calls = true;      // False when the operator wants none (app/drain.h).
};

// 0: no limit.
struct CallLimits {
  int sessions_max = 0;  // Legs alive at once.
  int sessions_per_second = 0;
};

// Calls that were turned away, by the reason. Read from any thread.
struct RefusedCalls {
  std::atomic<std::uint64_t> by_rate{0};
  std::atomic<std::uint64_t> by_sessions{0};
  std::atomic<std::uint64_t> by_inbox{0};
  std::atomic<std::uint64_t> by_lag{0};
  std::atomic<std::uint64_t> by_operator{0};

  std::uint64_t total() const { return by_rate + by_sessions + by_inbox + by_lag + by_operator; }
};

class CallGate {
 public:
  using Clock = std::chrono::steady_clock;
  using LoadOf = std::function<CoreLoad()>;

  // `load` may be empty: the core is never too busy then. `refused` outlives the gate.
  CallGate(CallLimits limits, LoadOf load, RefusedCalls& refused)
      : limits_(limits), load_(std::move(load)), refused_(refused) {}

  enum class Verdict { Open, Shut };
  // For one new call, with so many legs alive. A call that is let in counts.
  Verdict knock(Clock::time_point now, std::size_t legs);
  // Shut when the operator wants no new calls: what a peer that asks beforehand is told.
  Verdict as_the_operator_wants() const;

  // Writes a line to the log when calls were turned away since the last one.
  void tell_refusals();

 private:
  bool rate_is_used_up(Clock::time_point now);

  const CallLimits limits_;
  const LoadOf load_;
  RefusedCalls& refused_;
  Clock::time_point second_began_{};
  int let_in_ = 0;  // In that second.
  std::uint64_t told_ = 0;
};

}  // namespace sip
