#include "call/pace.h"

#include <algorithm>

#include "base/check.h"

namespace call {
namespace {

// The last answers of a quarter of an hour or so decide; errors are looked at for longer.
constexpr std::int64_t kIntervalsKept = 8;
constexpr std::int64_t kErrorsKept = 50;
// Nobody waits longer than the limits allow; and a product of two stays far from overflow.
constexpr std::int64_t kIntervalMsMax = 86'400'000;
constexpr std::int64_t kPlacesMax = 1'000'000;

// The mean of the values so far when one more comes: of few all count the same.
std::int64_t with(std::int64_t value, std::int64_t mean, std::int64_t count, std::int64_t kept) {
  return mean + (value - mean) / std::min(count, kept);
}

}  // namespace

void Pace::answered(base::Instant entered, std::optional<base::Duration> promised,
                    base::Instant now) {
  CHECK(now >= entered);
  const base::Instant since = last_answer_ ? std::max(*last_answer_, entered) : entered;
  const std::int64_t interval = std::clamp<std::int64_t>((now - since).count(), 0, kIntervalMsMax);
  mean_ms_ = with(interval, mean_ms_, ++answers_, kIntervalsKept);
  last_answer_ = now;
  if (!promised) return;
  const std::int64_t late =
      std::clamp((now - entered - *promised).count(), -kIntervalMsMax, kIntervalMsMax);
  ++compared_;
  error_ms_ = with(late < 0 ? -late : late, error_ms_, compared_, kErrorsKept);
  bias_ms_ = with(late, bias_ms_, compared_, kErrorsKept);
}

std::optional<base::Duration> Pace::estimate(std::size_t place, base::Instant entered,
                                             base::Instant now) const {
  if (answers_ < kAnswersNeeded) return std::nullopt;
  // An interval that lasts longer than the mean already counts as it is: the line has slowed down.
  const base::Instant since = std::max(last_answer_.value_or(entered), entered);
  const std::int64_t open = std::clamp<std::int64_t>((now - since).count(), 0, kIntervalMsMax);
  const std::int64_t mean =
      open > mean_ms_ ? with(open, mean_ms_, kIntervalsKept, kIntervalsKept) : mean_ms_;
  const auto places = std::min(static_cast<std::int64_t>(place), kPlacesMax);
  return base::Duration(mean * places);
}

void describe(base::Archive& archive, Pace& pace) {
  archive.field("answers", pace.answers_);
  archive.field("mean_ms", pace.mean_ms_);
  archive.field("last_answer", pace.last_answer_);
  archive.field("compared", pace.compared_);
  archive.field("error_ms", pace.error_ms_);
  archive.field("bias_ms", pace.bias_ms_);
}

}  // namespace call
