#include "core/core.h"

#include <algorithm>
#include <chrono>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "api/api.h"
#include "api/lists.h"
#include "base/check.h"
#include "core/background_job.h"
#include "core/core_state.h"
#include "core/find_violations.h"
#include "core/pass.h"
#include "core/record_keeping.h"
#include "core/repair.h"

namespace core {
namespace {

// One arm per input; reports of sip and media go to the calls as they are.
struct Route {
  CoreState& state;
  Pass& pass;
  Commands& out;

  void operator()(const Founded& input) const {
    CHECK(!state.is_founded);
    state.is_founded = true;
    state.anchor.unix_ms_at_origin = input.unix_ms_at_origin;
    const Seeds seeds(input.seed);
    state.engine = queue::Engine(seeds.queue, state.anchor);
    state.calls = call::Machine(seeds.calls, state.anchor);
    state.uptime = {.since = state.last_input_at, .legs_before = 0};
  }
  void operator()(const Configured& input) const {
    state.configuration = input.configuration;
    state.utc_offset_seconds = input.utc_offset_seconds;
    if (input.occasion == Configured::Occasion::OperatorsStart) return pass.configure_anew();
    pass.configure();
  }
  void operator()(const RowsImported& input) const { pass.import_rows(input.rows); }
  void operator()(const RecordsKept& input) const { records_kept(state, input.last); }
  void operator()(const Restarted&) const {
    state.uptime = {.since = state.last_input_at, .legs_before = state.calls.legs_ever()};
    pass.restart();
    repeat_records(state, out);
  }
  void operator()(const DeadlineReached&) const {
    pass.advance();
    pass.drain();
    pass.run_scheduled();
  }
  void operator()(const ApiRequested& input) const {
    if (api::is_list(input.command)) {
      out.emplace_back(list_asked(input));
      return;
    }
    api::Reply reply = pass.run(input.command);
    if (reply.kind == api::Reply::Kind::RereadConfiguration) {
      out.emplace_back(RereadConfiguration{input.ticket, reply.profile});
      return;
    }
    if (reply.kind == api::Reply::Kind::Later) {
      state.awaited[reply.call] = {input.ticket, input.job_uuid, input.command};
      return;
    }
    out.emplace_back(ApiReply{input.ticket, reply.text});
    pass.drain();
    if (!input.job_uuid.empty()) {
      pass.publish(background_job({input.job_uuid, input.command}, std::move(reply.text)));
    }
  }

  ListAsked list_asked(const ApiRequested& input) const {
    ListAsked asked{.ticket = input.ticket,
                    .command = input.command,
                    .at = state.last_input_at,
                    .sequence = state.row_changes};
    if (!input.job_uuid.empty()) {
      asked.job = pass.numbered(background_job({input.job_uuid, input.command}, {}));
    }
    return asked;
  }

  void operator()(const MessageSent& input) const {
    out.emplace_back(
        ApiReply{input.ticket, pass.run(api::Message{input.uuid, input.headers, input.body})});
  }
  void operator()(const EventSent& input) const { pass.take(input.event); }
  void operator()(const ViolationSeen& input) const { repair(state, pass, input.violation); }

  template <class SipReport>
  requires std::is_constructible_v<call::SipReport, SipReport>
  void operator()(const SipReport& report) const {
    pass.give_calls(call::SipReport(report));
    if constexpr (std::is_same_v<SipReport, call::LegInvited>) pass.name_leg(report.leg);
  }
  template <class MediaReport>
  requires std::is_constructible_v<call::MediaReport, MediaReport>
  void operator()(const MediaReport& report) const { pass.give_calls(call::MediaReport(report)); }

  template <class Report>
  requires std::is_constructible_v<call::ScriptReport, Report>
  void operator()(const Report& report) const { pass.give_calls(call::ScriptReport(report)); }
};

bool is_ready(const queue::Engine& engine, const queue::Agent& agent) {
  const bool is_available = agent.status == queue::AgentStatus::Available ||
                            agent.status == queue::AgentStatus::AvailableOnDemand;
  return is_available && !agent.removed && agent.state == queue::AgentState::Waiting &&
         !engine.rests_until(agent.id);
}

// Legs that agents of the type uuid-standby have called in on, while nobody talks there.
std::size_t count_standing_by(const std::vector<const call::Leg*>& legs,
                              const queue::Engine& engine) {
  std::set<std::string_view> standbys;
  for (const queue::Agent* agent : engine.agents()) {
    if (queue::is_standby(*agent)) standbys.insert(agent->uuid);
  }
  return static_cast<std::size_t>(
      std::count_if(legs.begin(), legs.end(), [&standbys](const call::Leg* leg) {
        return !leg->bridge && !leg->offer && !leg->is_ending() &&
               (leg->is_standby || standbys.contains(leg->uuid));
      }));
}

}  // namespace

Core::Core() : state_(std::make_unique<CoreState>()) {}
Core::~Core() = default;
Core::Core(Core&&) noexcept = default;
Core& Core::operator=(Core&&) noexcept = default;

void Core::handle(const Input& input, base::Instant now, Commands& out) {
  CHECK(state_->is_founded || std::holds_alternative<Founded>(input));
  CHECK(now >= state_->last_input_at);
  if (!only_reads(input)) state_->last_input_at = now;
  state_->engine.note_changes();
  Pass pass(*state_, now, out);
  std::visit(Route{*state_, pass, out}, input);
  pass.drain();
  make_records(*state_, state_->engine.take_ended(), out);
  queue::RowChanges rows = state_->engine.take_changes();
  if (rows.empty()) return;
  out.emplace_back(RowsChanged{.sequence = ++state_->row_changes, .rows = std::move(rows)});
}

void Core::hand_out_all_rows(Commands& out) const {
  out.emplace_back(RowsChanged{.extent = RowsChanged::Extent::AllRows,
                               .sequence = state_->row_changes,
                               .rows = state_->engine.all_rows()});
}

std::optional<base::Instant> Core::next_deadline() const {
  const auto engine = state_->engine.next_deadline();
  const auto calls = state_->calls.next_deadline();
  const auto scheduled = state_->schedule.next();
  std::optional<base::Instant> next;
  for (const auto& one : {engine, calls, scheduled}) {
    if (one && (!next || *one < *next)) next = one;
  }
  return next;
}

Floor Core::floor(base::Instant now) const {
  Floor floor;
  for (const queue::Member* member : state_->engine.members()) {
    if (member->state != queue::MemberState::Waiting &&
        member->state != queue::MemberState::Trying) {
      continue;
    }
    ++floor.waiting;
    floor.longest_wait = std::max(floor.longest_wait, now - member->joined_at);
  }
  for (const call::Offer* offer : state_->calls.offers()) {
    if (offer->phase == call::Offer::Phase::Bridged) ++floor.talking;
  }
  for (const queue::Agent* agent : state_->engine.agents()) {
    if (is_ready(state_->engine, *agent)) ++floor.agents_available;
  }
  floor.calls_served = state_->calls_served;
  const std::vector<const call::Leg*> legs = state_->calls.legs();
  floor.legs = legs.size();
  floor.standing_by = count_standing_by(legs, state_->engine);
  floor.legs_since_start = state_->calls.legs_ever() - state_->uptime.legs_before;
  return floor;
}

const queue::Engine& Core::engine() const {
  return state_->engine;
}

void Core::watch(queue::Observer* observer) {
  state_->engine.set_observer(observer);
}

const call::Registrations& Core::registrations() const {
  return state_->calls.registrations();
}

const base::WallAnchor& Core::anchor() const {
  return state_->anchor;
}

base::LegId Core::next_inbound_leg() const {
  return state_->calls.next_inbound_leg();
}

std::vector<base::LegId> Core::legs_of_sip(base::LegId after, std::size_t most) const {
  return state_->calls.legs_of_sip(after, most);
}

std::vector<Violation> Core::violations() const {
  return find_violations(*state_, state_->last_input_at);
}

std::string Core::describe_violation(const Violation& violation) const {
  return text_of(*state_, violation, state_->last_input_at);
}

void Core::check_invariants(base::Instant now) const {
  state_->engine.check_invariants(now);
  state_->calls.check_invariants();
  // Each offer of the engine is one of the calls; the others are calls that commands have made, or
  // callers by themselves.
  const auto all = state_->calls.offers();
  std::size_t offers = state_->awaited.size();
  offers += static_cast<std::size_t>(std::count_if(
      all.begin(), all.end(), [](const call::Offer* offer) { return offer->is_for_caller; }));
  for (const queue::Agent* agent : state_->engine.agents()) {
    if (!agent->offer) continue;
    ++offers;
    CHECK(state_->calls.offer(agent->offer) != nullptr);
  }
  CHECK(offers == all.size());
  // A member that waits is one leg in its queue; one that talks is one leg in a bridge.
  for (const queue::Member* member : state_->engine.members()) {
    if (member->state == queue::MemberState::Abandoned) continue;
    const call::Leg* leg = state_->calls.leg(member->leg);
    CHECK(leg != nullptr && !leg->is_ending());
    const auto* waiting = std::get_if<call::InQueue>(&leg->execution.running);
    if (member->state == queue::MemberState::Answered) {
      CHECK(static_cast<bool>(leg->bridge));
    } else {
      CHECK(waiting != nullptr && waiting->member == member->id);
    }
  }
}

void describe(base::Archive& archive, AwaitedReply& reply) {
  archive.field("ticket", reply.ticket);
  archive.field("job_uuid", reply.job_uuid);
  archive.field("command", reply.command);
}

void describe(base::Archive& archive, CoreState& state) {
  archive.field("is_founded", state.is_founded);
  archive.field("unix_ms_at_origin", state.anchor.unix_ms_at_origin);
  archive.field("configuration", state.configuration);
  archive.field("utc_offset_seconds", state.utc_offset_seconds);
  archive.field("last_input_at", state.last_input_at);
  archive.field("up_since", state.uptime.since);
  archive.field("legs_before", state.uptime.legs_before);
  archive.field("awaited", state.awaited);
  archive.field("schedule", state.schedule);
  archive.field("events", state.events);
  archive.field("calls_served", state.calls_served);
  archive.field("row_changes", state.row_changes);
  archive.field("records_made", state.records_made);
  archive.field("records", state.records);
  archive.field("engine", state.engine);
  archive.field("calls", state.calls);
}

void describe(base::Archive& archive, Core& core) {
  describe(archive, *core.state_);
}

bool only_reads(const Input& input) {
  const auto* request = std::get_if<ApiRequested>(&input);
  // A background job makes an event, whatever its command does.
  return request != nullptr && request->job_uuid.empty() && api::only_reads(request->command);
}

}  // namespace core
