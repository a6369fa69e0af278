// The loop that owns the core: one input, its commands, the next input (design.md §3).
//
// One turn takes what the inbox holds, applies each input at the instant it is taken, hands the
// inputs to the journal and holds the commands until the journal has them. run() is one thread;
// put() and the journal's news may come from any.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "app/bounds.h"
#include "app/core_clock.h"
#include "app/drain.h"
#include "app/heartbeat.h"
#include "app/journal_gate.h"
#include "app/journal_news.h"
#include "app/loop_status.h"
#include "app/recovery.h"
#include "app/shadow_core.h"
#include "app/turn_watch.h"
#include "base/inbox.h"
#include "core/core.h"
#include "store/journal.h"

namespace app {

// Carries out what the core orders. Called on the loop's thread; never waits.
class CommandSink {
 public:
  CommandSink() = default;
  CommandSink(const CommandSink&) = delete;
  CommandSink& operator=(const CommandSink&) = delete;
  virtual ~CommandSink() = default;

  virtual void carry_out(core::Command command) = 0;
  // Asks sip about legs. `tell` is called on its thread with those that it does not know, if any.
  using Unknown = std::function<void(const std::vector<base::LegId>&)>;
  virtual void look_for(std::vector<base::LegId> /*legs*/, Unknown /*tell*/) {}
};

class RunLoop {
 public:
  // Inputs that may wait. At 80 % new calls and commands are refused (refuses_new_work()), so that
  // what belongs to calls that are already here always finds room.
  static constexpr std::size_t kInboxCapacity = 65'536;

  // Requires: `journal` and `news` outlive the loop.
  RunLoop(RecoveredCore recovered, CoreClock clock, store::Journal& journal, JournalNews& news,
          const JournalBounds& bounds = {});

  RunLoop(const RunLoop&) = delete;
  RunLoop& operator=(const RunLoop&) = delete;
  ~RunLoop();

  // Before run(), on the caller's thread: Founded, Configured, Restarted. What follows from them
  // leaves when run() starts.
  void apply(const core::Input& input);

  // The legs that what was applied so far wants restored: SIP takes them before its first packet.
  std::vector<call::SipOrder> restored_legs() const { return gate_.restored_legs(); }

  // Any thread. Returns: false when the inbox is full and the input is lost.
  bool put(core::Input input);
  bool refuses_new_work() const;
  // Any thread: how full the inbox is, in percent, and how long the turn takes that runs, or took
  // before when inputs wait for the next.
  int inbox_percent() const;
  std::chrono::milliseconds lag() const;

  // Any thread: `tell` gets to know what the self-check finds now, on another thread, soon.
  void ask_health(std::function<void(const ShadowCore::Health&)> tell);

  // Before run(): `look` is called on the loop's thread a few times a second while it turns, and
  // not while it does not. It must not wait.
  void on_status(std::function<void(const LoopStatus&)> look) { look_ = std::move(look); }

  // Any thread: all rows are handed out to the sink soon, as RowsChanged.
  void want_all_rows();

  // Any thread: whether new calls are wanted, and whether run() ends by itself after the last one.
  Drain& drain() { return drain_; }

  // Any thread, once: run() finishes its turn, saves a snapshot, and returns.
  void stop();

  // Runs until stop(). Commands are carried out by `sink`.
  void run(CommandSink& sink);

  LoopStatus status() const;
  base::LegId next_inbound_leg() const { return core_.next_inbound_leg(); }

 private:
  // Never before an earlier one.
  base::Instant now() const;
  void turn();
  void read_news(base::Instant now);
  void lose_protection(const std::string& why);
  void tell_protection(const std::string& why);
  void say_farewell();
  void apply_at(const core::Input& input, base::Instant now);
  void hand_out_rows_when_wanted(base::Instant now);
  void hand_over_records();
  void carry_out(core::Commands leaving);
  void take_snapshot_when_due(base::Instant now);
  void take_snapshot(base::Instant now);
  store::Snapshot snapshot() const;
  void follow_in_shadow();
  void publish_status(base::Instant now);
  void examine(base::Instant now);
  void look_for_legs();
  base::Duration time_to_wait(base::Instant now) const;

  core::Core core_;
  CoreClock clock_;
  store::Journal& journal_;
  JournalNews& news_;
  CommandSink* sink_ = nullptr;
  JournalGate gate_;
  base::Inbox<core::Input> inbox_;
  std::atomic<bool> stopping_{false};
  Drain drain_;
  std::atomic<bool> rows_are_wanted_{false};
  std::atomic<std::uint64_t> refused_{0};
  std::uint64_t protection_lost_ = 0;
  TurnWatch watch_;

  std::vector<store::JournalRecord> batch_;
  ShadowCore shadow_;
  std::vector<ShadowCore::Step> steps_;  // Not yet given to the shadow.
  std::uint64_t last_number_;
  base::Instant last_instant_{};
  const JournalBounds bounds_;
  std::uint64_t snapshot_number_;
  std::uint64_t bytes_since_snapshot_ = 0;
  base::Instant snapshot_at_{};
  base::Instant status_at_{};
  base::Instant examined_at_{};
  base::LegId looked_for_;  // The last that sip was asked about.
  Heartbeat heartbeat_;
  std::uint64_t inputs_ = 0;
  std::function<void(const LoopStatus&)> look_ = [](const LoopStatus&) {};

  mutable std::mutex mutex_;  // Guards what follows.
  LoopStatus status_;
  std::vector<std::function<void(const ShadowCore::Health&)>> health_asked_;
};

}  // namespace app
