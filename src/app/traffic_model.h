// Recorded traffic, played once more to a core: the same people call at the same times, and phones,
// conversations and patience are as they were. Nothing is timed by a clock; the same traffic and
// configuration give the same outcomes.
//
// What nobody can know is taken as follows. A caller who was served would have waited as long as it
// took. A caller who gave up, but is served here, talks as long as callers usually did. An agent's
// phones answer as they did, one time after the other and then from the beginning; one that never
// rang answers as phones usually did.
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "app/queue_outcomes.h"
#include "app/traffic.h"
#include "core/core.h"

namespace app {

class TrafficModel {
 public:
  // `core` is as it was when the recording began. Lifetime: all outlive the model.
  TrafficModel(core::Core& core, const Traffic& traffic, QueueOutcomes& outcomes)
      : core_(core),
        traffic_(traffic),
        outcomes_(outcomes),
        usual_ring_(traffic.usual_ring()),
        usual_talk_(traffic.usual_talk()) {}

  // Plays all of it from `begin`. A configuration that is given holds from the beginning, as after
  // a restart with it, in place of those that were recorded. Calls that were up then are ended
  // first.
  void run(base::Instant begin, std::optional<core::Configuration> configuration);

 private:
  using Act = std::function<void()>;
  void plan(base::Instant at, Act act);
  void play();
  void call_in(const Caller& caller);

  void feed(const core::Input& input);
  void take(const core::Command& command, std::deque<core::Input>& replies);
  void take(const base::EslEvent& event);
  void take(const call::SipOrder& order, std::deque<core::Input>& replies);
  void take(const call::MediaOrder& order, std::deque<core::Input>& replies);

  void ring(const call::InviteLeg& order);
  Ring next_ring(const std::string& agent);
  // Nothing for one who is no caller of a queue, or talks already.
  void talk(base::LegId leg);
  void hang_up(base::LegId leg);

  core::Core& core_;
  const Traffic& traffic_;
  QueueOutcomes& outcomes_;
  const base::Duration usual_ring_;
  const base::Duration usual_talk_;
  base::Instant now_{};
  std::multimap<base::Instant, Act> planned_;  // Those of one instant in the order of planning.
  std::map<base::LegId, const Caller*> callers_;
  std::set<base::LegId> alive_;
  std::set<base::LegId> talking_;  // Callers.
  std::map<std::string, std::size_t> rang_;
  std::map<std::string, std::string, std::less<>> agent_of_;  // By the uuid of its phone's channel.
  std::map<base::LegId, std::string> uuid_of_;
  std::uint16_t next_port_ = 20'000;
};

}  // namespace app
