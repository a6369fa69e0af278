#include "sip/call_gate.h"

#include "base/log.h"

namespace sip {
namespace {

// Above these, what belongs to calls that are here would have to wait.
constexpr int kInboxPercentMax = 80;
constexpr std::chrono::milliseconds kLagMax{100};

}  // namespace

CallGate::Verdict CallGate::knock(Clock::time_point now, std::size_t legs) {
  const CoreLoad load = load_ ? load_() : CoreLoad{};
  std::atomic<std::uint64_t>* reason = nullptr;
  if (!load.takes_new_calls) {
    reason = &refused_.by_operator;
  } else if (load.inbox_percent > kInboxPercentMax) {
    reason = &refused_.by_inbox;
  } else if (load.lag > kLagMax) {
    reason = &refused_.by_lag;
  } else if (limits_.sessions_max > 0 && legs >= static_cast<std::size_t>(limits_.sessions_max)) {
    reason = &refused_.by_sessions;
  } else if (rate_is_used_up(now)) {
    reason = &refused_.by_rate;
  }
  if (reason == nullptr) return Verdict::Open;
  ++*reason;
  return Verdict::Shut;
}

CallGate::Verdict CallGate::as_the_operator_wants() const {
  return !load_ || load_().takes_new_calls ? Verdict::Open : Verdict::Shut;
}

bool CallGate::rate_is_used_up(Clock::time_point now) {
  if (limits_.sessions_per_second <= 0) return false;
  if (now - second_began_ >= std::chrono::seconds(1)) {
    second_began_ = now;
    let_in_ = 0;
  }
  if (let_in_ >= limits_.sessions_per_second) return true;
  ++let_in_;
  return false;
}

void CallGate::tell_refusals() {
  const std::uint64_t total = refused_.total();
  if (total == told_) return;
  base::log_warning(
      "sip: {} calls were answered 503: in all {} over sessions-per-second, {} over max-sessions, "
      "{} while the inbox was full, {} while the core was late, {} because the operator wanted "
      "none",
      total - told_, refused_.by_rate.load(), refused_.by_sessions.load(), refused_.by_inbox.load(),
      refused_.by_lag.load(), refused_.by_operator.load());
  told_ = total;
}

}  // namespace sip
