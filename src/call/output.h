// What the calls ask of others, as values, drained in order by the core until nothing is left.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/esl_event.h"
#include "base/ids.h"
#include "call/media_messages.h"
#include "call/script_messages.h"
#include "call/sip_messages.h"
#include "queue/messages.h"

namespace call {

// An event for outside programs. Number and date are the core's to give.
struct EventMade {
  base::EslEvent event;
};

// A line for the operator's log.
struct LogMade {
  enum class Level { Info, Warning, Error } level = Level::Info;
  std::string text;
  std::string uuid = {};  // Of the leg that it is about, if it is about one.
};

// What became of a call that a command has asked for: "+OK UUID" or "-ERR CAUSE".
struct Originated {
  base::OfferId id;
  std::string text;
};

// A leg has ended: what was meant for it is of no use any more.
struct LegEnded {
  std::string uuid;
};

// "Go on with this leg once everything before this has been dealt with": the machine gets it back
// in the same turn. So the queue's events stand before those of the hang-up that caused them, and a
// conversation is over for the queue before the dialplan takes the caller further.
struct Continue {
  enum class What {
    AfterConversation,  // transfer_after_bridge, else the dialplan's next action.
    LeaveQueue,         // The queue engine knows; the application `callcenter` returns.
    HangUp,             // The same for a leg that ends.
    RunActions,         // The dialplan's next action, if nothing else runs on the leg.
    CallNext,           // The next phones of an offer's dial string.
    Bridge,             // Two legs that uuid_bridge has taken out of what they did.
  };
  base::LegId leg;
  What what = What::AfterConversation;
  queue::ExitCause cause = queue::ExitCause::BreakOut;  // For LeaveQueue and HangUp.
  // For LeaveQueue: where the leg goes then, if not on in its dialplan.
  std::string destination = {};
  std::string context = {};
  base::OfferId offer = {};  // For CallNext.
  base::LegId other = {};    // For Bridge.
};

using Output = std::variant<SipOrder, MediaOrder, ScriptOrder, queue::Report, EventMade, LogMade,
                            Originated, LegEnded, Continue>;
using Outputs = std::vector<Output>;

}  // namespace call
