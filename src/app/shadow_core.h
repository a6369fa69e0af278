// A second core that lives through the same inputs as the loop's, a little later and on a thread of
// its own. What has to look at the whole state is done to it, so that the loop never stops for
// that: snapshots of 1,000 callers take longer than a packet.
//
// It is the same state because the core is deterministic (design.md §1). It costs what the loop's
// core costs, once more.
//
// The self-check of a running server (core/self_check.h) looks at it, too, once a second: a pass
// over 10,000 agents takes some milliseconds, which would have to be cut into slices on the loop,
// each of which would see another state. Here it sees one state between two inputs, and takes no
// time from calls. What it finds goes to the loop as an input, and is repaired there if it is still
// so. What it cannot see is damage of the loop's memory that no input explains.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include "base/inbox.h"
#include "base/time.h"
#include "core/core.h"
#include "core/input.h"
#include "store/journal.h"

namespace app {

class ShadowCore {
 public:
  // One input as the loop applied it, with the number of its record.
  struct Step {
    std::uint64_t number = 0;
    base::Instant at{};
    core::Input input;
  };

  // What the self-check knows.
  struct Health {
    bool is_known = false;             // False while there is no state to look at.
    std::uint64_t looks = 0;           // Since the start.
    std::uint64_t violations = 0;      // Reported, since the start.
    std::vector<std::string> present;  // What is wrong now, in words.
    core::Floor floor;
    std::uint64_t record = 0;  // The state after it.
  };
  // Called on the shadow's thread: an input for the loop.
  using Outlet = std::function<void(core::Input)>;

  // Requires: `journal` and what `outlet` uses outlive it.
  ShadowCore(store::Journal& journal, Outlet outlet);
  ~ShadowCore();
  ShadowCore(const ShadowCore&) = delete;
  ShadowCore& operator=(const ShadowCore&) = delete;

  // The loop's thread, all of these. What could not be handed over makes it stale().

  // Starts from this state, whatever was before.
  void begin(store::Snapshot state);
  // Requires: the steps follow what was handed over before without a gap.
  void follow(std::vector<Step> steps);
  // Delivers a snapshot of all that it was told to follow. Requires: it was announced.
  void save();
  // Looks for violations, at the loop's instant; `tell`, if any, is called on the shadow's thread,
  // or on this one when there is nobody to look. An examination that nobody asked for is left out
  // while another is on its way.
  void examine(base::Instant now, std::function<void(const Health&)> tell = {});
  // Finishes what it does and nothing else. Once, or by the destructor.
  void stop();

  // Any thread. Something got lost: only begin() helps, and what was to be saved is not.
  bool is_stale() const { return stale_; }
  // Violations that were reported since the start. Any thread.
  std::uint64_t violations() const { return violations_; }
  // One that somebody else has found. Any thread.
  void count_violation() { ++violations_; }
  // A snapshot is on its way to the journal.
  bool is_saving() const { return saving_; }

 private:
  struct Save {};
  struct Examine {
    base::Instant now;
    std::function<void(const Health&)> tell;
  };
  using Task = std::variant<store::Snapshot, std::vector<Step>, Save, Examine>;
  // Hand-overs that may wait: a minute of a shadow that stands still.
  static constexpr std::size_t kTasksMax = 4'096;

  class Life;

  // Returns: false when there is no room.
  bool put(Task task);
  void run();

  store::Journal& journal_;
  const Outlet outlet_;
  base::Inbox<Task> inbox_{kTasksMax};
  std::atomic<bool> stale_{true};
  std::atomic<bool> saving_{false};
  std::atomic<bool> examining_{false};
  std::atomic<std::uint64_t> violations_{0};
  std::atomic<bool> stopping_{false};
  std::thread thread_;  // Last: all above exists when it starts.
};

}  // namespace app
