// A second core that lives through the same inputs as the loop's, a little later and on a thread of
// its own. What has to look at the whole state is done to it, so that the loop never stops for
// that: snapshots of 1,000 callers take longer than a packet.
//
// It is the same state because the core is deterministic (design.md §1). It costs what the loop's
// core costs, once more.
#pragma once

#include <atomic>
#include <cstdint>
#include <thread>
#include <variant>
#include <vector>

#include "base/inbox.h"
#include "base/time.h"
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

  // Requires: `journal` outlives it.
  explicit ShadowCore(store::Journal& journal);
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
  // Finishes what it does and nothing else. Once, or by the destructor.
  void stop();

  // Any thread. Something got lost: only begin() helps, and what was to be saved is not.
  bool is_stale() const { return stale_; }
  // A snapshot is on its way to the journal.
  bool is_saving() const { return saving_; }

 private:
  struct Save {};
  using Task = std::variant<store::Snapshot, std::vector<Step>, Save>;
  // Hand-overs that may wait: a minute of a shadow that stands still.
  static constexpr std::size_t kTasksMax = 4'096;

  class Life;

  void put(Task task);
  void run();

  store::Journal& journal_;
  base::Inbox<Task> inbox_{kTasksMax};
  std::atomic<bool> stale_{true};
  std::atomic<bool> saving_{false};
  std::atomic<bool> stopping_{false};
  std::thread thread_;  // Last: all above exists when it starts.
};

}  // namespace app
