// A scenario file: what happens in a call centre, and what the engine is expected to order.
//
//   # One sentence that says which behaviour this shows.
//   queue  support  discard-abandoned-after=60
//   agent  ann      idle=90s
//   show   events
//
//   0s   member m1 joins support
//          > offer m1 to ann
//
// Lines before the first time are the set-up; a line with a time is a step; lines with `>` below it
// are what followed. `time passes` stands where something followed without a step: it is written by
// the runner and never read. tests/scenarios/README.md lists all words.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace sim {

struct Step {
  base::Duration at{0};  // Since the start of the scenario.
  std::string time_text;
  std::string action;
  std::vector<std::string> written;  // Comments and blank lines before it, as they stand.
};

struct Script {
  std::vector<std::string> head;   // Everything before the first step, as it stands.
  std::vector<std::string> setup;  // Its lines without comments.
  std::vector<Step> steps;
  std::vector<std::string> tail;  // Comments after the last step.
};

// Lines are those of the file. Fails with the line's number and what is wrong.
base::Result<Script> parse_script(const std::vector<std::string>& lines);

// "1.5s", "20ms" or "2m"; fails for anything else.
base::Result<base::Duration> parse_time(const std::string& text);
// The shortest such text.
std::string time_text(base::Duration time);

// How a step and what follows it are written.
std::string step_line(const std::string& time, const std::string& action);
std::string outcome_line(const std::string& outcome);

}  // namespace sim
