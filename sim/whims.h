// What people do on a random day: callers who call, agents who come and go, operators who change
// things, a machine that fails.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "queue/engine.h"
#include "sim/call_side.h"
#include "sim/witness.h"

namespace sim {

// Where whims act: the day that is being played.
class Floor {
 public:
  using Command = std::function<void(queue::Engine&, queue::Commands&)>;

  Floor() = default;
  Floor(const Floor&) = delete;
  Floor& operator=(const Floor&) = delete;
  virtual ~Floor() = default;

  virtual base::Instant now() const = 0;
  virtual const queue::Engine& engine() const = 0;
  virtual Witness& witness() = 0;
  virtual CallSide& calls() = 0;
  virtual void report(const queue::Report& report) = 0;
  virtual void command(const std::string& text, const Command& command) = 0;
  // Replaces the engine by a restored one.
  virtual void restore() = 0;
};

class Whims {
 public:
  explicit Whims(std::uint64_t seed) : random_(seed) {}

  // Furnishes the call centre: queues, agents, tiers.
  void open(Floor& floor);

  // Somebody does something.
  void act(Floor& floor);

  // Makes it possible that everybody is served, and keeps it so.
  void staff_everything(Floor& floor);
  void keep_staffed(Floor& floor);
  // Undoes what was set by hand.
  void free_tiers(Floor& floor);

 private:
  struct Whim {
    int weight;
    void (Whims::*act)(Floor&);
  };
  static const std::vector<Whim>& all();

  void caller_calls(Floor& floor);
  void agent_changes_status(Floor& floor);
  void agent_state_is_set(Floor& floor);
  void number_is_set(Floor& floor);
  void ready_time_is_set(Floor& floor);
  void agent_is_deleted(Floor& floor);
  void agent_is_added(Floor& floor);
  void tier_changes(Floor& floor);
  void queue_is_unloaded(Floor& floor);
  void queue_is_loaded(Floor& floor);
  void configuration_changes(Floor& floor);
  void engine_is_restored(Floor& floor);
  void machine_fails(Floor& floor);
  void something_stale_is_reported(Floor& floor);
  void outside_call_begins(Floor& floor);
  void outside_call_ends(Floor& floor);
  void member_is_removed(Floor& floor);

  void add_agent(Floor& floor, const std::string& agent);
  void set_status(Floor& floor, const std::string& agent, const std::string& status);
  void configure(Floor& floor);
  void vary(queue::QueueSettings& queue);
  bool chance(std::uint64_t one_in) { return random_.below(one_in) == 0; }
  template <class T>
  const T& one_of(const std::vector<T>& all) {
    return all[random_.below(all.size())];
  }

  base::Random random_;
  queue::CallCenterSettings settings_;
  std::vector<std::string> queues_;
  std::vector<std::string> agents_;
  std::uint64_t last_leg_ = 1;
  bool staffed_ = false;
};

}  // namespace sim
