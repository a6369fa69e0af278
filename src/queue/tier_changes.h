// What operators and programs change about tiers (spec/05 §3). None of it touches a running offer.
#pragma once

#include <string_view>

#include "queue/engine.h"
#include "queue/state.h"

namespace queue {

Change add_tier(Turn& turn, const TierSettings& settings);
void remove_tier(Turn& turn, std::string_view queue, std::string_view agent);
Change set_tier(Turn& turn, const Engine::TierChange& change);

// Adds the tier, or gives the one that exists the level and position that are written.
void apply_tier(Turn& turn, const TierSettings& settings);

void remove_tiers_of(Turn& turn, const Agent& agent);

}  // namespace queue
