// What became of the callers of each queue, counted from the call centre's events (spec/06).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "base/esl_event.h"
#include "base/time.h"

namespace app {

struct QueueOutcome {
  std::uint64_t calls = 0;
  std::uint64_t answered = 0;
  std::uint64_t in_time = 0;    // Of those answered: within the service level's time.
  std::uint64_t abandoned = 0;  // Hung up, or were transferred, while they waited.
  std::uint64_t let_go = 0;     // The queue ended the wait: a limit, an exit key.
  base::Duration waited{0};     // Of those answered, together …
  base::Duration longest_wait{0};

  std::uint64_t still_waiting() const { return calls - answered - abandoned - let_go; }
  // … and each of them, on average.
  base::Duration average_wait() const;
  // Tenths of a percent of all calls that were answered in time.
  std::uint64_t service_level_permille() const;
};

class QueueOutcomes {
 public:
  // `in_time`: within which an answer is in time.
  explicit QueueOutcomes(base::Duration in_time) : in_time_(in_time) {}

  // Every event in its order; those of other kinds, and of callers who came before the first event,
  // count nothing.
  void take(const base::EslEvent& event, base::Instant at);

  const std::map<std::string, QueueOutcome>& queues() const { return queues_; }

 private:
  struct Waiting {
    std::string queue;
    base::Instant since;
  };
  void answered(std::string_view member, base::Instant at);
  void ended(std::string_view member, std::string_view reason);

  const base::Duration in_time_;
  std::map<std::string, QueueOutcome> queues_;
  std::map<std::string, Waiting, std::less<>> waiting_;  // By the member's uuid.
};

}  // namespace app
