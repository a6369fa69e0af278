// simulate --seeds A..B [--steps N] [--trace]
//
// Plays a random day for each seed. A day that fails prints its seed: the whole reproduction. Every
// so often a day is played again, plainly and with restores in between, and must be the same to the
// byte.
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "base/text.h"
#include "sim/day.h"

namespace {

// One day in so many is played three times over.
constexpr std::uint64_t kRepeatEvery = 25;
constexpr int kRestoreEvery = 5;

// The day being played, for when an invariant of the engine stops the program.
volatile std::sig_atomic_t current_seed = 0;

void say_seed(int) {
  std::fprintf(stderr, "seed %ld\n", static_cast<long>(current_seed));
  std::signal(SIGABRT, SIG_DFL);
}

struct Options {
  std::uint64_t first = 1;
  std::uint64_t last = 1000;
  int steps = 100;
  bool trace = false;
};

std::string difference(const std::string& wanted, const std::string& had) {
  std::size_t at = 0;
  while (at < wanted.size() && at < had.size() && wanted[at] == had[at]) ++at;
  const std::size_t line = wanted.rfind('\n', at) + 1;
  return "\n  first " + wanted.substr(line, wanted.find('\n', at) - line) + "\n  then  " +
         had.substr(line, had.find('\n', at) - line);
}

std::string complaint_about(std::uint64_t seed, const Options& options) {
  const sim::DayPlan plan{.seed = seed, .steps = options.steps, .restore_every = 0};
  const sim::DayResult day = sim::play_day(plan);
  if (options.trace) std::cout << day.trace;
  if (!day.complaint.empty() || seed % kRepeatEvery != 0) return day.complaint;
  const std::string again = sim::play_day(plan).trace;
  if (again != day.trace) return "the same seed gives another day" + difference(day.trace, again);
  sim::DayPlan restored = plan;
  restored.restore_every = kRestoreEvery;
  const std::string other = sim::play_day(restored).trace;
  if (other != day.trace) return "restoring changes the day" + difference(day.trace, other);
  return {};
}

bool read_options(const std::vector<std::string>& arguments, Options& options) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string value = i + 1 < arguments.size() ? arguments[i + 1] : "";
    if (arguments[i] == "--trace") {
      options.trace = true;
    } else if (arguments[i] == "--steps" && base::parse_integer(value)) {
      options.steps = static_cast<int>(*base::parse_integer(value));
      ++i;
    } else if (arguments[i] == "--seeds") {
      const std::size_t dots = value.find("..");
      const auto first = base::parse_integer(value.substr(0, dots));
      const auto last =
          dots == std::string::npos ? first : base::parse_integer(value.substr(dots + 2));
      if (!first || !last) return false;
      options.first = static_cast<std::uint64_t>(*first);
      options.last = static_cast<std::uint64_t>(*last);
      ++i;
    } else {
      return false;
    }
  }
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  if (!read_options(std::vector<std::string>(argv + 1, argv + argc), options)) {
    std::cerr << "usage: simulate --seeds A..B [--steps N] [--trace]\n";
    return 2;
  }
  std::signal(SIGABRT, say_seed);
  int passed = 0;
  int failed = 0;
  for (std::uint64_t seed = options.first; seed <= options.last; ++seed) {
    current_seed = static_cast<std::sig_atomic_t>(seed);
    const std::string complaint = complaint_about(seed, options);
    ++(complaint.empty() ? passed : failed);
    if (!complaint.empty()) std::cout << "FAIL seed " << seed << ": " << complaint << "\n";
  }
  std::cout << passed << " passed, " << failed << " failed\n";
  return failed == 0 ? 0 : 1;
}
