// What an arrival and an agent's becoming ready cost the queue engine, by how many wait and how
// many are ready: a hundred times as many may cost twice as much at most.
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <string>
#include <vector>

#include "queue/strategy.h"
#include "tests/bench/call_centre.h"
#include "tests/growth/operations.h"

namespace growth {
namespace {

using bench::CallCentre;
using bench::TierRules;

constexpr std::size_t kFew = 1'000;
constexpr std::size_t kMany = 100'000;
// A tree of a hundred times as many rows is 1.67 times as high; what does not grow comes on top.
constexpr std::uint64_t kGrowthMost = 2;
// Over so many inputs the rare ones that make a container larger are averaged.
constexpr std::size_t kSamples = 100;

// Every strategy, and a text that names none. ring-all comes last: with it one member makes all
// agents ring.
std::vector<std::string> strategy_texts() {
  std::vector<std::string> texts{"nobody-knows-this-one"};
  for (const queue::Strategy* strategy : queue::strategies()) {
    texts.insert(texts.begin() + 1, std::string(strategy->name));
  }
  return texts;
}

// What one kind of input costs on average. An input that starts many offers, as in ring-all, costs
// so much per offer.
struct Cost {
  std::string of;
  std::uint64_t operations = 0;
  std::uint64_t parts = 0;

  std::uint64_t per_part() const { return operations / std::max<std::uint64_t>(1, parts); }
};
using Costs = std::vector<Cost>;

template <class Input>
Cost cost_of(const std::string& name, CallCentre& centre, std::size_t times, Input play) {
  Cost cost{.of = name};
  for (std::size_t i = 0; i < times; ++i) {
    play();
    cost.operations += centre.cost();
    cost.parts += std::max<std::size_t>(1, centre.offers_started());
  }
  return cost;
}

// Offers are refused, answered or taken back, and conversations end: agents become ready again.
void play_offers(CallCentre& centre, Costs& costs) {
  const std::size_t refusals = std::min(kSamples, centre.ringing());
  costs.push_back(cost_of("refusal", centre, refusals, [&] { centre.refuse(); }));
  // Once a race is won, its other legs come first.
  for (std::size_t i = 0; i < kSamples && centre.ringing() > 0; ++i) {
    centre.answer();
    if (centre.cancelled_legs() > 0) break;
  }
  const std::size_t losers = std::min(kSamples, centre.cancelled_legs());
  costs.push_back(cost_of("lost race", centre, losers, [&] { centre.end_cancelled_leg(); }));
  const std::size_t conversations = centre.in_conversation();
  costs.push_back(cost_of("hang-up", centre, conversations, [&] { centre.hang_up(); }));
}

// With the rows that are handed out for lists (queue/touched_rows.h).
bench::CallCentrePlan plan_of(std::size_t agents) {
  bench::CallCentrePlan plan;
  plan.agents = static_cast<int>(agents);
  plan.row_changes = bench::RowChanges::Taken;
  return plan;
}

// So many wait, and agents come.
class MembersWaiting {
 public:
  static constexpr const char* kName = "members waiting";

  explicit MembersWaiting(std::size_t count) : centre_(plan_of(kSamples), operations) {
    for (std::size_t i = 0; i < count; ++i) centre_.member_joins();
  }

  Costs costs_with(const std::string& strategy, TierRules rules) {
    centre_.reconfigure(strategy, rules);
    Costs costs;
    costs.push_back(cost_of("arrival", centre_, kSamples, [&] { centre_.member_joins(); }));
    costs.push_back(cost_of("log-in", centre_, kSamples, [&] { centre_.agent_logs_in(); }));
    samples_ = kSamples;
    play_offers(centre_, costs);
    return costs;
  }

  void clear() {
    for (; samples_ > 0; --samples_) centre_.agent_logs_out();
    while (centre_.cancelled_legs() > 0) centre_.end_cancelled_leg();
    while (centre_.in_conversation() > 0) centre_.hang_up();
  }

 private:
  CallCentre centre_;
  std::size_t samples_ = 0;  // Agents who logged in to be counted.
};

// So many are ready, and members come.
class AgentsReady {
 public:
  static constexpr const char* kName = "agents ready";

  explicit AgentsReady(std::size_t count) : centre_(plan_of(count + kSamples), operations) {
    for (std::size_t i = 0; i < count; ++i) centre_.agent_logs_in();
  }

  Costs costs_with(const std::string& strategy, TierRules rules) {
    centre_.reconfigure(strategy, rules);
    Costs costs;
    costs.push_back(cost_of("log-in", centre_, kSamples, [&] { centre_.agent_logs_in(); }));
    samples_ = kSamples;
    // With ring-all one arrival is as many offers as there are agents, and whoever waits behind it
    // would make them all ring again when it is over.
    const std::size_t arrivals = strategy == "ring-all" ? 1 : kSamples;
    costs.push_back(cost_of("arrival", centre_, arrivals, [&] { centre_.member_joins(); }));
    play_offers(centre_, costs);
    return costs;
  }

  void clear() {
    while (centre_.ringing() + centre_.cancelled_legs() + centre_.in_conversation() > 0) {
      if (centre_.ringing() > 0) centre_.answer();
      while (centre_.cancelled_legs() > 0) centre_.end_cancelled_leg();
      while (centre_.in_conversation() > 0) centre_.hang_up();
    }
    for (; samples_ > 0; --samples_) centre_.agent_logs_out();
  }

 private:
  CallCentre centre_;
  std::size_t samples_ = 0;  // Agents who logged in to be counted.
};

void expect_little_growth(const Costs& few, const Costs& many) {
  ASSERT_EQ(few.size(), many.size());
  for (std::size_t i = 0; i < few.size(); ++i) {
    if (few[i].parts == 0) continue;
    std::cout << "  " << few[i].of << " " << few[i].per_part() << " to " << many[i].per_part();
    EXPECT_LE(many[i].per_part(), kGrowthMost * few[i].per_part()) << few[i].of;
  }
  std::cout << "\n";
}

// A small and a large one, built once for all strategies: a strategy may change at any time.
template <class Population>
void expect_little_growth_with_each_strategy(TierRules rules) {
  Population few(kFew);
  Population many(kMany);
  for (const std::string& strategy : strategy_texts()) {
    SCOPED_TRACE(strategy + ", " + Population::kName);
    std::cout << strategy << ":";
    // Before and not after: behind ring-all everybody who waits would make all agents ring in turn.
    few.clear();
    many.clear();
    expect_little_growth(few.costs_with(strategy, rules), many.costs_with(strategy, rules));
  }
}

TEST(QueueGrowth, WorkHardlyDependsOnHowManyWait) {
  expect_little_growth_with_each_strategy<MembersWaiting>(TierRules::Off);
}

TEST(QueueGrowth, WorkHardlyDependsOnHowManyWaitUnderTierRules) {
  expect_little_growth_with_each_strategy<MembersWaiting>(TierRules::On);
}

TEST(QueueGrowth, WorkHardlyDependsOnHowManyAreReady) {
  expect_little_growth_with_each_strategy<AgentsReady>(TierRules::Off);
}

}  // namespace
}  // namespace growth
