// A call centre of a chosen size around the queue engine alone: for benches, and for the tests of
// how its work grows.
//
// It feeds the engine one input after another, a millisecond apart, and answers commands only when
// it is told to. It checks nothing; tests of what the engine decides are scenarios.
#pragma once

#include <cstdint>
#include <deque>
#include <set>
#include <string>

#include "queue/engine.h"

namespace bench {

enum class TierRules { Off, On };
// Whether the rows that change are taken after every input, as the core does.
enum class RowChanges { Ignored, Taken };

struct CallCentrePlan {
  std::string strategy = "longest-idle-agent";
  TierRules rules = TierRules::Off;
  int queues = 1;
  int agents = 0;  // All logged out at first.
  RowChanges row_changes = RowChanges::Ignored;
};

class CallCentre {
 public:
  // Gives a figure that never shrinks; see cost().
  using Meter = std::uint64_t (*)();

  explicit CallCentre(const CallCentrePlan& plan, Meter meter = no_meter);

  // Changes the strategy and the rules of all queues, as an operator does on a working day.
  void reconfigure(const std::string& strategy, TierRules rules);

  // ---- inputs: one call of the engine each, where not said otherwise ----
  void member_joins();    // Queue after queue.
  void agent_logs_in();   // One after the other. Requires: someone is logged out.
  void agent_logs_out();  // The one who logged in last. Requires: someone is logged in.
  // The oldest offer. Requires: one waits for an answer. `answer` is two inputs: it is bridged too.
  void answer();
  void refuse();
  // The oldest conversation ends. Requires: there is one.
  void hang_up();
  // The oldest leg whose offer was taken back ends. Requires: there is one.
  void end_cancelled_leg();

  // ---- queries ----
  // Offers that wait for an answer, without those taken back.
  std::size_t ringing() const { return ringing_.size(); }
  std::size_t in_conversation() const { return talking_.size(); }
  std::size_t cancelled_legs() const { return cancelled_.size(); }
  // Of the last input, with the deadlines that came due before it: by how much the meter grew, and
  // how many offers were started.
  std::uint64_t cost() const { return cost_; }
  std::size_t offers_started() const { return offers_started_; }
  // Since the beginning.
  std::uint64_t inputs() const { return inputs_; }
  std::uint64_t offers() const { return offers_; }

 private:
  static std::uint64_t no_meter() { return 0; }

  template <class Call>
  void input(Call call);
  void add_agent(int number);
  void report(const queue::Report& report);
  void read_commands();
  base::OfferId take_ringing();

  CallCentrePlan plan_;
  Meter meter_;
  queue::Engine engine_;
  queue::Commands out_;
  base::Instant now_;
  std::set<base::OfferId> ringing_;  // Oldest first.
  std::deque<base::OfferId> talking_;
  std::deque<base::OfferId> cancelled_;
  std::uint64_t members_ = 0;
  int agents_logged_in_ = 0;
  std::uint64_t cost_ = 0;
  std::size_t offers_started_ = 0;
  std::uint64_t inputs_ = 0;
  std::uint64_t offers_ = 0;
};

}  // namespace bench
