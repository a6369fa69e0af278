// What passes between the calls and the media folder about recordings. Values only.
//
// A recording is of one leg: of what its peer says and what it is sent. It begins when it is
// ordered, and its length is the time until its end, whatever was heard meanwhile. It ends when it
// is stopped, at its limit, with its leg, or when the file cannot be written; each end is told
// once, when the file is complete. A recording never holds up a call.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/archive.h"
#include "base/ids.h"

namespace call {

using RecordingId = base::Id<struct RecordingTag>;

struct StartRecording {
  static constexpr std::string_view kName = "StartRecording";
  base::LegId leg;
  RecordingId recording;
  std::string path;  // Absolute; folders that are missing are made.
  enum class Sides { Both, Said, Heard } sides = Sides::Both;
  // In a stereo file what the leg says is left and what it hears is right, or the other way round.
  enum class Channels { Mixed, Stereo, SwappedStereo } channels = Channels::Mixed;
  enum class Existing { Replaced, Continued } existing = Existing::Replaced;
  std::int64_t milliseconds_max = 0;  // 0: no limit.
  std::int64_t milliseconds_min = 0;  // A shorter one is not kept.
  // What the leg says is silence when the mean size of its samples is below this, of 32767 …
  int silence_threshold = 0;
  // … and so much of it at a time ends the recording; 0: however much.
  std::int64_t milliseconds_of_silence = 0;
};

// RecordingEnded follows, as it does when the leg is closed.
struct StopRecording {
  static constexpr std::string_view kName = "StopRecording";
  base::LegId leg;
  RecordingId recording;
};

// While it is masked, silence is recorded.
struct MaskRecording {
  static constexpr std::string_view kName = "MaskRecording";
  base::LegId leg;
  RecordingId recording;
  bool is_masked = true;
};

// Takes the file of a recording away that is complete. Nothing happens when there is none.
struct RemoveRecording {
  static constexpr std::string_view kName = "RemoveRecording";
  std::string path;
};

struct RecordingEnded {
  static constexpr std::string_view kName = "RecordingEnded";
  base::LegId leg;
  RecordingId recording;
  enum class How { Stopped, ReachedLimit, TooShort, Failed, Silent } how = How::Stopped;
  std::string why = {};  // For Failed.
  // What this order has written; after Failed, what the file holds of it.
  std::int64_t milliseconds = 0;
};

void describe(base::Archive& archive, StartRecording& order);
void describe(base::Archive& archive, StopRecording& order);
void describe(base::Archive& archive, MaskRecording& order);
void describe(base::Archive& archive, RemoveRecording& order);
void describe(base::Archive& archive, RecordingEnded& report);

}  // namespace call
