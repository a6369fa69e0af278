// Plays a scenario on a real engine: people act by name, and the calls do what they are told.
//
// The calls behind the engine are the simplest that keep its contract: a cancelled leg ends at
// once, unless the set-up says `cancels by hand`.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "queue/engine.h"
#include "sim/scenario_script.h"
#include "sim/words.h"

namespace sim {

// What happened at one moment.
struct Moment {
  base::Duration at{0};
  bool is_step = false;  // Otherwise it came due by itself.
  std::vector<std::string> outcomes;
};

class Stage : public queue::Observer {
 public:
  enum class Show { Orders, Events, Headers };

  Stage();

  Complaint set_up(const std::vector<std::string>& lines);

  // Lets time pass until the step, then does it. Returns: the moments at which something came due,
  // and the step's own last.
  base::Result<std::vector<Moment>> play(const Step& step);

  // Lets everything come due that is armed.
  std::vector<Moment> let_time_pass();

  // Replaces the engine by one that was restored from its saved state.
  void restart();

  // ---- for actions.cc ----
  base::Instant now() const;
  queue::Engine& engine() { return engine_; }
  queue::Commands& out() { return out_; }
  // To be changed and then put into effect with configure().
  queue::CallCenterSettings& settings() { return settings_; }
  void configure();
  void report(const queue::Report& report);
  void say(const std::string& outcome) { said_.push_back(outcome); }

  Complaint join(const std::string& member, const std::string& queue, const Options& options);
  std::optional<base::MemberId> member_named(const std::string& name) const;
  // The offer or conversation the agent is in, as the calls know it.
  std::optional<base::OfferId> offer_at(const std::string& agent) const;
  base::LegId new_leg(const std::string& channel_uuid);
  // The leg of a call outside the queues.
  base::LegId leg_named(const std::string& name);
  // What the engine says about each agent that this member could be offered to.
  std::vector<std::string> verdicts_about(base::MemberId member) const;

  void about_to_offer(base::MemberId member, base::AgentId agent, base::Instant now) override;

  // ---- for outcomes.cc ----
  Show show() const { return show_; }
  std::string member_name(base::MemberId member) const;
  std::string member_name(base::LegId leg) const;
  std::string agent_name(base::OfferId offer) const;
  base::MemberId member_of(base::OfferId offer) const;
  // Uuids by what they name, times by the seconds since the start.
  std::string rename(std::string_view header, std::string_view value) const;

 private:
  struct Dialled {
    base::MemberId member;
    std::string agent;
  };

  Complaint set_up_line(const std::string& line);
  Complaint set_up_agent(const std::string& name, Options options);
  void begin();
  void give_history();
  Moment settle(bool is_step);
  void let_calls_obey();
  void note(const queue::Command& command);
  void say_rests();

  queue::Engine engine_;
  queue::CallCenterSettings settings_;
  queue::Commands out_;
  base::Duration elapsed_{0};
  Show show_ = Show::Orders;
  bool cancels_by_hand_ = false;
  bool shows_decisions_ = false;
  std::deque<std::vector<std::string>> decisions_;  // Per offer that is not told yet.
  std::vector<std::string> said_;

  std::uint64_t last_leg_ = 0;
  std::map<std::string, base::LegId> outside_legs_;
  std::map<base::LegId, std::string> leg_names_;
  std::map<std::string, base::MemberId> members_;
  std::map<base::MemberId, std::string> member_names_;
  std::map<std::string, std::string> uuid_names_;
  std::map<base::OfferId, Dialled> dialled_;
  std::map<std::string, base::OfferId> offer_at_;
  std::map<std::string, std::optional<base::Instant>> rests_;
  std::map<std::string, Options> history_;  // What the set-up says of agents' pasts.
};

}  // namespace sim
