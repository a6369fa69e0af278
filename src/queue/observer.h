// Somebody who looks on while the engine decides: the decision trace, the simulator's judge.
#pragma once

#include "base/ids.h"
#include "base/time.h"

namespace queue {

class Observer {
 public:
  Observer() = default;
  Observer(const Observer&) = delete;
  Observer& operator=(const Observer&) = delete;
  virtual ~Observer() = default;

  // The engine has decided. Its rows, and what explain() says, are still those from which it did;
  // it may be asked, not commanded.
  virtual void about_to_offer(base::MemberId member, base::AgentId agent, base::Instant now) = 0;
};

}  // namespace queue
