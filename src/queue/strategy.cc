#include "queue/strategy.h"

#include <array>

#include "base/text.h"

namespace queue {
namespace {

struct Entry {
  std::string_view text;
  StrategyChoice choice;
};

using Known = StrategyChoice::Known;

constexpr std::array<Entry, 10> kStrategies{{
    {"longest-idle-agent", {longest_idle_agent, Known::Yes}},
    {"sequentially-by-agent-order", {by_position, Known::Yes}},
    {"ring-all", {by_position, Known::NotYet}},
    {"ring-progressively", {by_position, Known::NotYet}},
    {"round-robin", {by_position, Known::NotYet}},
    {"top-down", {by_position, Known::NotYet}},
    {"agent-with-least-talk-time", {by_position, Known::NotYet}},
    {"agent-with-fewest-calls", {by_position, Known::NotYet}},
    {"random", {by_position, Known::NotYet}},
    {"sequentially-by-next-agent-order", {by_position, Known::NotYet}},
}};

}  // namespace

StrategyChoice choose_strategy(std::string_view text) {
  for (const Entry& entry : kStrategies) {
    if (base::equal_ignoring_case(entry.text, text)) return entry.choice;
  }
  return {by_position, Known::No};
}

}  // namespace queue
