// What passes between the calls and the lua folder about scripts. Values only.
//
// A script that the application `lua` has started has its leg: the leg waits for it, and does what
// the script asks of it one thing after the other, until the script ends or the leg is taken away
// (it ends, or is transferred). Each question is answered once. Scripts die with the process; a
// restart lets their legs go on in the dialplan.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "base/archive.h"
#include "base/ids.h"

namespace call {

// Of those that a leg waits for; the lua folder numbers the others, beyond all of these.
using ScriptId = base::Id<struct ScriptTag>;

// ---- orders: core → lua -------------------------------------------------------------------------

// Without a leg (luarun) it has no number, and nobody waits for it; otherwise ScriptEnded follows.
struct StartScript {
  static constexpr std::string_view kName = "StartScript";
  ScriptId script;
  base::LegId leg;
  std::string uuid;     // Of the leg.
  std::string command;  // The script's name and its arguments.
};

// The reply to ScriptAsked.
struct ScriptAnswered {
  static constexpr std::string_view kName = "ScriptAnswered";
  ScriptId script;
  std::uint64_t question = 0;
  enum class Outcome { Done, NoSuchLeg } outcome = Outcome::Done;
};

// The leg is not the script's any more.
struct LegLeftScript {
  static constexpr std::string_view kName = "LegLeftScript";
  ScriptId script;
};

using ScriptOrder = std::variant<StartScript, ScriptAnswered, LegLeftScript>;

// ---- reports: lua → core ------------------------------------------------------------------------

// An application is to run on a leg: the script's own, or another one.
struct ScriptAsked {
  static constexpr std::string_view kName = "ScriptAsked";
  ScriptId script;
  std::uint64_t question = 0;
  std::string uuid;
  std::string application;
  std::string data;  // With ${…} in it.
};

struct ScriptEnded {
  static constexpr std::string_view kName = "ScriptEnded";
  base::LegId leg;
  ScriptId script;
};

using ScriptReport = std::variant<ScriptAsked, ScriptEnded>;

void describe(base::Archive& archive, StartScript& order);
void describe(base::Archive& archive, ScriptAnswered& order);
void describe(base::Archive& archive, LegLeftScript& order);
void describe(base::Archive& archive, ScriptAsked& report);
void describe(base::Archive& archive, ScriptEnded& report);

}  // namespace call
