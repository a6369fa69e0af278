#include "sim/day.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "base/json_archive.h"
#include "base/random.h"
#include "sim/call_side.h"
#include "sim/fairness.h"
#include "sim/trace.h"
#include "sim/whims.h"
#include "sim/witness.h"

namespace sim {
namespace {

constexpr base::WallAnchor kAnchor{.unix_ms_at_origin = 1'700'000'000'123};
// A day whose end never comes is a fault; this is far more than any day needs.
constexpr int kRoundsToTheEnd = 100'000;

class Day : public Floor {
 public:
  explicit Day(const DayPlan& plan)
      : plan_(plan),
        random_(plan.seed * 2 + 1),
        calls_(plan.seed * 3 + 1),
        whims_(plan.seed * 5 + 1),
        engine_(plan.seed, kAnchor) {
    engine_.set_observer(&judge_);
  }

  DayResult play() {
    whims_.open(*this);
    for (int step = 0; step < plan_.steps && witness_.complaint().empty(); ++step) {
      pass_time(now_ + gap());
      whims_.act(*this);
    }
    if (witness_.complaint().empty()) end();
    std::string complaint = witness_.complaint();
    if (!complaint.empty()) complaint += " at " + std::to_string(base::to_ms(now_)) + " ms";
    return {.trace = std::move(trace_), .complaint = std::move(complaint)};
  }

  // ---- Floor: what whims act on ----
  base::Instant now() const override { return now_; }
  const queue::Engine& engine() const override { return engine_; }
  Witness& witness() override { return witness_; }
  CallSide& calls() override { return calls_; }

  void report(const queue::Report& report) override {
    note("< " + trace_line(report));
    witness_.sees(report, engine_, now_);
    call([&](queue::Commands& out) { engine_.handle(report, now_, out); });
  }

  void command(const std::string& text, const Command& command) override {
    note("< " + text);
    call([&](queue::Commands& out) { command(engine_, out); });
  }

  void restore() override {
    const std::string saved = base::to_json(engine_);
    queue::Engine restored(0, {});
    base::JsonReader reader(saved);
    reader.item(restored);
    engine_ = std::move(restored);
    engine_.set_observer(&judge_);
    if (base::to_json(engine_) != saved) witness_.complain("a restored engine saves otherwise");
  }

 private:
  base::Duration gap() {
    switch (random_.below(4)) {
      case 0:
        return base::Duration(0);
      case 1:
        return base::Duration(static_cast<std::int64_t>(random_.below(50)));
      default:
        return base::Duration(static_cast<std::int64_t>(random_.below(6000)));
    }
  }

  void note(const std::string& line) {
    trace_ += std::to_string(base::to_ms(now_)) + " " + line + "\n";
  }

  // One call of the engine, and all that follows from it.
  template <class Call>
  void call(Call engine_call) {
    queue::Commands out;
    engine_call(out);
    for (const queue::Command& command : out) {
      note("> " + trace_line(command));
      witness_.sees(command, engine_, now_);
      calls_.obey(command, now_);
    }
    engine_.check_invariants(now_);
    witness_.check(engine_, now_);
    judge_.check_nobody_waits_in_vain(now_);
    if (plan_.restore_every > 0 && ++inputs_ % plan_.restore_every == 0) restore();
  }

  // What comes due until `until`, in its order. At one instant the engine's deadlines come before
  // the calls' reports or after them.
  void pass_time(base::Instant until) {
    while (witness_.complaint().empty()) {
      const auto deadline = engine_.next_deadline();
      const auto happening = calls_.next();
      const bool engine_first = deadline && (!happening || *deadline < *happening ||
                                             (*deadline == *happening && random_.below(4) > 0));
      const auto next = engine_first ? deadline : happening;
      if (!next || *next > until) break;
      now_ = std::max(now_, *next);
      if (engine_first) {
        command("time",
                [this](queue::Engine& engine, queue::Commands& out) { engine.advance(now_, out); });
      } else if (const auto happened = calls_.take(now_)) {
        report(*happened);
      }
    }
    now_ = until;
  }

  // The faults stop. Either everybody is served, or everybody hangs up.
  void end() {
    calls_.stop_faults();
    if (random_.below(2) == 0) {
      whims_.staff_everything(*this);
    } else {
      whims_.free_tiers(*this);
      calls_.send_everybody_home(now_);
    }
    for (int round = 0; round < kRoundsToTheEnd; ++round) {
      const auto deadline = engine_.next_deadline();
      const auto happening = calls_.next();
      if (!witness_.complaint().empty() || (!deadline && !happening)) break;
      const auto next = !happening || (deadline && *deadline < *happening) ? deadline : happening;
      pass_time(std::max(now_, *next));
      whims_.keep_staffed(*this);
    }
    if (witness_.complaint().empty()) witness_.check_end(engine_);
  }

  DayPlan plan_;
  base::Random random_;
  CallSide calls_;
  Whims whims_;
  queue::Engine engine_;
  Witness witness_;
  Judge judge_{engine_, witness_};
  base::Instant now_ = base::instant_ms(1000);
  std::string trace_;
  int inputs_ = 0;
};

}  // namespace

DayResult play_day(const DayPlan& plan) {
  return Day(plan).play();
}

}  // namespace sim
