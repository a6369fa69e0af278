// What a failed offer means for the agent: the delay before its next one (spec/04 §5).
#pragma once

#include <string_view>

#include "base/time.h"
#include "queue/records.h"

namespace queue {

enum class FailureClass {
  Cancelled,     // Taken back, or another agent won: no consequence.
  Busy,          // busy_delay_time; counts towards max_busy.
  Reject,        // reject_delay_time; counts towards max_reject.
  Unregistered,  // not_registered_delay_time: nobody was rung, and it may mend soon.
  NoAnswer,      // no_answer_delay_time; counts towards max_no_answer.
};

// Of a hang-up cause's name; everything unknown counts as no answer.
FailureClass classify_failure(std::string_view cause);

// The least time from an offer that failed by itself to the agent's next. Without it a phone that
// refuses at once, and an agent without delays, would be called thousands of times a second; with
// it as often as in the original, which looked for agents every 100 ms.
inline constexpr base::Duration kRetryGap{100};

// How long the agent rests after it; zero: not at all.
base::Duration delay_after(FailureClass failure, const Agent& agent);

}  // namespace queue
