// What people did in a recorded time, freed from what the server made of it: who called when and
// with how much patience, how each phone answered, what operators ordered. From it a day can be
// played again under another configuration (traffic_model.h).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/history.h"
#include "base/result.h"
#include "base/time.h"
#include "core/input.h"

namespace app {

struct Caller {
  base::Instant at;  // When the INVITE came.
  call::LegInvited invited;
  bool joined = false;  // It came to a queue …
  bool served = false;  // … and to an agent.
  // From the INVITE to its hanging up: in the queue, unserved, or without ever joining one.
  // nullopt: it was served, or the server ended the call, so nobody knows.
  std::optional<base::Duration> patience;
  std::optional<base::Duration> talked;  // Its first conversation, if that has ended.
};

// One time that an agent's phone rang.
struct Ring {
  base::Duration after{0};  // From the offer to the answer or refusal.
  int status = 200;         // 200: answered; 0: it rang until it was told to stop; else a refusal.
};

struct Traffic {
  std::vector<Caller> callers;                                  // In their order.
  std::map<std::string, std::vector<Ring>> rings;               // By agent, in their order.
  std::map<std::string, base::Duration> sounds;                 // How long those were that ended.
  std::vector<std::pair<base::Instant, core::Input>> operated;  // Commands, registrations, set-up.
  base::Instant end;

  // The median of all phones' answers, and of all conversations; a guess where there was none.
  base::Duration usual_ring() const;
  base::Duration usual_talk() const;
};

// Follows a history, step by step.
class TrafficReader {
 public:
  void take(const History::Step& step);
  // Requires: every step was given.
  Traffic finish() { return std::move(traffic_); }

 private:
  void take(const core::Input& input, base::Instant at);
  void take(const core::Command& command, base::Instant at);
  void take_event(const base::EslEvent& event, base::Instant at);
  void ring_ended(const std::string& agent, base::Instant at, int status);
  void left_unserved(base::LegId leg, base::Instant at);
  Caller* caller_of(std::string_view channel);

  Traffic traffic_;
  std::map<base::LegId, std::size_t> callers_;              // Places in traffic_.callers.
  std::map<std::string, base::LegId, std::less<>> leg_of_;  // By a channel's uuid.
  std::map<std::string, base::Instant> ringing_since_;      // By agent.
  std::map<std::string, base::Instant> talking_since_;      // By the caller's channel.
  std::map<base::PlaybackId, std::pair<std::string, base::Instant>> playing_;
};

}  // namespace app
