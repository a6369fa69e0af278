// The members of one queue, by what they are doing. An index only: it is rebuilt from the rows and
// the armed deadlines after a restart.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "base/ids.h"
#include "base/time.h"
#include "queue/waiting_line.h"

namespace queue {

// One line per waiting time that the tier rules of the queue demand of some level: who stands in it
// wants an offer and has waited so long. The line without a wait holds everybody who wants one.
using Lines = std::map<base::Duration, WaitingLine>;

struct QueueFloor {
  Lines lines = {{base::Duration::zero(), {}}};
  // Of those in line, the ones in the middle of their round, where its rest has rules of its own
  // (top-down).
  WaitingLine in_a_round;
  std::set<base::MemberId> inside;     // Waiting or Trying: what members-count counts.
  std::set<base::MemberId> abandoned;  // Rows that wait for their end.
  std::set<base::MemberId> in_a_call;  // Answered.
  // Those inside, as they came in, without those who go when their phones have stopped.
  std::set<std::pair<base::Instant, base::MemberId>> entered;
  // Abandoned rows that a caller may come back to: number, and when it was abandoned.
  std::map<std::string, std::set<std::pair<base::Instant, base::MemberId>>, std::less<>> missed;

  bool operator==(const QueueFloor&) const = default;
  bool empty() const { return inside.empty() && abandoned.empty() && in_a_call.empty(); }
};

}  // namespace queue
