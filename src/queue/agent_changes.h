// What operators and programs change about agents (spec/05 §3, spec/01 §5).
#pragma once

#include <string_view>

#include "queue/engine.h"
#include "queue/state.h"

namespace queue {

Change add_agent(Turn& turn, std::string_view name, std::string_view type);
void remove_agent(Turn& turn, std::string_view name);

struct AgentChange {
  std::string_view key;
  std::string_view name;
  std::string_view value;
};
Change set_agent(Turn& turn, const AgentChange& change);

// The event of `agent get` (spec/06 §2).
Change announce_agent(Turn& turn, std::string_view key, std::string_view name);

// Sets a status with all that follows from it: counters, a ringing offer, the event.
void change_status(Turn& turn, Agent& agent, AgentStatus status);
void change_contact(Turn& turn, Agent& agent, std::string_view contact);

// Deletes the agent's row. Requires: it is in no offer.
void forget_agent(Turn& turn, base::AgentId agent);

// The second after which an offer that a status change took back may be repeated is over.
void allow_repeat(Turn& turn, base::AgentId agent, base::MemberId member);

}  // namespace queue
