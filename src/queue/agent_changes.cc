#include "queue/agent_changes.h"

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/text.h"
#include "queue/eligibility.h"
#include "queue/events.h"
#include "queue/offers.h"
#include "queue/roster.h"
#include "queue/tier_changes.h"

namespace queue {
namespace {

// Spec/10 #46: keeps a phone from being rung and cancelled in a fast loop.
constexpr base::Duration kRepeatPause = std::chrono::seconds(1);

void take_back_offer(Turn& turn, const Agent& agent) {
  const Offer* offer = find_offer(turn.state, agent.offer);
  if (offer == nullptr || offer->phase != Offer::Phase::Ringing ||
      offer->cancelled == Offer::Cancelled::Yes) {
    return;
  }
  const base::Instant until = turn.now + kRepeatPause;
  turn.state.not_again_before[{agent.id, offer->member}] = until;
  turn.state.deadlines.arm({.kind = Purpose::Kind::RepeatAllowed,
                            .first = agent.id.value,
                            .second = offer->member.value},
                           until);
  cancel_offer(turn, offer->id, "ORIGINATOR_CANCEL");
}

Change set_status(Turn& turn, Agent& agent, std::string_view value) {
  const auto status = parse_agent_status(value);
  if (!status) return ChangeError::AgentStatusInvalid;
  change_status(turn, agent, *status);
  return std::nullopt;
}

Change set_state(Turn& turn, Agent& agent, std::string_view value) {
  const auto state = parse_agent_state(value);
  if (!state) return ChangeError::AgentStateInvalid;
  agent.state = *state;
  if (*state == AgentState::Receiving) agent.last_offered_call = turn.now;
  announce_state_change(turn, agent);
  return std::nullopt;
}

// Spec/05 §3: a condition that does not hold looks like an agent that does not exist.
Change set_state_if_waiting(Turn& turn, Agent& agent, std::string_view value) {
  if (!parse_agent_state(value)) return ChangeError::AgentStateInvalid;
  const bool logged_in =
      agent.status == AgentStatus::Available || agent.status == AgentStatus::AvailableOnDemand;
  if (agent.state != AgentState::Waiting || !logged_in) return ChangeError::AgentNotFound;
  return set_state(turn, agent, value);
}

Change set_contact(Turn& turn, Agent& agent, std::string_view value) {
  change_contact(turn, agent, value);
  return std::nullopt;
}

Change set_uuid(Turn&, Agent& agent, std::string_view value) {
  agent.uuid = value;
  return std::nullopt;
}

Change set_type(Turn&, Agent& agent, std::string_view value) {
  if (!is_agent_type(value)) return ChangeError::AgentTypeInvalid;
  agent.type = value;
  return std::nullopt;
}

Change set_ready_time(Turn& turn, Agent& agent, std::string_view value) {
  const std::int64_t epoch = base::lenient_integer(value);
  agent.ready_at.reset();
  if (epoch != 0) {
    agent.ready_at = base::instant_ms(-turn.state.anchor.unix_ms_at_origin) + seconds(epoch);
  }
  return std::nullopt;
}

template <std::int64_t Agent::*kField>
Change set_number(Turn&, Agent& agent, std::string_view value) {
  agent.*kField = base::lenient_integer(value);
  return std::nullopt;
}

using Setter = Change (*)(Turn&, Agent&, std::string_view);
constexpr std::array<std::pair<std::string_view, Setter>, 15> kSetters{{
    {"status", set_status},
    {"state", set_state},
    {"state_if_waiting", set_state_if_waiting},
    {"contact", set_contact},
    {"uuid", set_uuid},
    {"type", set_type},
    {"ready_time", set_ready_time},
    {"reject_delay_time", set_number<&Agent::reject_delay_seconds>},
    {"busy_delay_time", set_number<&Agent::busy_delay_seconds>},
    {"no_answer_delay_time", set_number<&Agent::no_answer_delay_seconds>},
    {"not_registered_delay_time", set_number<&Agent::not_registered_delay_seconds>},
    {"max_no_answer", set_number<&Agent::max_no_answer>},
    {"max_busy", set_number<&Agent::max_busy>},
    {"max_reject", set_number<&Agent::max_reject>},
    {"wrap_up_time", set_number<&Agent::wrap_up_seconds>},
}};

Setter find_setter(std::string_view key) {
  for (const auto& [name, setter] : kSetters) {
    if (base::equal_ignoring_case(name, key)) return setter;
  }
  return nullptr;
}

}  // namespace

Change add_agent(Turn& turn, std::string_view name, std::string_view type) {
  if (find_agent(turn.state, name) != nullptr) return ChangeError::AgentExists;
  if (!is_agent_type(type)) return ChangeError::AgentTypeInvalid;

  Agent fresh;
  fresh.name = name;
  fresh.type = type;
  // An agent that was deleted while its phone rings or talks, and is added again, is the same
  // phone: the row goes on with that offer, and everything else is new.
  const auto leaving = turn.state.leaving_agent_by_name.find(name);
  if (leaving != turn.state.leaving_agent_by_name.end()) {
    const Agent& removed = *find_agent(turn.state, leaving->second);
    fresh.id = removed.id;
    fresh.offer = removed.offer;
    fresh.state = removed.state;
    fresh.uuid = removed.uuid;
    turn.state.leaving_agent_by_name.erase(leaving);
  } else {
    fresh.id = base::AgentId{++turn.state.last_id};
  }
  turn.state.touched_rows.agent(fresh.id);
  Agent& agent = turn.state.agents[fresh.id];
  agent = fresh;
  turn.state.agent_by_name[agent.name] = agent.id;
  announce_agent_added(turn, agent);
  return std::nullopt;
}

void remove_agent(Turn& turn, std::string_view name) {
  Agent* agent = find_agent(turn.state, name);
  if (agent == nullptr) return;

  remove_tiers_of(turn, *agent);
  turn.state.agent_by_name.erase(agent->name);
  turn.state.leaving_agent_by_name[agent->name] = agent->id;
  agent->removed = true;
  refresh_roster(turn, *agent);
  refresh_agent(turn, *agent);
  if (!agent->offer) forget_agent(turn, agent->id);
}

Change set_agent(Turn& turn, const AgentChange& change) {
  Agent* agent = find_agent(turn.state, change.name);
  if (agent == nullptr) return ChangeError::AgentNotFound;
  const Setter setter = find_setter(change.key);
  if (setter == nullptr) return ChangeError::AgentKeyInvalid;

  const Change refused = setter(turn, *agent, change.value);
  refresh_agent(turn, *agent);
  return refused;
}

Change announce_agent(Turn& turn, std::string_view key, std::string_view name) {
  const Agent* agent = find_agent(turn.state, name);
  if (agent == nullptr) return ChangeError::AgentNotFound;
  for (const std::string_view known : {"status", "state", "uuid"}) {
    if (!base::equal_ignoring_case(known, key)) continue;
    announce_agent_got(turn, *agent, key);
    return std::nullopt;
  }
  return ChangeError::AgentKeyInvalid;
}

void change_status(Turn& turn, Agent& agent, AgentStatus status) {
  if (status == AgentStatus::Available) {
    // Setting Available twice changes nothing but is announced (spec/01 §5.1).
    if (agent.status != status) {
      agent.last_status_change = turn.now;
      agent.talk_time = base::Duration::zero();
      agent.calls_answered = 0;
      agent.no_answer_count = 0;
      agent.busy_count = 0;
      agent.reject_count = 0;
    }
  } else {
    agent.last_status_change = turn.now;
    take_back_offer(turn, agent);
  }
  agent.status = status;
  announce_status_change(turn, agent);
  refresh_roster(turn, agent);
  refresh_agent(turn, agent);
}

void change_contact(Turn& turn, Agent& agent, std::string_view contact) {
  agent.contact = contact;
  announce_contact_change(turn, agent);
}

void forget_agent(Turn& turn, base::AgentId id) {
  const Agent* agent = find_agent(turn.state, id);
  CHECK(agent != nullptr && !agent->offer && agent->removed);
  turn.state.ready.remove(id);
  turn.state.roster.remove(id);
  std::erase_if(turn.state.external_calls, [&](const auto& call) { return call.second == id; });
  turn.state.deadlines.cancel({.kind = Purpose::Kind::AgentRested, .first = id.value});
  auto barred = turn.state.not_again_before.lower_bound({id, base::MemberId{}});
  while (barred != turn.state.not_again_before.end() && barred->first.first == id) {
    turn.state.deadlines.cancel({.kind = Purpose::Kind::RepeatAllowed,
                                 .first = id.value,
                                 .second = barred->first.second.value});
    barred = turn.state.not_again_before.erase(barred);
  }
  turn.state.leaving_agent_by_name.erase(agent->name);
  turn.state.agents.erase(id);
}

void allow_repeat(Turn& turn, base::AgentId agent, base::MemberId member) {
  turn.state.not_again_before.erase({agent, member});
  for (const auto& [queue, place] : turn.state.ready.places_of(agent)) {
    turn.touched.insert(queue);
  }
}

}  // namespace queue
