// How fast the callers of one queue are answered, and how well that foretells their waiting.
//
// Between two answers lies an interval: from the answer before, or from the joining of who is
// answered now when nobody waited in between. Its mean, in which newer intervals weigh more, times
// the place in line is the estimate. Each estimate that was made is compared with what came of it.
// Whole numbers only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "base/archive.h"
#include "base/time.h"

namespace call {

class Pace {
 public:
  // With fewer answers than this an estimate would be a guess.
  static constexpr std::int64_t kAnswersNeeded = 3;

  // A caller who stood in line since `entered` is answered. `promised` is what was estimated then.
  // Requires: `now` is not before `entered`.
  void answered(base::Instant entered, std::optional<base::Duration> promised, base::Instant now);

  // How long who has this place (1 is the first) and stands in line since `entered` will wait from
  // now on. nullopt: too few answers were seen.
  std::optional<base::Duration> estimate(std::size_t place, base::Instant entered,
                                         base::Instant now) const;

  std::int64_t answers() const { return answers_; }
  base::Duration mean_interval() const { return base::Duration(mean_ms_); }
  // How many estimates have met their answer; by how much they were wrong in the mean, and by how
  // much they were too low (above zero) or too high.
  std::int64_t compared() const { return compared_; }
  base::Duration mean_error() const { return base::Duration(error_ms_); }
  base::Duration mean_bias() const { return base::Duration(bias_ms_); }

  friend void describe(base::Archive& archive, Pace& pace);

 private:
  std::int64_t answers_ = 0;
  std::int64_t mean_ms_ = 0;
  std::optional<base::Instant> last_answer_;
  std::int64_t compared_ = 0;
  std::int64_t error_ms_ = 0;
  std::int64_t bias_ms_ = 0;
};

void describe(base::Archive& archive, Pace& pace);

}  // namespace call
