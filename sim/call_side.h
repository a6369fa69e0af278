// Made-up calls behind the engine: callers with little patience, agents who answer, refuse, ring
// out or are gone, legs that take a while to be cancelled.
//
// It keeps the contract of queue/messages.h (each offer ends exactly once, each caller leaves at
// most once) and uses every freedom that it leaves: answers that cross cancellations, refusals
// that cross hang-ups, reports about offers that are long over.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/random.h"
#include "base/time.h"
#include "queue/messages.h"

namespace sim {

class CallSide {
 public:
  explicit CallSide(std::uint64_t seed) : random_(seed) {}

  // Does what the engine ordered, now or a little later.
  void obey(const queue::Command& command, base::Instant now);

  // When something happens next.
  std::optional<base::Instant> next() const;

  // Lets the next thing happen. Returns: what the engine is told; nullopt when it is none of its
  // business. Requires: next() has come.
  std::optional<queue::Report> take(base::Instant now);

  // The process dies and starts again: what has not been bridged is lost.
  std::vector<queue::Report> crash();

  // From now on everybody answers soon and nobody is cut off.
  void stop_faults() { faults_ = Faults::Stopped; }
  // All callers who are still there hang up within a second.
  void send_everybody_home(base::Instant now);

  // Something about an offer or a member that is over.
  std::optional<queue::Report> stale_report();

 private:
  enum class Faults { Happen, Stopped };
  enum class Phase { Dialling, Answered, Bridged };
  struct Leg {
    base::MemberId member;
    Phase phase = Phase::Dialling;
    bool cancelled = false;
  };
  struct Happening {
    enum class Kind { Answers, Fails, CancelIsDone, IsBridged, AgentGoes, CallerGoes };
    Kind kind = Kind::Answers;
    base::OfferId offer = {};
    base::MemberId member = {};
    std::string cause = {};
  };

  void dial(const queue::StartOffer& order, base::Instant now);
  void cancel(const queue::CancelOffer& order, base::Instant now);
  void connect(const queue::ConnectOffer& order, base::Instant now);
  void admit(const queue::AdmitMember& order, base::Instant now);
  void schedule(base::Instant at, Happening happening);
  base::Duration between(std::int64_t least_ms, std::int64_t most_ms);
  std::string failure_cause();

  std::optional<queue::Report> happen(const Happening& happening, base::Instant now);
  std::optional<queue::Report> end_leg(base::OfferId offer, const std::string& cause);
  std::optional<queue::Report> caller_goes(base::MemberId member);

  base::Random random_;
  Faults faults_ = Faults::Happen;
  std::multimap<base::Instant, Happening> agenda_;
  std::map<base::OfferId, Leg> legs_;
  std::set<base::MemberId> callers_;  // Those who are there.
  std::vector<base::OfferId> ended_;
  std::vector<base::MemberId> gone_;
  std::uint64_t last_agent_leg_ = 0;
};

}  // namespace sim
