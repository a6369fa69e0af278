// Watches a day from outside and knows from reports and commands alone what must be true.
//
// It shares no code with the engine: its own small model of offers, members and rests is compared
// with what the engine orders and announces (spec/09, suggested invariants).
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "queue/engine.h"

namespace sim {

class Witness {
 public:
  // ---- what goes in, before the engine gets it ----
  void sees(const queue::Report& report, const queue::Engine& engine, base::Instant now);
  void sees_state_set(const std::string& agent, std::string_view state);
  void sees_ready_time_set(const std::string& agent, std::optional<base::Instant> at);
  void sees_status_set(const std::string& agent) { status_set_ = agent; }
  void sees_agent_added(const std::string& agent);

  // ---- what comes out, in order ----
  void sees(const queue::Command& command, const queue::Engine& engine, base::Instant now);

  // After a call of the engine and all its commands.
  void check(const queue::Engine& engine, base::Instant now);
  // At the end of a day, when everybody has gone.
  void check_end(const queue::Engine& engine) const;

  // The first thing that was wrong; empty when all was right.
  const std::string& complaint() const { return complaint_; }

  // ---- for fairness.cc ----
  bool rests(const queue::Agent& agent, base::Instant now) const;
  bool is_offered(const std::string& agent) const { return offer_at_.contains(agent); }
  bool is_barred(const std::string& agent, base::MemberId member, base::Instant now) const;

  void complain(const std::string& what) const;

 private:
  enum class Phase { Ringing, Answered, Bridged };
  struct Offer {
    std::string agent;
    base::MemberId member;
    Phase phase = Phase::Ringing;
    bool cancelled = false;
    base::Instant called_at;
  };
  struct Caller {
    std::string queue;
    std::string uuid;
    int exits = 0;
    bool counted = true;  // Waiting or Trying.
  };
  // What the events have told about an agent's present call.
  enum class Told { Nothing, Offering, Started, Talking, Ended };

  void sees_end(base::OfferId offer, const std::string& cause, const queue::Engine& engine,
                base::Instant now);
  void sees_event(const base::EslEvent& event);
  void sees_agent_event(std::string_view action, const base::EslEvent& event);
  void sees_state_event(const std::string& agent, std::string_view state);
  void tell(const std::string& agent, Told from, Told to);

  std::map<base::OfferId, Offer> offers_;
  std::map<std::string, base::OfferId> offer_at_;
  std::map<base::MemberId, Caller> callers_;
  std::map<std::string, base::MemberId> by_uuid_;
  std::map<std::string, int> counts_;  // Waiting or Trying, per queue.
  std::set<std::string> uncounted_;    // Queues whose change has not been announced yet.
  std::map<std::string, Told> told_;
  std::map<std::string, base::Instant> ready_at_;
  std::map<std::string, base::Instant> retry_at_;
  std::map<std::string, base::Instant> talked_until_;
  std::map<std::pair<std::string, base::MemberId>, base::Instant> barred_until_;
  std::optional<std::pair<std::string, std::string>> state_set_;
  std::string status_set_;
  mutable std::string complaint_;
};

}  // namespace sim
