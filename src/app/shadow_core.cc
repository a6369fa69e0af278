#include "app/shadow_core.h"

#include <chrono>
#include <optional>
#include <utility>

#include "app/recovery.h"
#include "base/log.h"
#include "base/thread_name.h"
#include "core/self_check.h"

namespace app {
namespace {

// Nothing depends on it: stop() and every task wake the thread.
constexpr std::chrono::hours kLongWait{1};

}  // namespace

// What the thread alone touches.
class ShadowCore::Life {
 public:
  explicit Life(ShadowCore& shadow) : shadow_(shadow) {}

  void take(store::Snapshot& state) {
    store::Recovered found;
    found.snapshot = std::move(state);
    auto recovered = recover(found);
    if (!recovered) {
      base::log_error("snapshots are taken by the loop itself: {}", recovered.error());
      shadow_.stale_ = true;
      state_.reset();
      return;
    }
    state_ = std::move(*recovered);
  }

  void take(std::vector<Step>& steps) {
    if (!state_) return;
    core::Commands ignored;
    for (const Step& step : steps) {
      state_->core.handle(step.input, step.at, ignored);
      ignored.clear();
      state_->last_number = step.number;
      state_->last_instant = step.at;
    }
  }

  void take(Save&) {
    if (state_) {
      shadow_.journal_.deliver_snapshot({.number = state_->last_number,
                                         .instant_ms = base::to_ms(state_->last_instant),
                                         .body = encode(state_->core)});
    }
    shadow_.saving_ = false;
  }

  void take(Examine& order) {
    shadow_.examining_ = false;
    Health health;
    if (state_ && !shadow_.stale_) {
      const std::vector<core::Violation> found = state_->core.violations();
      for (const core::Violation& violation : check_.judge(found, order.now)) report(violation);
      for (const core::Violation& violation : found) {
        // What may be so for a time is no trouble yet.
        if (!check_.is_reported(violation)) continue;
        health.present.push_back(state_->core.describe_violation(violation));
      }
      health.is_known = true;
      health.floor = state_->core.floor(state_->last_instant);
      health.record = state_->last_number;
    }
    health.looks = check_.looks();
    health.violations = shadow_.violations_;
    if (order.tell) order.tell(health);
  }

 private:
  void report(const core::Violation& violation) {
    ++shadow_.violations_;
    base::log_error(
        "ALARM: self-check after record {}: {} ({}). It is released; `ringmaster replay DATA "
        "--until {}` shows how it came to that.",
        state_->last_number, state_->core.describe_violation(violation),
        core::to_text(violation.kind), state_->last_number);
    shadow_.outlet_(core::ViolationSeen{violation});
  }

  ShadowCore& shadow_;
  core::SelfCheck check_;
  std::optional<RecoveredCore> state_;
};

ShadowCore::ShadowCore(store::Journal& journal, Outlet outlet)
    : journal_(journal), outlet_(std::move(outlet)), thread_([this] { run(); }) {}

ShadowCore::~ShadowCore() {
  stop();
}

void ShadowCore::stop() {
  if (!thread_.joinable()) return;
  stopping_ = true;
  inbox_.interrupt();
  thread_.join();
}

void ShadowCore::begin(store::Snapshot state) {
  stale_ = false;
  put(std::move(state));
}

void ShadowCore::follow(std::vector<Step> steps) {
  if (!steps.empty()) put(std::move(steps));
}

void ShadowCore::save() {
  saving_ = true;
  put(Save{});
}

void ShadowCore::examine(base::Instant now, std::function<void(const Health&)> tell) {
  if (examining_.exchange(true) && !tell) return;
  if (put(Examine{now, tell})) return;
  examining_ = false;
  if (tell) tell(Health{});
}

bool ShadowCore::put(Task task) {
  if (inbox_.put(std::move(task))) return true;
  stale_ = true;
  saving_ = false;
  return false;
}

void ShadowCore::run() {
  base::name_this_thread("shadow");
  Life life(*this);
  while (!stopping_) {
    for (Task& task : inbox_.take(std::chrono::steady_clock::now() + kLongWait)) {
      if (stopping_) return;
      std::visit([&life](auto& taken) { life.take(taken); }, task);
    }
  }
}

}  // namespace app
