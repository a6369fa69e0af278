// A configuration takes effect: the first, the one after a restart, or a changed one.
//
// What the configuration says is applied when it is new or differs from what it said before; what
// people and programs have changed or deleted meanwhile stays so (spec/10 #33). So the same
// configuration again changes nothing.
#pragma once

#include <string_view>

#include "queue/engine.h"
#include "queue/settings.h"
#include "queue/state.h"

namespace queue {

void apply_configuration(Turn& turn, const CallCenterSettings& settings);

// For `queue load`: applies the configured agents and tiers of one queue, whether or not they have
// changed; the status only if it has.
void apply_agents_and_tiers_of(Turn& turn, std::string_view queue);

// For `agent reload`: applies the configured agent of this name, its status too. Nothing happens
// when the configuration has none.
void apply_agent_named(Turn& turn, std::string_view name);

// For `tier reload`. Returns: how many configured tiers were selected, whether or not their queue
// and agent exist.
std::size_t apply_tiers_named(Turn& turn, const Engine::TierSelection& selected);

}  // namespace queue
