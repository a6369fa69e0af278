// What the queue engine alone costs: inputs per second, and nanoseconds per decision, which is an
// agent chosen for a member with all that is told about it.
//
// Two days in a call centre of every size. On a quiet day agents wait for members: each that joins
// is offered, answered, bridged and ends. On a busy day members wait for agents: one joins, one
// conversation ends, and the agent gets the member who waits longest.
#include <benchmark/benchmark.h>

#include <set>
#include <string>
#include <vector>

#include "tests/bench/call_centre.h"

namespace {

using bench::CallCentre;

struct Size {
  int queues;
  int agents;
  int members;
};

// Each of the three numbers from few to many with the others in between, and all of them large.
const std::vector<Size> kSizes{{1, 10, 10},         {10, 100, 10},           {10, 100, 1'000},
                               {10, 100, 100'000},  {10, 10, 1'000},         {10, 1'000, 1'000},
                               {10, 10'000, 1'000}, {1, 100, 1'000},         {100, 100, 1'000},
                               {1'000, 100, 1'000}, {1'000, 10'000, 100'000}};

const std::vector<std::string> kStrategies{"longest-idle-agent", "round-robin",
                                           "agent-with-fewest-calls", "random"};

// With ring-all every ready agent of the queue rings for every member.
const Size kRingAllSize{1, 10, 1'000};

void end_cancelled_legs(CallCentre& centre) {
  while (centre.cancelled_legs() > 0) centre.end_cancelled_leg();
}

void answer_all(CallCentre& centre) {
  while (centre.ringing() > 0) {
    centre.answer();
    end_cancelled_legs(centre);
  }
}

// Runs `turn` as often as the library wants and notes what it has cost.
template <class Turn>
void measure(benchmark::State& state, CallCentre& centre, Turn turn) {
  const std::uint64_t inputs = centre.inputs();
  const std::uint64_t offers = centre.offers();
  for ([[maybe_unused]] const auto& unused : state) turn();
  const auto made = static_cast<double>(centre.offers() - offers);
  state.SetItemsProcessed(static_cast<std::int64_t>(centre.inputs() - inputs));
  state.counters["s/decision"] =
      benchmark::Counter(made, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void quiet_day(benchmark::State& state, const std::string& strategy, const Size& size) {
  CallCentre centre({.strategy = strategy, .queues = size.queues, .agents = size.agents});
  for (int i = 0; i < size.agents; ++i) centre.agent_logs_in();
  measure(state, centre, [&] {
    centre.member_joins();
    answer_all(centre);
    while (centre.in_conversation() > 0) centre.hang_up();
  });
}

void busy_day(benchmark::State& state, const std::string& strategy, const Size& size) {
  CallCentre centre({.strategy = strategy, .queues = size.queues, .agents = size.agents});
  for (int i = 0; i < size.members; ++i) centre.member_joins();
  for (int i = 0; i < size.agents; ++i) centre.agent_logs_in();
  answer_all(centre);
  measure(state, centre, [&] {
    centre.member_joins();
    if (centre.in_conversation() > 0) centre.hang_up();
    answer_all(centre);
  });
}

std::string name_of(const std::string& day, const std::string& strategy, const Size& size) {
  return day + "/" + strategy + "/queues:" + std::to_string(size.queues) +
         "/agents:" + std::to_string(size.agents);
}

void add(const std::string& strategy, const Size& size) {
  static std::set<std::string> known;  // Nobody waits on a quiet day: many sizes are one there.
  const std::string quiet = name_of("quiet", strategy, size);
  if (known.insert(quiet).second) {
    benchmark::RegisterBenchmark(quiet.c_str(), quiet_day, strategy, size);
  }
  const std::string busy =
      name_of("busy", strategy, size) + "/members:" + std::to_string(size.members);
  benchmark::RegisterBenchmark(busy.c_str(), busy_day, strategy, size);
}

}  // namespace

int main(int argc, char** argv) {
  for (const std::string& strategy : kStrategies) {
    for (const Size& size : kSizes) add(strategy, size);
  }
  add("ring-all", kRingAllSize);
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
