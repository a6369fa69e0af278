#include "call/place_announcement.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/text.h"
#include "call/pace.h"
#include "call/say.h"
#include "call/sounds.h"

namespace call {
namespace {

// An announcement of another kind plays: this one comes after it, without talking into it.
constexpr std::chrono::seconds kAfterAnother{5};
// More often than this nobody can listen to, whatever is written.
constexpr int kFrequencySecondsMin = 5;
constexpr std::int64_t kMinutesMax = 60;

const queue::QueueSettings* settings_of(const Surroundings& around, const InQueue& waiting) {
  const queue::Queue* found = around.find_queue(waiting.queue);
  return found == nullptr ? nullptr : &found->settings;
}

bool is_wanted(const queue::QueueSettings& settings) {
  return settings.announce_position || settings.announce_wait;
}

void arm(Turn& turn, const Leg& leg, base::Duration after) {
  turn.state.deadlines.arm(Purpose::of(Purpose::Kind::PlaceAnnouncement, leg.id), turn.now + after);
}

std::optional<base::Duration> estimate(const Turn& turn, const InQueue& waiting,
                                       std::size_t place) {
  const auto found = turn.state.paces.find(base::to_lower(waiting.queue));
  if (found == turn.state.paces.end()) return std::nullopt;
  return found->second.estimate(place, waiting.entered_at.value_or(turn.now), turn.now);
}

void append(std::vector<std::string> more, std::vector<std::string>& names) {
  std::move(more.begin(), more.end(), std::back_inserter(names));
}

// Rounded up: who waits less than was said is not cross.
void append_wait(base::Duration wait, std::vector<std::string>& names) {
  names.emplace_back("ivr/ivr-estimated_wait.wav");
  const std::int64_t seconds = std::chrono::ceil<std::chrono::seconds>(wait).count();
  const std::int64_t minutes = (seconds + 59) / 60;
  if (seconds < 60) {
    names.emplace_back("ivr/ivr-less_than_a_minute.wav");
  } else if (minutes > kMinutesMax) {
    names.emplace_back("ivr/ivr-more_than_an_hour.wav");
  } else {
    append(say_number(minutes), names);
    names.emplace_back(minutes == 1 ? "time/minute.wav" : "time/minutes.wav");
  }
}

}  // namespace

std::string sound_of_place(const PlaceSaid& said) {
  std::vector<std::string> names;
  if (said.place) {
    names.emplace_back("ivr/ivr-you_are_number.wav");
    append(say_number(static_cast<std::int64_t>(*said.place)), names);
  }
  if (said.wait) append_wait(*said.wait, names);
  std::string sound;
  for (const std::string& name : names) sound += (sound.empty() ? "file_string://" : "!") + name;
  return sound;
}

void begin_place_announcements(Turn& turn, Surroundings& around, Leg& leg) {
  InQueue& waiting = std::get<InQueue>(leg.execution.running);
  waiting.entered_at = turn.now;
  const queue::QueueSettings* settings = settings_of(around, waiting);
  if (settings == nullptr || !is_wanted(*settings)) return;
  const auto place = around.place_in_line(waiting.member);
  if (place && settings->announce_wait) waiting.promised = estimate(turn, waiting, *place);
  arm(turn, leg, std::chrono::seconds(settings->announce_position_first_seconds));
}

void place_announcement_due(Turn& turn, Surroundings& around, Leg& leg) {
  const InQueue* waiting = std::get_if<InQueue>(&leg.execution.running);
  if (waiting == nullptr || !waiting->member) return;
  const queue::QueueSettings* settings = settings_of(around, *waiting);
  if (settings == nullptr || !is_wanted(*settings)) return;
  if (waiting->announcement) return arm(turn, leg, kAfterAnother);
  arm(turn, leg,
      std::chrono::seconds(
          std::max(settings->announce_position_frequency_seconds, kFrequencySecondsMin)));
  // What was to be said before is still in line: the caller would hear old numbers.
  if (leg.asides.playing) return;
  const auto place = around.place_in_line(waiting->member);
  if (!place) return;
  PlaceSaid said;
  if (settings->announce_position) said.place = place;
  if (settings->announce_wait) said.wait = estimate(turn, *waiting, *place);
  const std::string sound = sound_of_place(said);
  if (!sound.empty()) play_aside(turn, leg, sound);
}

void measure_answer(Turn& turn, const Leg& leg) {
  const InQueue& waiting = std::get<InQueue>(leg.execution.running);
  // One who was admitted before this was measured has no beginning.
  if (!waiting.entered_at) return;
  turn.state.paces[base::to_lower(waiting.queue)].answered(*waiting.entered_at, waiting.promised,
                                                           turn.now);
}

}  // namespace call
