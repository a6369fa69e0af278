#include "call/recording.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "call/channel_data.h"
#include "call/hang_up.h"
#include "call/leave_message.h"
#include "call/record.h"
#include "call/recording_path.h"

namespace call {
namespace {

constexpr std::int64_t kSamplesPerMs = 8;

void publish_about(Turn& turn, const Leg& leg, std::string_view name, const Recording& recording) {
  base::EslEvent event;
  event.name = name;
  add_channel_data(turn.state, leg, event);
  event.add("Record-File-Path", recording.order.path);
  turn.out.emplace_back(EventMade{std::move(event)});
}

std::int64_t seconds_of(const Leg& leg, std::string_view name) {
  return std::clamp<std::int64_t>(base::lenient_integer(leg.variables.get(name)), 0,
                                  kRecordingSecondsMax);
}

void read_variables(const Leg& leg, StartRecording& order) {
  const Variables& variables = leg.variables;
  if (variables.is_true("RECORD_STEREO_SWAP")) {
    order.channels = StartRecording::Channels::SwappedStereo;
  } else if (variables.is_true("RECORD_STEREO")) {
    order.channels = StartRecording::Channels::Stereo;
  }
  const bool said = variables.is_true("RECORD_READ_ONLY");
  const bool heard = variables.is_true("RECORD_WRITE_ONLY");
  if (said != heard) {
    order.sides = said ? StartRecording::Sides::Said : StartRecording::Sides::Heard;
  }
  if (variables.is_true("RECORD_APPEND")) order.existing = StartRecording::Existing::Continued;
  order.milliseconds_min = seconds_of(leg, "RECORD_MIN_SEC") * 1000;
}

void take_voice_only(StartRecording& order, const RecordingStart& wanted) {
  order.sides = StartRecording::Sides::Said;
  order.channels = StartRecording::Channels::Mixed;
  order.silence_threshold = wanted.silence_threshold;
  order.milliseconds_of_silence =
      std::clamp<std::int64_t>(wanted.silence_seconds, 0, kRecordingSecondsMax) * 1000;
  order.milliseconds_min = std::max(order.milliseconds_min, wanted.seconds_min * 1000);
}

// Those that are not on their way to their end.
template <class Act>
bool for_each_into(Leg& leg, std::string_view path, Act act) {
  bool found = false;
  for (Recording& recording : leg.recordings) {
    if (recording.is_stopping || (!path.empty() && recording.order.path != path)) continue;
    act(recording);
    found = true;
  }
  return found;
}

// The file that is meant; empty: all of them; nullopt: no file can be.
std::optional<std::string> meant_path(const Surroundings& around, std::string_view path) {
  if (base::equal_ignoring_case(base::trim(path), "all")) return std::string();
  auto meant = recording_path(path, around.globals());
  return meant ? std::optional(std::move(*meant)) : std::nullopt;
}

void stop(Turn& turn, const Leg& leg, Recording& recording) {
  recording.is_stopping = true;
  turn.out.emplace_back(StopRecording{leg.id, recording.order.recording});
}

std::string_view completion_of(const Leg& leg, const RecordingEnded& report) {
  switch (report.how) {
    case RecordingEnded::How::ReachedLimit:
      return "success-maxtime";
    case RecordingEnded::How::Failed:
      return "uri-failure";
    case RecordingEnded::How::Silent:
      return "success-silence";
    default:
      return leg.is_ending() ? "hangup" : "stopped";
  }
}

std::int64_t milliseconds_since(const Turn& turn, const Leg& leg, const Recording& recording) {
  const base::Instant until = leg.hung_up_at.value_or(turn.now);
  return base::to_ms(until) - base::to_ms(recording.started_at);
}

void set_length(Leg& leg, std::int64_t milliseconds) {
  leg.variables.set("record_ms", std::to_string(milliseconds));
  leg.variables.set("record_seconds", std::to_string(milliseconds / 1000));
  leg.variables.set("record_samples", std::to_string(milliseconds * kSamplesPerMs));
}

// A process before this one has ended what the leg waits for.
void go_on_without(Turn& turn, Leg& leg, RecordingId recording) {
  const auto* voice = std::get_if<RecordingMessage>(&leg.execution.running);
  const auto* leaving = std::get_if<LeavingMessage>(&leg.execution.running);
  const bool is_awaited = (voice != nullptr && voice->recording == recording) ||
                          (leaving != nullptr && leaving->recording == recording);
  if (!is_awaited) return;
  leg.execution.running = NotRunning{};
  turn.out.emplace_back(Continue{.leg = leg.id, .what = Continue::What::RunActions});
}

// The seconds of "PATH +SECONDS", which are taken off the path; 0: none are named.
std::int64_t take_limit(std::string_view& data) {
  data = base::trim(data);
  const std::size_t space = data.rfind(' ');
  if (space == std::string_view::npos || data[space + 1] != '+') return 0;
  const auto seconds = base::parse_integer(data.substr(space + 2));
  if (!seconds) return 0;
  data = base::trim(data.substr(0, space));
  return *seconds;
}

}  // namespace

base::Result<RecordingId> start_recording(Turn& turn, Surroundings& around, Leg& leg,
                                          const RecordingStart& wanted) {
  auto path = recording_path(wanted.path, around.globals());
  if (!path) return base::failure(path.error());
  if (leg.is_ending() || leg.phase == LegPhase::Opening) {
    return base::failure(std::string("the call has no media now"));
  }
  if (leg.recordings.size() >= kRecordingsPerLegMax) {
    return base::failure(*path + ": there are too many recordings of this call");
  }
  if (for_each_into(leg, *path, [](const Recording&) {})) {
    return base::failure(*path + ": is being recorded already");
  }

  Recording recording;
  recording.order.leg = leg.id;
  recording.order.recording = RecordingId{++turn.state.recordings};
  recording.order.path = std::move(*path);
  recording.order.milliseconds_max =
      std::clamp<std::int64_t>(wanted.seconds_max, 0, kRecordingSecondsMax) * 1000;
  read_variables(leg, recording.order);
  if (wanted.kind == RecordingStart::Kind::Voice) take_voice_only(recording.order, wanted);
  recording.message = wanted.message;
  recording.started_at = turn.now;
  recording.ends_with_bridge = wanted.until == RecordingStart::Until::BridgeEnds;
  turn.out.emplace_back(recording.order);
  publish_about(turn, leg, "RECORD_START", recording);
  leg.recordings.push_back(std::move(recording));
  return leg.recordings.back().order.recording;
}

void stop_recording(Turn& turn, Leg& leg, RecordingId recording) {
  for (Recording& one : leg.recordings) {
    if (one.order.recording == recording && !one.is_stopping) stop(turn, leg, one);
  }
}

bool stop_recordings(Turn& turn, Surroundings& around, Leg& leg, std::string_view path) {
  const auto meant = meant_path(around, path);
  return meant && for_each_into(leg, *meant, [&](Recording& one) { stop(turn, leg, one); });
}

bool mask_recordings(Turn& turn, Surroundings& around, Leg& leg, const RecordingWanted& wanted) {
  const auto meant = meant_path(around, wanted.path);
  const bool is_masked = wanted.action == RecordingWanted::Action::Mask;
  return meant && for_each_into(leg, *meant, [&](Recording& one) {
           one.is_masked = is_masked;
           turn.out.emplace_back(MaskRecording{leg.id, one.order.recording, is_masked});
         });
}

Requested request_recording(Turn& turn, Surroundings& around, Leg& leg,
                            const RecordingWanted& wanted) {
  bool done = false;
  switch (wanted.action) {
    case RecordingWanted::Action::Start: {
      const auto begun = start_recording(turn, around, leg,
                                         {.path = wanted.path, .seconds_max = wanted.seconds_max});
      if (!begun) turn.warn(leg, leg.name + ": is not recorded: " + begun.error());
      done = begun.has_value();
      break;
    }
    case RecordingWanted::Action::Stop:
      done = stop_recordings(turn, around, leg, wanted.path);
      break;
    case RecordingWanted::Action::Mask:
    case RecordingWanted::Action::Unmask:
      done = mask_recordings(turn, around, leg, wanted);
      break;
  }
  return done ? Requested::Done : Requested::NotNow;
}

void run_record_session(Turn& turn, Surroundings& around, Leg& leg, const std::string& data) {
  std::string_view path = data;
  const std::int64_t seconds_max = take_limit(path);
  const auto begun = start_recording(turn, around, leg, {.path = path, .seconds_max = seconds_max});
  if (!begun) turn.warn(leg, leg.name + ": record_session: " + begun.error());
}

void run_stop_record_session(Turn& turn, Surroundings& around, Leg& leg, const std::string& data) {
  if (stop_recordings(turn, around, leg, data)) return;
  turn.warn(leg, leg.name + ": stop_record_session: nothing is recorded into '" + data + "'");
}

void stop_bridge_recordings(Turn& turn, Leg& leg) {
  // One that ends takes its recordings with it.
  if (leg.is_ending()) return;
  for (Recording& recording : leg.recordings) {
    if (recording.ends_with_bridge && !recording.is_stopping) stop(turn, leg, recording);
  }
}

void recording_ended(Turn& turn, Surroundings& around, Leg& leg, const RecordingEnded& report) {
  const auto found =
      std::find_if(leg.recordings.begin(), leg.recordings.end(),
                   [&](const Recording& one) { return one.order.recording == report.recording; });
  if (found == leg.recordings.end()) return;
  const Recording recording = std::move(*found);
  leg.recordings.erase(found);
  if (report.how == RecordingEnded::How::Failed) {
    turn.warn(leg, leg.name + ": the recording has ended: " + report.why);
  }
  const std::int64_t milliseconds =
      recording.is_resumed ? milliseconds_since(turn, leg, recording) : report.milliseconds;
  set_length(leg, milliseconds);
  leg.variables.set("record_completion_cause", completion_of(leg, report));
  if (report.how == RecordingEnded::How::TooShort) leg.variables.set("RECORD_DISCARDED", "true");
  publish_about(turn, leg, "RECORD_STOP", recording);
  const bool is_there = report.how != RecordingEnded::How::TooShort &&
                        (report.milliseconds > 0 || recording.is_resumed);
  if (is_there) keep_message(turn, leg, recording, milliseconds);
  // A leg that ends may be forgotten with this.
  const bool is_ending = leg.is_ending();
  recordings_complete(turn, leg);
  if (is_ending) return;
  record_over(turn, around, leg, report);
  message_recorded(turn, around, leg, report);
}

void forget_recordings(Turn& turn, Leg& leg) {
  for (const Recording& recording : std::exchange(leg.recordings, {})) {
    const std::int64_t milliseconds = milliseconds_since(turn, leg, recording);
    set_length(leg, milliseconds);
    publish_about(turn, leg, "RECORD_STOP", recording);
    keep_message(turn, leg, recording, milliseconds);
  }
}

void resume_recordings(Turn& turn, Leg& leg) {
  for (Recording recording : std::exchange(leg.recordings, {})) {
    const std::int64_t past = milliseconds_since(turn, leg, recording);
    StartRecording& order = recording.order;
    const bool is_over = order.milliseconds_max > 0 && past >= order.milliseconds_max;
    if (recording.is_stopping || is_over) {
      set_length(leg, past);
      publish_about(turn, leg, "RECORD_STOP", recording);
      keep_message(turn, leg, recording, past);
      go_on_without(turn, leg, order.recording);
      continue;
    }
    recording.is_resumed = true;
    order.existing = StartRecording::Existing::Continued;
    turn.out.emplace_back(order);
    // What is there counts for the shortest length.
    std::get<StartRecording>(std::get<MediaOrder>(turn.out.back())).milliseconds_min =
        std::max<std::int64_t>(0, order.milliseconds_min - past);
    if (order.milliseconds_max > 0) {
      std::get<StartRecording>(std::get<MediaOrder>(turn.out.back())).milliseconds_max -= past;
    }
    if (recording.is_masked) turn.out.emplace_back(MaskRecording{leg.id, order.recording, true});
    leg.recordings.push_back(std::move(recording));
  }
}

}  // namespace call
