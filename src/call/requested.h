// The words of requests from outside: whom they are about, what is wanted, what became of it.
#pragma once

#include <cstdint>
#include <string>

namespace call {

// Which legs a request is about: the one it names, the one this is bridged with, or both.
enum class Whom { Leg, Partner, Both };

enum class Requested {
  Done,
  NoSuchLeg,  // Or, with Whom::Partner, it is in no bridge.
  NotNow,  // An agent's leg before its conversation, a leg that is not set up yet; too many wait.
};

// Breaking off sounds: the one that plays, or those too that wait for their turn.
enum class BreakOff { One, All };

enum class HoldWanted { On, Off, Toggle };

struct TransferTo {
  std::string destination;
  std::string context;  // Empty: the leg's own.
  // What the leg holds of limited resources: a phone that transfers by REFER leaves it as it is.
  enum class Limits { LetGo, Kept } limits = Limits::LetGo;
};

struct ExecutionWanted {
  std::string application;
  std::string data;  // With ${…} in it.
  int times = 1;
};
// What uuid_record asks.
struct RecordingWanted {
  enum class Action { Start, Stop, Mask, Unmask } action = Action::Start;
  std::string path;              // For all but Start also "all".
  std::int64_t seconds_max = 0;  // For Start; 0: no limit.
};

// More repetitions than this are a loop.
inline constexpr int kExecutionTimesMax = 100;

}  // namespace call
