// The queue engine: who is offered to whom, and what becomes of it.
//
// It decides and never does: it gets a report and the current instant, changes its state and
// appends commands. It reads no clock, and its random numbers come from a seeded generator in its
// state, so the same inputs give the same commands. Each rule lives in a file named after it; this
// class holds the state and routes.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/archive.h"
#include "base/random.h"
#include "base/time.h"
#include "queue/ended.h"
#include "queue/explanation.h"
#include "queue/imported_rows.h"
#include "queue/messages.h"
#include "queue/observer.h"
#include "queue/records.h"
#include "queue/row_changes.h"
#include "queue/row_view.h"
#include "queue/settings.h"

namespace queue {

// Why an operator's change was refused. Unknown things first, as the replies of spec/05 §3 do.
enum class ChangeError {
  AgentNotFound,
  AgentExists,
  AgentTypeInvalid,
  AgentStatusInvalid,
  AgentStateInvalid,
  AgentKeyInvalid,
  QueueNotFound,
  TierExists,
  TierNotFound,
  TierStateInvalid,
  TierKeyInvalid,
};
using Change = std::optional<ChangeError>;  // nullopt: done.

struct State;
struct Offer;

class Engine final : public RowView {
 public:
  Engine(std::uint64_t seed, base::WallAnchor anchor);
  ~Engine() override;
  Engine(Engine&&) noexcept;
  Engine& operator=(Engine&&) noexcept;

  // ---- commands ----
  // `now` is never before the instant of an earlier call; commands are appended to `out`.

  // Applies a configuration: the first one, one after a restart, or a changed one. Queues that are
  // gone release their members; live status stays unless the XML's changed (spec/10 #33).
  void configure(const CallCenterSettings& settings, base::Instant now, Commands& out);
  // The same at an operator's start: first drops what truncate-…-on-load says (truncation.h).
  void configure_anew(const CallCenterSettings& settings, base::Instant now, Commands& out);
  // Takes over rows of a database (import.h); once configured.
  void import_rows(const ImportedRows& rows, base::Instant now, Commands& out);

  void handle(const Report& report, base::Instant now, Commands& out);

  // Does what has come due.
  void advance(base::Instant now, Commands& out);

  // When to call advance() if nothing happens before; nullopt when nothing is pending.
  std::optional<base::Instant> next_deadline() const;

  // callcenter_config agent … (spec/05 §3). `key` and `value` are as typed.
  Change add_agent(std::string_view name, std::string_view type, base::Instant now, Commands& out);
  void remove_agent(std::string_view name, base::Instant now, Commands& out);
  Change set_agent(std::string_view key, std::string_view name, std::string_view value,
                   base::Instant now, Commands& out);
  // The event of `agent get status|state|uuid`; the value itself is in the agent's record.
  Change announce_agent(std::string_view key, std::string_view name, base::Instant now,
                        Commands& out);

  // `agent reload`: applies what the settings given to configure() last say about this agent,
  // status included. An agent that they do not name stays as it is.
  void reload_agent(std::string_view name, base::Instant now, Commands& out);

  // callcenter_config tier …
  Change add_tier(const TierSettings& tier, base::Instant now, Commands& out);
  void remove_tier(std::string_view queue, std::string_view agent, base::Instant now,
                   Commands& out);
  struct TierChange {
    std::string_view key;  // state, level, position
    std::string_view queue;
    std::string_view agent;
    std::string_view value;
  };
  Change set_tier(const TierChange& change, base::Instant now, Commands& out);

  // `tier reload`: applies the configured tiers that `selected` names, in any case.
  // Returns: how many the configuration has.
  struct TierSelection {
    std::string_view queue;  // Empty: every queue.
    std::string_view agent;  // Empty: every agent.
  };
  std::size_t reload_tiers(const TierSelection& selected, base::Instant now, Commands& out);

  // PRESENCE_IN of a queue, for whoever asks how many wait. Returns: false when it is not loaded.
  bool announce_presence(std::string_view queue, base::Instant now, Commands& out);

  // callcenter_config queue load|unload|reload: load re-reads the queue from the settings given to
  // configure() last, with its agents and tiers. unload releases the members inside.
  Change load_queue(std::string_view name, base::Instant now, Commands& out);
  void unload_queue(std::string_view name, base::Instant now, Commands& out);

  // A supervisor takes a waiting member out: BREAK_OUT, and the dialplan goes on (spec/10 #6).
  // Anybody else is left as they are.
  void remove_member(base::MemberId member, base::Instant now, Commands& out);

  // Makes anew what only repeats the rows, after the self-check has found that it does not, and
  // brings people together.
  void rebuild_indexes(base::Instant now, Commands& out);

  // ---- queries ----
  // Lifetime: pointers and references hold until the next command.
  const Agent* find_agent(std::string_view name) const;
  const Queue* find_queue(std::string_view name) const override;
  std::vector<const Agent*> agents() const override;
  std::vector<const Queue*> queues() const override;
  std::vector<const Tier*> tiers() const override;
  std::vector<const Member*> members() const override;
  const Agent* agent(base::AgentId id) const override;
  const Queue* queue(base::QueueId id) const override;
  const Member* member(base::MemberId id) const;
  const Offer* offer(base::OfferId id) const;
  std::vector<const Offer*> offers() const;
  const std::string& instance_id() const override;
  const base::WallAnchor& anchor() const override;
  // Until when an agent who takes calls rests first: wrap-up or a delay. nullopt: it does not.
  std::optional<base::Instant> rests_until(base::AgentId id) const;
  // Why each agent of the member's queue is, or is not, who would be offered it now; in the order
  // of the tiers. Looks at all of them. Empty: no such member.
  std::vector<Verdict> explain(base::MemberId member, base::Instant now) const;
  const CallCenterSettings& settings() const;

  // ---- for those who keep a copy of the rows ----
  // From now on changes are noted. Not part of the state: a loaded engine has to be told again.
  void note_changes();
  // The rows that were touched since the last call, by id. Requires: note_changes().
  RowChanges take_changes();
  RowChanges all_rows() const;
  // The stays and offers that are over since the last call. Requires: note_changes().
  std::vector<Ended> take_ended();

  // Who looks on while decisions are made, if anybody; not part of the state.
  // Lifetime: until it is replaced or the engine ends.
  void set_observer(Observer* observer) { observer_ = observer; }

  // The invariants of spec/09 that do not hold, in words (invariants.h); looks at everything.
  std::vector<std::string> broken_rules(base::Instant now) const;
  // Stops the program when one does not hold: for tests and the simulator, after every input.
  void check_invariants(base::Instant now) const;

  friend void describe(base::Archive& archive, Engine& engine);

 private:
  std::unique_ptr<State> state_;
  Observer* observer_ = nullptr;
};

void describe(base::Archive& archive, Engine& engine);

}  // namespace queue
