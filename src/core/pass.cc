#include "core/pass.h"

#include <iterator>
#include <utility>
#include <variant>

#include "api/schedule_commands.h"
#include "base/check.h"
#include "base/text.h"
#include "call/spoken.h"
#include "core/background_job.h"
#include "core/place_in_line.h"
#include "core/wall_clock.h"
#include "dialplan/time_zone.h"

namespace core {
namespace {

// What one input may set off: thousands of legs that end at once, each with its events. More can
// only be two parts that answer each other for ever.
constexpr std::size_t kStepsPerInputMax = 5'000'000;
// A command that runs commands that run commands: nobody needs more, a loop has no end.
constexpr int kNestedCommandsMax = 8;

LogLine to_log_line(call::LogMade made) {
  LogLine line;
  switch (made.level) {
    case call::LogMade::Level::Info:
      line.level = LogLine::Level::Info;
      break;
    case call::LogMade::Level::Warning:
      line.level = LogLine::Level::Warning;
      break;
    case call::LogMade::Level::Error:
      line.level = LogLine::Level::Error;
      break;
  }
  line.text = std::move(made.text);
  line.uuid = std::move(made.uuid);
  return line;
}

// What came of a scheduled command: nobody else is there to be told.
LogLine line_of_scheduled(std::string_view command, std::string_view reply) {
  constexpr std::size_t kShownMax = 200;
  const bool failed = reply.starts_with("-ERR") || reply.starts_with("-USAGE");
  LogLine line;
  line.level = failed ? LogLine::Level::Warning : LogLine::Level::Info;
  line.text = "scheduled: " + std::string(command.substr(0, kShownMax)) + ": " +
              std::string(base::trim(reply.substr(0, kShownMax)));
  return line;
}

template <class Values, class Line>
void move_to(Line& line, Values& values) {
  std::move(values.begin(), values.end(), std::back_inserter(line));
  values.clear();
}

}  // namespace

Pass::Pass(CoreState& state, base::Instant now, Commands& out)
    : state_(state), now_(now), out_(out) {}

void Pass::advance() {
  state_.engine.advance(now_, from_engine_);
  collect();
  state_.calls.advance(*this, now_, from_calls_);
  collect();
}

void Pass::restart() {
  for (const call::Leg* leg : state_.calls.legs()) name_leg(leg->id);
  state_.calls.restart(now_, from_calls_);
  collect();
}

void Pass::configure() {
  state_.engine.configure(state_.configuration.call_center, now_, from_engine_);
  collect();
}

void Pass::configure_anew() {
  state_.engine.configure_anew(state_.configuration.call_center, now_, from_engine_);
  collect();
}

void Pass::import_rows(const queue::ImportedRows& rows) {
  state_.engine.import_rows(rows, now_, from_engine_);
  collect();
}

api::Targets Pass::targets() {
  return {state_.engine, from_engine_,  state_.calls,    from_calls_,
          *this,         state_.uptime, state_.schedule, now_};
}

api::Reply Pass::run(std::string_view command) {
  api::Targets acting = targets();
  return api::run(command, acting);
}

std::string Pass::run(const api::Message& message) {
  api::Targets acting = targets();
  return api::send_message(message, acting);
}

void Pass::take(const base::EslEvent& event) {
  publish(event);
  api::Targets acting = targets();
  api::answer_event(event, acting);
}

void Pass::run_scheduled() {
  while (const auto task = state_.schedule.take_due(now_)) {
    state_.schedule.set_running(true);
    from_calls_.emplace_back(
        call::EventMade{api::task_event("EXE_SCHEDULE", *task, state_.anchor)});
    api::Reply reply = run(task->command);
    if (reply.kind == api::Reply::Kind::RereadConfiguration) {
      out_.emplace_back(RereadConfiguration{.ticket = {}, .profile = reply.profile});
    } else if (reply.kind == api::Reply::Kind::Later) {
      state_.awaited[reply.call] = {{}, {}, task->command};
    } else {
      log(line_of_scheduled(task->command, reply.text));
    }
    drain();
    state_.schedule.set_running(false);
  }
}

void Pass::drain() {
  collect();
  for (std::size_t steps = 0; !engine_line_.empty() || !calls_line_.empty(); ++steps) {
    CHECK(steps < kStepsPerInputMax);
    if (!engine_line_.empty()) {
      const queue::Command command = std::move(engine_line_.front());
      engine_line_.pop_front();
      give_calls(command);
      if (const auto* admitted = std::get_if<queue::AdmitMember>(&command)) {
        name_leg(admitted->leg);
      }
    } else {
      call::Output output = std::move(calls_line_.front());
      calls_line_.pop_front();
      std::visit([this](auto& made) { pass_on(std::move(made)); }, output);
      collect();
    }
  }
}

base::EslEvent Pass::numbered(base::EslEvent event) {
  event.sequence = ++state_.events;
  event.unix_us = state_.anchor.unix_us(now_);
  return event;
}

void Pass::publish(base::EslEvent event) {
  out_.emplace_back(Publish{numbered(std::move(event))});
}

void Pass::log(LogLine line) {
  out_.emplace_back(std::move(line));
}

std::string Pass::run_api(std::string_view command) {
  if (api::replies_later(command)) return "-ERR nobody can wait for that here; use bgapi\n";
  if (nested_commands_ >= kNestedCommandsMax) return "-ERR too many nested commands\n";
  ++nested_commands_;
  api::Reply reply = run(command);
  --nested_commands_;
  if (reply.kind == api::Reply::Kind::RereadConfiguration) {
    out_.emplace_back(RereadConfiguration{});
  }
  return std::move(reply.text);
}

const std::map<std::string, std::string>& Pass::globals() const {
  return state_.configuration.globals;
}

const std::vector<call::SipProfile>& Pass::profiles() const {
  return state_.configuration.profiles;
}

const call::Directory& Pass::directory() const {
  return state_.configuration.directory;
}

const dialplan::Dialplan& Pass::dialplan() const {
  return state_.configuration.dialplan;
}

const call::VoicemailProfiles& Pass::voicemail_profiles() const {
  return state_.configuration.voicemail;
}

const queue::Agent* Pass::find_agent(std::string_view name) const {
  return state_.engine.find_agent(name);
}

const queue::Queue* Pass::find_queue(std::string_view name) const {
  return state_.engine.find_queue(name);
}

std::optional<std::size_t> Pass::place_in_line(base::MemberId member) const {
  return core::place_in_line(state_.engine, member, now_);
}

const call::Phrases& Pass::phrases() const {
  return state_.configuration.phrases;
}

dialplan::LocalTime Pass::local_time() const {
  return local_time_at(state_.anchor.unix_seconds(now_));
}

dialplan::LocalTime Pass::local_time_at(std::int64_t unix_seconds) const {
  const auto zone = dialplan::TimeZone::parse(state_.configuration.local_zone);
  if (!zone) return core::local_time_at(unix_seconds, state_.utc_offset_seconds);
  return core::local_time_at(unix_seconds, *zone);
}

std::optional<dialplan::LocalTime> Pass::local_time_in(std::string_view name,
                                                       std::int64_t unix_seconds) const {
  const auto& zones = state_.configuration.time_zones;
  const auto named = zones.find(std::string(name));
  const auto zone = dialplan::TimeZone::parse(named != zones.end() ? named->second : name);
  if (!zone) return std::nullopt;
  return core::local_time_at(unix_seconds, *zone);
}

void Pass::name_leg(base::LegId id) {
  const call::Leg* leg = state_.calls.leg(id);
  if (leg == nullptr) return;
  LegNamed named{.leg = id, .uuid = leg->uuid, .call = leg->uuid, .member = {}};
  if (const auto* waiting = std::get_if<call::InQueue>(&leg->execution.running)) {
    named.member = waiting->member_uuid;
  }
  if (const call::Offer* offer = state_.calls.offer(leg->offer)) {
    const call::Leg* caller = state_.calls.leg(offer->member_leg);
    if (caller != nullptr) {
      named.call = caller->uuid;
      const auto* waiting = std::get_if<call::InQueue>(&caller->execution.running);
      if (waiting != nullptr) named.member = waiting->member_uuid;
    }
  }
  out_.emplace_back(std::move(named));
}

void Pass::pass_on(call::SipOrder order) {
  if (const auto* invite = std::get_if<call::InviteLeg>(&order)) name_leg(invite->leg);
  out_.emplace_back(std::move(order));
}

void Pass::pass_on(call::MediaOrder order) {
  if (auto* play = std::get_if<call::PlaySound>(&order); play && call::is_spoken(play->sound)) {
    // Spelled out only here: what the leg hears stays the text, for a restart and for events.
    state_.calls.spell_out(*play, *this, now_, from_calls_);
  }
  out_.emplace_back(std::move(order));
}

void Pass::pass_on(call::ScriptOrder order) {
  out_.emplace_back(std::move(order));
}

void Pass::pass_on(queue::Report report) {
  if (std::holds_alternative<queue::OfferBridged>(report)) ++state_.calls_served;
  state_.engine.handle(report, now_, from_engine_);
}

void Pass::pass_on(call::EventMade made) {
  publish(std::move(made.event));
}

void Pass::pass_on(call::LogMade made) {
  out_.emplace_back(to_log_line(std::move(made)));
}

void Pass::pass_on(call::Originated done) {
  const auto found = state_.awaited.find(done.id);
  if (found == state_.awaited.end()) return;
  const AwaitedReply awaited = std::move(found->second);
  state_.awaited.erase(found);
  if (awaited.ticket) {
    out_.emplace_back(ApiReply{awaited.ticket, done.text});
  } else {
    log(line_of_scheduled(awaited.command, done.text));
  }
  if (awaited.job_uuid.empty()) return;
  publish(background_job({awaited.job_uuid, awaited.command}, std::move(done.text)));
}

void Pass::pass_on(call::LegEnded ended) {
  state_.schedule.remove_group(ended.uuid);
}

void Pass::pass_on(call::Continue request) {
  state_.calls.handle(request, *this, now_, from_calls_);
}

void Pass::collect() {
  move_to(engine_line_, from_engine_);
  move_to(calls_line_, from_calls_);
}

}  // namespace core
