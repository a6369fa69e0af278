// Commands as text in, text out: what the event socket, the console and the dialplan's
// ${command(arguments)} ask for. One implementation for all of them.
//
// Pure: a command acts on the state it is given and appends the commands that follow from it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "api/schedule.h"
#include "base/time.h"
#include "call/machine.h"
#include "call/surroundings.h"
#include "queue/engine.h"

namespace api {

// Of the process that runs now, for `status`.
struct Uptime {
  base::Instant since;
  std::uint64_t legs_before = 0;  // That processes before it had.
};

// What commands act on, and where what follows goes.
struct Targets {
  queue::Engine& engine;
  queue::Commands& queue_out;
  call::Machine& calls;
  call::Outputs& call_out;
  call::Surroundings& around;
  const Uptime& uptime;
  Schedule& schedule;
  base::Instant now;

  call::Moment moment() const { return {around, now, call_out}; }
  std::int64_t unix_seconds() const { return engine.anchor().unix_seconds(now); }
};

struct Reply {
  enum class Kind {
    Done,                 // `text` is the whole reply; it may be empty.
    RereadConfiguration,  // reloadxml: the reply follows when the files have been read.
    Later,                // originate: the calls' Originated of the number `call` has the reply.
  };
  std::string text;
  Kind kind = Kind::Done;
  std::string profile = {};  // With RereadConfiguration: which profile it was asked for, or empty.
  base::OfferId call = {};   // With Later.
};

// Runs one command, e.g. "callcenter_config agent list". An unknown one gets the text
// "-ERR NAME Command not found!".
Reply run(std::string_view command, Targets& targets);

// True for a command whose reply comes later, so that no action of a dialplan can wait for it.
bool replies_later(std::string_view command);

// True for commands that change nothing and make no event.
bool only_reads(std::string_view command);

}  // namespace api
