#include "queue/engine.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "queue/abandoned_rows.h"
#include "queue/agent_changes.h"
#include "queue/announcements.h"
#include "queue/configuration_changes.h"
#include "queue/dispatch.h"
#include "queue/eligibility.h"
#include "queue/events.h"
#include "queue/explain.h"
#include "queue/external_calls.h"
#include "queue/import.h"
#include "queue/invariants.h"
#include "queue/join.h"
#include "queue/leave.h"
#include "queue/lines.h"
#include "queue/offer_outcome.h"
#include "queue/presence.h"
#include "queue/queue_changes.h"
#include "queue/state.h"
#include "queue/tier_changes.h"
#include "queue/time_limits.h"
#include "queue/truncation.h"

namespace queue {
namespace {

template <class... Arms>
struct Overloaded : Arms... {
  using Arms::operator()...;
};
// clang 14 does not deduce aggregates by itself.
template <class... Arms>
Overloaded(Arms...) -> Overloaded<Arms...>;

void reach(Turn& turn, const Purpose& purpose) {
  switch (purpose.kind) {
    case Purpose::Kind::AgentRested:
      refresh_agent(turn, the_agent(turn.state, base::AgentId{purpose.first}));
      break;
    case Purpose::Kind::RepeatAllowed:
      allow_repeat(turn, base::AgentId{purpose.first}, base::MemberId{purpose.second});
      break;
    case Purpose::Kind::AbandonedExpires:
      discard_abandoned(turn, base::MemberId{purpose.first});
      break;
    case Purpose::Kind::LevelOpens:
      open_levels(turn, base::MemberId{purpose.first});
      break;
    case Purpose::Kind::AsksAgain:
      line_up(turn, the_member(turn.state, base::MemberId{purpose.first}));
      break;
    case Purpose::Kind::WaitExpires:
      wait_expired(turn, base::MemberId{purpose.first});
      break;
    case Purpose::Kind::NoAgentExpires:
      no_agent_expired(turn, base::QueueId{purpose.first});
      break;
    case Purpose::Kind::AnnouncementDue:
      announcement_due(turn, base::MemberId{purpose.first});
      break;
  }
}

// Everything that has come due is done before anybody is offered a call, so that a late wake-up
// does not decide who is first.
void catch_up(Turn& turn) {
  while (const auto purpose = turn.state.deadlines.take_due(turn.now)) reach(turn, *purpose);
  dispatch(turn);
}

// Runs a rule between what was due before it and what it has made possible.
template <class Rule>
auto run(Turn turn, Rule rule) {
  catch_up(turn);
  if constexpr (std::is_void_v<decltype(rule(turn))>) {
    rule(turn);
    dispatch(turn);
    catch_up(turn);
  } else {
    auto result = rule(turn);
    dispatch(turn);
    catch_up(turn);
    return result;
  }
}

template <class Map, class Id>
const typename Map::mapped_type* row_of(const Map& rows, Id id) {
  const auto found = rows.find(id);
  return found == rows.end() ? nullptr : &found->second;
}

}  // namespace

Engine::Engine(std::uint64_t seed, base::WallAnchor anchor) : state_(std::make_unique<State>()) {
  state_->random = base::Random(seed);
  state_->anchor = anchor;
}
Engine::~Engine() = default;
Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;

void Engine::configure(const CallCenterSettings& settings, base::Instant now, Commands& out) {
  run({*state_, now, out, observer_}, [&](Turn& turn) { apply_configuration(turn, settings); });
}

void Engine::configure_anew(const CallCenterSettings& settings, base::Instant now, Commands& out) {
  run({*state_, now, out, observer_},
      [&](Turn& turn) { apply_configuration_anew(turn, settings); });
}

void Engine::import_rows(const ImportedRows& rows, base::Instant now, Commands& out) {
  run({*state_, now, out, observer_}, [&](Turn& turn) { queue::import_rows(turn, rows); });
}

void Engine::handle(const Report& report, base::Instant now, Commands& out) {
  run({*state_, now, out, observer_}, [&](Turn& turn) {
    std::visit(Overloaded{
                   [&](const MemberJoined& r) { join(turn, r); },
                   [&](const MemberLeft& r) { leave(turn, r); },
                   [&](const OfferAnswered& r) { offer_answered(turn, r); },
                   [&](const OfferFailed& r) { offer_over(turn, r.offer, r.cause); },
                   [&](const OfferBridged& r) { offer_bridged(turn, r); },
                   [&](const BridgeFailed& r) { offer_over(turn, r.offer, r.cause); },
                   [&](const BridgeEnded& r) { offer_over(turn, r.offer, r.cause); },
                   [&](const ExternalCallStarted& r) { external_call_started(turn, r); },
                   [&](const ExternalCallEnded& r) { external_call_ended(turn, r.leg); },
               },
               report);
  });
}

void Engine::advance(base::Instant now, Commands& out) {
  run({*state_, now, out, observer_}, [](Turn&) {});
}

std::optional<base::Instant> Engine::next_deadline() const {
  return state_->deadlines.next();
}

Change Engine::add_agent(std::string_view name, std::string_view type, base::Instant now,
                         Commands& out) {
  return run({*state_, now, out, observer_},
             [&](Turn& turn) { return queue::add_agent(turn, name, type); });
}

void Engine::remove_agent(std::string_view name, base::Instant now, Commands& out) {
  run({*state_, now, out, observer_}, [&](Turn& turn) { queue::remove_agent(turn, name); });
}

Change Engine::set_agent(std::string_view key, std::string_view name, std::string_view value,
                         base::Instant now, Commands& out) {
  return run({*state_, now, out, observer_}, [&](Turn& turn) {
    return queue::set_agent(turn, {.key = key, .name = name, .value = value});
  });
}

Change Engine::announce_agent(std::string_view key, std::string_view name, base::Instant now,
                              Commands& out) {
  return run({*state_, now, out, observer_},
             [&](Turn& turn) { return queue::announce_agent(turn, key, name); });
}

Change Engine::add_tier(const TierSettings& tier, base::Instant now, Commands& out) {
  return run({*state_, now, out, observer_},
             [&](Turn& turn) { return queue::add_tier(turn, tier); });
}

void Engine::remove_tier(std::string_view queue, std::string_view agent, base::Instant now,
                         Commands& out) {
  run({*state_, now, out, observer_}, [&](Turn& turn) { queue::remove_tier(turn, queue, agent); });
}

Change Engine::set_tier(const TierChange& change, base::Instant now, Commands& out) {
  return run({*state_, now, out, observer_},
             [&](Turn& turn) { return queue::set_tier(turn, change); });
}

void Engine::reload_agent(std::string_view name, base::Instant now, Commands& out) {
  run({*state_, now, out, observer_}, [&](Turn& turn) { apply_agent_named(turn, name); });
}

std::size_t Engine::reload_tiers(const TierSelection& selected, base::Instant now, Commands& out) {
  return run({*state_, now, out, observer_},
             [&](Turn& turn) { return apply_tiers_named(turn, selected); });
}

bool Engine::announce_presence(std::string_view name, base::Instant now, Commands& out) {
  return run({*state_, now, out, observer_}, [&](Turn& turn) {
    const Queue* queue = find_loaded_queue(turn.state, name);
    if (queue != nullptr) queue::announce_presence(turn, *queue);
    return queue != nullptr;
  });
}

Change Engine::load_queue(std::string_view name, base::Instant now, Commands& out) {
  return run({*state_, now, out, observer_},
             [&](Turn& turn) { return queue::load_queue(turn, name); });
}

void Engine::unload_queue(std::string_view name, base::Instant now, Commands& out) {
  run({*state_, now, out, observer_}, [&](Turn& turn) { queue::unload_queue(turn, name); });
}

void Engine::remove_member(base::MemberId member, base::Instant now, Commands& out) {
  run({*state_, now, out, observer_},
      [&](Turn& turn) { release(turn, member, ExitCause::BreakOut); });
}

const Agent* Engine::find_agent(std::string_view name) const {
  const auto found = state_->agent_by_name.find(name);
  return found == state_->agent_by_name.end() ? nullptr : agent(found->second);
}

const Queue* Engine::find_queue(std::string_view name) const {
  return find_loaded_queue(std::as_const(*state_), name);
}

std::vector<const Agent*> Engine::agents() const {
  std::vector<const Agent*> rows;
  for (const auto& [id, agent] : state_->agents) {
    if (!agent.removed) rows.push_back(&agent);
  }
  return rows;
}

std::vector<const Queue*> Engine::queues() const {
  std::vector<const Queue*> rows;
  for (const auto& [id, queue] : state_->queues) {
    if (queue.loaded) rows.push_back(&queue);
  }
  return rows;
}

std::vector<const Tier*> Engine::tiers() const {
  std::vector<const Tier*> rows;
  for (const auto& [key, tier] : state_->tiers) rows.push_back(&tier);
  std::sort(rows.begin(), rows.end(),
            [](const Tier* a, const Tier* b) { return is_listed_before(*a, *b); });
  return rows;
}

std::vector<const Member*> Engine::members() const {
  std::vector<const Member*> rows;
  for (const auto& [id, member] : state_->members) rows.push_back(&member);
  return rows;
}

const Agent* Engine::agent(base::AgentId id) const {
  return row_of(state_->agents, id);
}

const Queue* Engine::queue(base::QueueId id) const {
  return row_of(state_->queues, id);
}

const std::string& Engine::instance_id() const {
  return state_->settings.instance_id;
}

std::optional<base::Instant> Engine::rests_until(base::AgentId id) const {
  return state_->deadlines.armed_for({.kind = Purpose::Kind::AgentRested, .first = id.value});
}

std::vector<Verdict> Engine::explain(base::MemberId member, base::Instant now) const {
  return queue::explain(*state_, member, now);
}

const CallCenterSettings& Engine::settings() const {
  return state_->settings;
}

const base::WallAnchor& Engine::anchor() const {
  return state_->anchor;
}

void Engine::note_changes() {
  state_->touched_rows.start();
}

RowChanges Engine::take_changes() {
  return state_->touched_rows.take(*state_);
}

std::vector<Ended> Engine::take_ended() {
  return state_->touched_rows.take_ended();
}

RowChanges Engine::all_rows() const {
  return queue::all_rows(*state_);
}

const Member* Engine::member(base::MemberId id) const {
  return row_of(state_->members, id);
}

const Offer* Engine::offer(base::OfferId id) const {
  return row_of(state_->offers, id);
}

std::vector<const Offer*> Engine::offers() const {
  std::vector<const Offer*> rows;
  for (const auto& [id, offer] : state_->offers) rows.push_back(&offer);
  return rows;
}

std::vector<std::string> Engine::broken_rules(base::Instant now) const {
  return queue::broken_rules(*state_, now);
}

void Engine::check_invariants(base::Instant now) const {
  const std::vector<std::string> broken = broken_rules(now);
  if (!broken.empty()) base::check_failed(__FILE__, __LINE__, broken.front().c_str());
}

void Engine::rebuild_indexes(base::Instant now, Commands& out) {
  run({*state_, now, out, observer_}, [](Turn& turn) {
    queue::rebuild_indexes(turn.state);
    for (const auto& [id, queue] : turn.state.queues) turn.touched.insert(id);
  });
}

void describe(base::Archive& archive, Engine& engine) {
  describe(archive, *engine.state_);
  if (archive.loading()) rebuild_indexes(*engine.state_);
}

}  // namespace queue
