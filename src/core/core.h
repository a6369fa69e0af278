// The pure core: queue engine, calls, dialplan and API joined behind one door.
//
// One input and the current instant in, commands out. No clock, no I/O, no thread: whoever owns the
// core (the run loop, the simulator, a replay) applies one input, takes all commands, then applies
// the next. Only routing lives here; decisions live in the folders it joins.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/archive.h"
#include "base/ids.h"
#include "base/time.h"
#include "call/registrations.h"
#include "core/command.h"
#include "core/input.h"
#include "core/violation.h"
#include "queue/engine.h"

namespace core {

// Figures for the live screen and metrics.
struct Floor {
  std::size_t waiting = 0;  // Members Waiting or Trying.
  base::Duration longest_wait{0};
  std::size_t talking = 0;           // Conversations between a member and an agent.
  std::size_t agents_available = 0;  // Available or on demand, state Waiting, and no rest.
  std::uint64_t calls_served = 0;    // Bridges since the data directory was founded.
  std::size_t legs = 0;
  std::size_t standing_by = 0;  // Of these, agents' who wait on them for callers (uuid-standby).
  std::uint64_t legs_since_start = 0;
};

struct CoreState;

class Core {
 public:
  Core();
  ~Core();
  Core(Core&&) noexcept;
  Core& operator=(Core&&) noexcept;

  // Applies one input. Requires: `now` is not before the instant of an earlier call; the first
  // input of a new core is Founded.
  void handle(const Input& input, base::Instant now, Commands& out);

  // Every row, as RowsChanged: for those who keep a copy and have none, or missed changes. Leaves
  // as the commands of the last input do.
  void hand_out_all_rows(Commands& out) const;

  // When to give DeadlineReached if nothing happens before.
  std::optional<base::Instant> next_deadline() const;

  Floor floor(base::Instant now) const;

  // The queues, to be asked why; their commands are not for others.
  const queue::Engine& engine() const;
  // Who looks on while the queues decide, if anybody; not part of the state. Lifetime: until it is
  // replaced or the core ends.
  void watch(queue::Observer* observer);
  const call::Registrations& registrations() const;
  // Which wall clock its instants are.
  const base::WallAnchor& anchor() const;

  // The first odd leg id that sip may hand out: past all that were ever seen.
  base::LegId next_inbound_leg() const;

  // Of the legs that sip should know, the next after this one: for whoever asks it whether it does.
  std::vector<base::LegId> legs_of_sip(base::LegId after, std::size_t most) const;

  // What contradicts itself as of the last input (violation.h); looks at everything. Those that may
  // be so for a time are named too: a SelfCheck knows which are real.
  std::vector<Violation> violations() const;
  // In words, with names and uuids.
  std::string describe_violation(const Violation& violation) const;
  // Stops the program when an invariant does not hold: tests and the simulator call it after every
  // input.
  void check_invariants(base::Instant now) const;

  friend void describe(base::Archive& archive, Core& core);

 private:
  std::unique_ptr<CoreState> state_;
};

void describe(base::Archive& archive, Core& core);

// True for inputs that cannot change the core's state (API commands that only read): they need no
// place in the journal.
bool only_reads(const Input& input);

}  // namespace core
