#include "call/record.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "call/application_stack.h"
#include "call/inbound.h"
#include "call/playback.h"
#include "call/recording.h"
#include "call/sounds.h"

namespace call {
namespace {

// Where a threshold is given without a time, as the original has it.
constexpr std::int64_t kSilenceSeconds = 3;
// Samples are no larger.
constexpr std::int64_t kThresholdMax = 32'767;

// The numbers behind the path, which are taken off it, the first one first.
std::vector<std::int64_t> take_numbers(std::string_view& data) {
  constexpr std::size_t kNumbersMax = 3;
  std::vector<std::int64_t> numbers;
  data = base::trim(data);
  while (numbers.size() < kNumbersMax) {
    const std::size_t space = data.rfind(' ');
    if (space == std::string_view::npos) break;
    const auto number = base::parse_integer(data.substr(space + 1));
    if (!number) break;
    numbers.insert(numbers.begin(), *number);
    data = base::trim(data.substr(0, space));
  }
  return numbers;
}

RecordingStart wanted_by(std::string_view data) {
  const auto numbers = take_numbers(data);
  const auto number = [&](std::size_t index, std::int64_t otherwise) {
    return index < numbers.size() ? numbers[index] : otherwise;
  };
  RecordingStart wanted{.path = data, .kind = RecordingStart::Kind::Voice};
  wanted.seconds_max = number(0, 0);
  wanted.silence_threshold =
      static_cast<int>(std::clamp<std::int64_t>(number(1, 0), 0, kThresholdMax));
  if (wanted.silence_threshold > 0) wanted.silence_seconds = number(2, kSilenceSeconds);
  return wanted;
}

}  // namespace

void run_record(Turn& turn, Surroundings& around, Leg& leg, const std::string& data) {
  // A call that is not answered yet is heard by early media.
  progress_leg(turn, leg);
  leg.variables.unset("playback_terminator_used");
  const auto begun = start_recording(turn, around, leg, wanted_by(data));
  if (!begun) {
    leg.variables.set("record_completion_cause", "uri-failure");
    return turn.warn(leg, leg.name + ": record: " + begun.error());
  }
  leg.execution.running = RecordingMessage{*begun};
}

void digit_while_recording(Turn& turn, Leg& leg, const std::string& digit) {
  if (!ends_sound(leg, digit)) return;
  leg.variables.set("playback_terminator_used", digit);
  stop_recording(turn, leg, std::get<RecordingMessage>(leg.execution.running).recording);
}

void record_over(Turn& turn, Surroundings& around, Leg& leg, const RecordingEnded& report) {
  const auto* running = std::get_if<RecordingMessage>(&leg.execution.running);
  if (running == nullptr || running->recording != report.recording) return;
  stop_sound(turn, leg);
  application_over(turn, around, leg);
}

}  // namespace call
