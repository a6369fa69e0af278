#include "sim/whims.h"

#include <algorithm>

#include "queue/strategy.h"

namespace sim {
namespace {

// Above the legs of all callers.
constexpr std::uint64_t kOutsideLegs = 1'000'000'000;
const std::vector<std::int64_t> kSeconds{0, 0, 1, 5, 10, 30};
const std::vector<std::string> kStatuses{
    "Available", "Available", "Available", "Available (On Demand)", "On Break", "Logged Out"};

// Every strategy, and a text that names none.
const std::vector<std::string>& strategy_texts() {
  static const std::vector<std::string> texts = [] {
    std::vector<std::string> made;
    for (const queue::Strategy* strategy : queue::strategies()) made.emplace_back(strategy->name);
    made.emplace_back("by-moonlight");
    return made;
  }();
  return texts;
}

}  // namespace

void Whims::open(Floor& floor) {
  const std::uint64_t queue_count = 1 + random_.below(4);
  for (std::uint64_t i = 0; i < queue_count; ++i) {
    queues_.push_back("queue" + std::to_string(i));
    settings_.queues.emplace_back();
    settings_.queues.back().name = queues_.back();
    vary(settings_.queues.back());
  }
  settings_.reserve_agents = chance(4);
  const std::uint64_t agent_count = 1 + random_.below(6);
  for (std::uint64_t i = 0; i < agent_count; ++i) {
    agents_.push_back("agent" + std::to_string(i));
    queue::AgentSettings agent;
    agent.name = agents_.back();
    agent.type = "Callback";
    agent.status = queue::AgentStatus::Available;
    agent.wrap_up_seconds = one_of(kSeconds);
    agent.max_no_answer = static_cast<std::int64_t>(random_.below(4));
    agent.busy_delay_seconds = one_of(kSeconds);
    agent.reject_delay_seconds = one_of(kSeconds);
    agent.no_answer_delay_seconds = one_of(kSeconds);
    settings_.agents.push_back(agent);
    for (const std::string& queue : queues_) {
      if (chance(4)) continue;
      settings_.tiers.emplace_back();
      settings_.tiers.back().queue = queue;
      settings_.tiers.back().agent = agent.name;
      settings_.tiers.back().level = static_cast<std::int64_t>(random_.below(3));
      settings_.tiers.back().position = static_cast<std::int64_t>(random_.below(3));
    }
  }
  configure(floor);
}

void Whims::vary(queue::QueueSettings& queue) {
  queue.discard_abandoned_after_seconds = static_cast<int>(one_of(kSeconds));
  queue.weight = chance(2) ? 0 : static_cast<int>(random_.below(60));
  queue.strategy = one_of(strategy_texts());
  queue.ring_progressively_delay_seconds = static_cast<int>(one_of(kSeconds));
  queue.tier_rules_apply = chance(2);
  queue.tier_rule_wait_seconds = static_cast<int>(one_of(kSeconds));
  queue.tier_rule_wait_multiply_level = chance(2);
  queue.tier_rule_no_agent_no_wait = chance(2);
  queue.abandoned_resume_allowed = chance(2);
  queue.max_wait_seconds = chance(3) ? 60 : 0;
  queue.max_wait_with_no_agent_seconds = chance(3) ? 20 : 0;
  queue.max_wait_with_no_agent_reached_seconds = static_cast<int>(one_of(kSeconds));
  queue.announce_sound = chance(4) ? "sound" : "";
  queue.announce_frequency_seconds = static_cast<int>(one_of(kSeconds));
  queue.skip_agents_with_external_calls = chance(2);
  queue.time_base_score = chance(3) ? "system" : "queue";
  queue.agent_no_answer_status =
      chance(3) ? queue::AgentStatus::Available : queue::AgentStatus::OnBreak;
}

const std::vector<Whims::Whim>& Whims::all() {
  static const std::vector<Whim> kWhims{
      {36, &Whims::caller_calls},         {20, &Whims::agent_changes_status},
      {5, &Whims::agent_state_is_set},    {5, &Whims::number_is_set},
      {3, &Whims::ready_time_is_set},     {3, &Whims::agent_is_deleted},
      {5, &Whims::agent_is_added},        {5, &Whims::tier_changes},
      {1, &Whims::queue_is_unloaded},     {3, &Whims::queue_is_loaded},
      {3, &Whims::configuration_changes}, {2, &Whims::engine_is_restored},
      {1, &Whims::machine_fails},         {5, &Whims::something_stale_is_reported},
      {4, &Whims::outside_call_begins},   {4, &Whims::outside_call_ends},
      {2, &Whims::member_is_removed},
  };
  return kWhims;
}

void Whims::act(Floor& floor) {
  int total = 0;
  for (const Whim& whim : all()) total += whim.weight;
  int ticket = static_cast<int>(random_.below(static_cast<std::uint64_t>(total)));
  for (const Whim& whim : all()) {
    ticket -= whim.weight;
    if (ticket >= 0) continue;
    (this->*whim.act)(floor);
    return;
  }
}

void Whims::caller_calls(Floor& floor) {
  queue::MemberJoined joined;
  joined.leg = base::LegId{last_leg_ += 2};
  joined.queue = chance(30) ? "nowhere" : one_of(queues_);
  joined.session_uuid = "call-" + std::to_string(last_leg_);
  joined.cid_number = std::to_string(6000 + random_.below(20));
  joined.cid_name = "Caller";
  const auto before = static_cast<std::int64_t>(random_.below(60'000));
  if (!chance(5)) joined.answered_at = floor.now() - base::Duration(before);
  if (chance(4)) joined.base_score = static_cast<std::int64_t>(random_.below(100)) - 50;
  floor.report(joined);
}

void Whims::set_status(Floor& floor, const std::string& agent, const std::string& status) {
  floor.witness().sees_status_set(agent);
  floor.command(agent + " status " + status, [&](queue::Engine& engine, queue::Commands& out) {
    engine.set_agent("status", agent, status, floor.now(), out);
  });
}

void Whims::agent_changes_status(Floor& floor) {
  set_status(floor, one_of(agents_), one_of(kStatuses));
}

void Whims::agent_state_is_set(Floor& floor) {
  const std::string agent = one_of(agents_);
  const std::string state = chance(4) ? "Idle" : "Waiting";
  floor.witness().sees_state_set(agent, state);
  floor.command(agent + " state " + state, [&](queue::Engine& engine, queue::Commands& out) {
    engine.set_agent("state", agent, state, floor.now(), out);
  });
}

void Whims::number_is_set(Floor& floor) {
  const std::vector<std::string> keys{"wrap_up_time", "busy_delay_time", "reject_delay_time",
                                      "no_answer_delay_time", "max_no_answer"};
  const std::string agent = one_of(agents_);
  const std::string key = one_of(keys);
  const std::string value = std::to_string(one_of(kSeconds));
  floor.command(agent + " " + key + " " + value, [&](queue::Engine& engine, queue::Commands& out) {
    engine.set_agent(key, agent, value, floor.now(), out);
  });
}

void Whims::ready_time_is_set(Floor& floor) {
  const std::string agent = one_of(agents_);
  if (floor.engine().find_agent(agent) == nullptr) return;
  const base::WallAnchor& anchor = floor.engine().anchor();
  const std::int64_t epoch =
      chance(3) ? 0
                : anchor.unix_seconds(floor.now()) + static_cast<std::int64_t>(random_.below(20));
  std::optional<base::Instant> at;
  if (epoch != 0) at = anchor.instant_of(epoch);
  floor.witness().sees_ready_time_set(agent, at);
  floor.command(agent + " ready_time", [&](queue::Engine& engine, queue::Commands& out) {
    engine.set_agent("ready_time", agent, std::to_string(epoch), floor.now(), out);
  });
}

void Whims::agent_is_deleted(Floor& floor) {
  const std::string agent = one_of(agents_);
  floor.command("delete " + agent, [&](queue::Engine& engine, queue::Commands& out) {
    engine.remove_agent(agent, floor.now(), out);
  });
}

void Whims::add_agent(Floor& floor, const std::string& agent) {
  if (floor.engine().find_agent(agent) != nullptr) return;
  floor.witness().sees_agent_added(agent);
  floor.command("add " + agent, [&](queue::Engine& engine, queue::Commands& out) {
    engine.add_agent(agent, "callback", floor.now(), out);
  });
  set_status(floor, agent, "Available");
}

void Whims::agent_is_added(Floor& floor) {
  const std::string agent = one_of(agents_);
  add_agent(floor, agent);
  queue::TierSettings tier;
  tier.queue = one_of(queues_);
  tier.agent = agent;
  tier.level = static_cast<std::int64_t>(random_.below(3));
  floor.command("tier " + tier.queue + " " + agent,
                [&](queue::Engine& engine, queue::Commands& out) {
                  engine.add_tier(tier, floor.now(), out);
                });
}

void Whims::tier_changes(Floor& floor) {
  const std::string queue = one_of(queues_);
  const std::string agent = one_of(agents_);
  if (chance(4)) {
    floor.command("delete tier " + queue + " " + agent,
                  [&](queue::Engine& engine, queue::Commands& out) {
                    engine.remove_tier(queue, agent, floor.now(), out);
                  });
    return;
  }
  const std::vector<std::pair<std::string, std::string>> changes{
      {"level", "0"},     {"level", "1"},         {"position", "2"},
      {"state", "ready"}, {"state", "No Answer"}, {"state", "active inbound"}};
  const std::pair<std::string, std::string> change = one_of(changes);
  const queue::Engine::TierChange typed{
      .key = change.first, .queue = queue, .agent = agent, .value = change.second};
  floor.command("tier " + queue + " " + agent + " " + change.first + " " + change.second,
                [&](queue::Engine& engine, queue::Commands& out) {
                  engine.set_tier(typed, floor.now(), out);
                });
}

void Whims::queue_is_unloaded(Floor& floor) {
  const std::string queue = one_of(queues_);
  floor.command("unload " + queue, [&](queue::Engine& engine, queue::Commands& out) {
    engine.unload_queue(queue, floor.now(), out);
  });
}

void Whims::queue_is_loaded(Floor& floor) {
  const std::string queue = one_of(queues_);
  for (const std::string& agent : agents_) {
    if (floor.engine().find_agent(agent) == nullptr) floor.witness().sees_agent_added(agent);
  }
  floor.command("load " + queue, [&](queue::Engine& engine, queue::Commands& out) {
    engine.load_queue(queue, floor.now(), out);
  });
}

void Whims::configure(Floor& floor) {
  for (const std::string& agent : agents_) {
    if (floor.engine().find_agent(agent) == nullptr) floor.witness().sees_agent_added(agent);
  }
  floor.command("configure", [&](queue::Engine& engine, queue::Commands& out) {
    engine.configure(settings_, floor.now(), out);
  });
}

void Whims::configuration_changes(Floor& floor) {
  if (chance(3) && settings_.queues.size() > 1) {
    settings_.queues.pop_back();
  } else if (chance(2) && settings_.queues.size() < queues_.size()) {
    settings_.queues.emplace_back();
    settings_.queues.back().name = queues_[settings_.queues.size() - 1];
  }
  vary(settings_.queues[random_.below(settings_.queues.size())]);
  if (chance(2)) settings_.agents.front().wrap_up_seconds = one_of(kSeconds);
  configure(floor);
}

void Whims::engine_is_restored(Floor& floor) {
  floor.restore();
}

void Whims::machine_fails(Floor& floor) {
  floor.restore();
  for (const queue::Report& report : floor.calls().crash()) floor.report(report);
  configure(floor);
}

void Whims::something_stale_is_reported(Floor& floor) {
  if (const auto report = floor.calls().stale_report()) floor.report(*report);
}

void Whims::outside_call_begins(Floor& floor) {
  const base::LegId leg{kOutsideLegs + random_.below(4)};
  floor.report(queue::ExternalCallStarted{.leg = leg, .agent = one_of(agents_)});
}

void Whims::outside_call_ends(Floor& floor) {
  floor.report(queue::ExternalCallEnded{base::LegId{kOutsideLegs + random_.below(4)}});
}

void Whims::member_is_removed(Floor& floor) {
  const auto members = floor.engine().members();
  if (members.empty()) return;
  const base::MemberId member = one_of(members)->id;
  floor.command("remove a member", [&](queue::Engine& engine, queue::Commands& out) {
    engine.remove_member(member, floor.now(), out);
  });
}

void Whims::free_tiers(Floor& floor) {
  for (const std::string& queue : queues_) {
    for (const std::string& agent : agents_) {
      floor.command("tier " + queue + " " + agent + " state Ready", [&](queue::Engine& engine,
                                                                        queue::Commands& out) {
        engine.set_tier({.key = "state", .queue = queue, .agent = agent, .value = "Ready"},
                        floor.now(), out);
      });
    }
  }
}

void Whims::staff_everything(Floor& floor) {
  staffed_ = true;
  configure(floor);
  add_agent(floor, agents_.front());
  for (const queue::QueueSettings& queue : settings_.queues) {
    floor.command("load " + queue.name, [&](queue::Engine& engine, queue::Commands& out) {
      engine.load_queue(queue.name, floor.now(), out);
    });
    queue::TierSettings tier;
    tier.queue = queue.name;
    tier.agent = agents_.front();
    floor.command("tier " + queue.name, [&](queue::Engine& engine, queue::Commands& out) {
      engine.add_tier(tier, floor.now(), out);
    });
  }
  free_tiers(floor);
}

// On-demand agents ask for their next call, and who was put on break comes back.
void Whims::keep_staffed(Floor& floor) {
  if (!staffed_) return;
  const std::string agent = agents_.front();
  const queue::Agent* row = floor.engine().find_agent(agent);
  if (row == nullptr || row->offer) return;
  if (row->status != queue::AgentStatus::Available) set_status(floor, agent, "Available");
  if (floor.engine().find_agent(agent)->state == queue::AgentState::Idle) {
    floor.witness().sees_state_set(agent, "Waiting");
    floor.command(agent + " asks for a call", [&](queue::Engine& engine, queue::Commands& out) {
      engine.set_agent("state", agent, "Waiting", floor.now(), out);
    });
  }
}

}  // namespace sim
