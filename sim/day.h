// A random day in a call centre, played on the engine alone and watched from outside.
//
// Everything that happens follows from the seed: callers, agents, operators, reloads, restarts.
// When the steps are over the faults stop, and then everybody must leave.
#pragma once

#include <cstdint>
#include <string>

namespace sim {

struct DayPlan {
  std::uint64_t seed = 1;
  int steps = 100;
  // Saves and restores the engine after each so many inputs; 0: only where the day itself does. It
  // must not change anything.
  int restore_every = 0;
};

struct DayResult {
  std::string trace;      // Every input and every command.
  std::string complaint;  // The first thing that was wrong; empty: nothing.
};

DayResult play_day(const DayPlan& plan);

}  // namespace sim
