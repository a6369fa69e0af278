// Strategy random: any free agent of the lowest open level, each as likely as the other
// (spec/03 §5). The numbers come from the engine's seeded generator.
#include "queue/strategy.h"

namespace queue {
namespace {

Rank by_level(const Agent&, const Tier& tier) {
  return {.level = tier.level, .first = 0, .second = 0};
}

}  // namespace

const Strategy kRandom{.name = "random", .rank = by_level, .draw = Strategy::Draw::AtRandom};

}  // namespace queue
