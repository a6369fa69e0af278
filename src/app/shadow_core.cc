#include "app/shadow_core.h"

#include <chrono>
#include <optional>
#include <utility>

#include "app/recovery.h"
#include "base/log.h"
#include "core/core.h"

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

 private:
  ShadowCore& shadow_;
  std::optional<RecoveredCore> state_;
};

ShadowCore::ShadowCore(store::Journal& journal) : journal_(journal), thread_([this] { run(); }) {}

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

void ShadowCore::put(Task task) {
  if (inbox_.put(std::move(task))) return;
  stale_ = true;
  saving_ = false;
}

void ShadowCore::run() {
  Life life(*this);
  while (!stopping_) {
    for (Task& task : inbox_.take(std::chrono::steady_clock::now() + kLongWait)) {
      if (stopping_) return;
      std::visit([&life](auto& taken) { life.take(taken); }, task);
    }
  }
}

}  // namespace app
