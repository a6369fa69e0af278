#include "lua/runner.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <variant>

#include "base/log.h"
#include "lua/command_line.h"

namespace lua {
namespace {

// Scripts that no leg waits for are numbered from here, so that the core's numbers are free.
constexpr std::uint64_t kFirstOwnId = std::uint64_t{1} << 63;
// A script is written by people.
constexpr std::uintmax_t kScriptBytesMax = 4 << 20;
// When the core had no room for a report.
constexpr std::chrono::milliseconds kSayAgainAfter{50};
constexpr std::string_view kOverloaded = "-ERR overloaded, try again\n";

base::Result<std::string> read(const std::filesystem::path& file) {
  std::error_code error;
  const auto size = std::filesystem::file_size(file, error);
  if (error) return base::failure("script " + file.string() + ": " + error.message());
  if (size > kScriptBytesMax) return base::failure("script " + file.string() + " is too long");
  std::ifstream in(file, std::ios::binary);
  std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  if (in.bad() || !in.is_open()) return base::failure("script " + file.string() + ": unreadable");
  return text;
}

void log_failure(std::string_view uuid, const std::string& line) {
  base::log_line(base::LogLevel::Error, {.area = base::LogArea::Calls, .leg = {}, .uuid = uuid},
                 "lua: " + line);
}

}  // namespace

struct Runner::Running {
  Key key = 0;
  call::ScriptId id;
  base::LegId leg;  // None: no leg waits for it.
  std::unique_ptr<Script> script;
  std::function<void(std::string)> answer;  // Of `lua`.
  Answer came;                              // While it is ready.
  bool is_ready = false;
  base::Ticket ticket;         // While it waits for a reply.
  std::uint64_t question = 0;  // The last that it had about a leg.
  bool awaits_leg = false;
  std::optional<std::size_t> awaited_consumer;
  std::optional<Time> wakes_at;
  std::optional<Time> ends_at;  // Its leg is gone.
};

Runner::Runner(Options options, base::Ticket first_ticket, Outlets outlets)
    : options_(std::move(options)),
      outlets_(std::move(outlets)),
      memory_{.bytes = 0, .bytes_max = options_.limits.bytes_of_all_max},
      last_ticket_(first_ticket.value) {}
Runner::~Runner() = default;

base::Result<std::unique_ptr<Script>> Runner::load(std::string_view command, Script::Start start) {
  if (running_.size() >= options_.limits.scripts_max) {
    return base::failure("too many scripts run: " + std::to_string(running_.size()));
  }
  CommandLine line = parse_command_line(command);
  const auto file = find_script(options_.folder, line.script);
  if (!file) return base::failure(file.error());
  const auto text = read(*file);
  if (!text) return base::failure(text.error());
  start.name = file->filename().string();
  start.arguments = std::move(line.arguments);
  start.unix_ms = outlets_.unix_ms;
  start.begins_to_listen = [this] {
    if (++consuming_ == 1) outlets_.listen(true);
  };
  return Script::load(*text, std::move(start), options_, memory_);
}

void Runner::add(std::unique_ptr<Running> running) {
  running->key = ++last_key_;
  if (!running->id) running->id = call::ScriptId{kFirstOwnId + running->key};
  by_id_[running->id] = running->key;
  Running& added = *running;
  running_.emplace(added.key, std::move(running));
  make_ready(added, std::monostate{});
}

Runner::Running* Runner::find(Key key) {
  const auto found = running_.find(key);
  return found == running_.end() ? nullptr : found->second.get();
}

void Runner::take(const call::StartScript& order) {
  auto script = load(order.command, {.name = {}, .arguments = {}, .uuid = order.uuid});
  if (!script) {
    log_failure(order.uuid, script.error());
    if (order.leg) report_ended({order.leg, order.script});
    return;
  }
  auto running = std::make_unique<Running>();
  running->id = order.script;
  running->leg = order.leg;
  running->script = std::move(*script);
  add(std::move(running));
}

void Runner::take(const Invoked& invoked) {
  const bool waits = invoked.how == Invoked::How::Finished;
  const auto output = waits ? Script::Start::Output::Kept : Script::Start::Output::None;
  auto script = load(invoked.command, {.name = {}, .arguments = {}, .uuid = {}, .output = output});
  if (!script) {
    log_failure({}, script.error());
    return invoked.answer("-ERR " + script.error() + "\n");
  }
  auto running = std::make_unique<Running>();
  running->script = std::move(*script);
  if (waits) running->answer = invoked.answer;
  add(std::move(running));
  if (!waits) invoked.answer("+OK\n");
}

void Runner::take(const call::ScriptAnswered& order) {
  const auto found = by_id_.find(order.script);
  Running* running = found == by_id_.end() ? nullptr : find(found->second);
  if (running == nullptr || !running->awaits_leg || running->question != order.question) return;
  make_ready(*running, order.outcome == call::ScriptAnswered::Outcome::Done);
}

void Runner::take(const call::LegLeftScript& order, Time now) {
  const auto found = by_id_.find(order.script);
  Running* running = found == by_id_.end() ? nullptr : find(found->second);
  if (running == nullptr || running->ends_at) return;
  running->script->leg_left();
  running->leg = {};
  running->ends_at = now + options_.limits.grace;
  timers_.emplace(*running->ends_at, running->key);
}

void Runner::reply(base::Ticket ticket, std::string text) {
  const auto found = by_ticket_.find(ticket);
  if (found == by_ticket_.end()) return;
  Running* running = find(found->second);
  by_ticket_.erase(found);
  if (running == nullptr) return;
  running->ticket = {};
  make_ready(*running, std::move(text));
}

void Runner::publish(const Event& event) {
  if (consuming_ == 0) return;
  for (auto& [key, running] : running_) {
    auto& consumers = running->script->consumers();
    for (std::size_t i = 0; i < consumers.size(); ++i) {
      Consumer& consumer = consumers[i];
      if (!consumer.wants(*event)) continue;
      if (running->awaited_consumer == i) {
        make_ready(*running, event);
      } else if (consumer.events.size() < kEventsKeptMax) {
        consumer.events.push_back(event);
      } else if (consumer.events.size() == kEventsKeptMax && !consumer.has_lost) {
        consumer.has_lost = true;
        base::log_warning("lua: {}: it does not take its events; from now on some are lost",
                          running->script->name());
      }
    }
  }
}

void Runner::make_ready(Running& running, Answer answer) {
  if (running.is_ready) return;
  await_until(running, std::nullopt);
  running.awaited_consumer.reset();
  running.awaits_leg = false;
  running.came = std::move(answer);
  running.is_ready = true;
  ready_.push_back(running.key);
}

void Runner::await_until(Running& running, std::optional<Time> until) {
  if (running.wakes_at) timers_.erase({*running.wakes_at, running.key});
  running.wakes_at = until;
  if (until) timers_.emplace(*until, running.key);
  // Both times may be the same.
  if (running.ends_at) timers_.emplace(*running.ends_at, running.key);
}

void Runner::run(Time now) {
  say_again();
  while (!timers_.empty() && timers_.begin()->first <= now) {
    const Key key = timers_.begin()->second;
    timers_.erase(timers_.begin());
    Running* running = find(key);
    if (running == nullptr) continue;
    if (running->ends_at && *running->ends_at <= now) {
      end(*running, running->script->name() + ": ended: its call was over long ago");
    } else if (running->wakes_at && *running->wakes_at <= now) {
      make_ready(*running, std::monostate{});
    }
  }
  for (std::size_t turns = ready_.size(); turns > 0; --turns) {
    Running* running = find(ready_.front());
    ready_.pop_front();
    if (running != nullptr) run_slice(*running, now);
  }
}

std::optional<Runner::Time> Runner::next_run() const {
  if (!ready_.empty()) return Time::min();
  std::optional<Time> next;
  if (!timers_.empty()) next = timers_.begin()->first;
  if (!unsaid_.empty()) {
    const Time soon = std::chrono::steady_clock::now() + kSayAgainAfter;
    next = next ? std::min(*next, soon) : soon;
  }
  return next;
}

void Runner::run_slice(Running& running, Time now) {
  running.is_ready = false;
  Script& script = *running.script;
  script.run(std::exchange(running.came, std::monostate{}));
  if (script.has_ended()) return end(running, script.failure());
  await(running, now);
}

void Runner::await(Running& running, Time now) {
  const Wait& wait = running.script->waits_for();
  if (std::holds_alternative<ForTurn>(wait)) return make_ready(running, std::monostate{});
  if (const auto* time = std::get_if<ForTime>(&wait)) return await_until(running, now + time->time);
  if (const auto* event = std::get_if<ForEvent>(&wait)) {
    running.awaited_consumer = event->consumer;
    if (event->time) await_until(running, now + *event->time);
    return;
  }
  if (const auto* reply = std::get_if<ForReply>(&wait)) {
    running.ticket = base::Ticket{++last_ticket_};
    by_ticket_[running.ticket] = running.key;
    if (outlets_.ask(running.ticket, reply->command)) return;
    by_ticket_.erase(running.ticket);
    running.ticket = {};
    return make_ready(running, std::string(kOverloaded));
  }
  const auto& leg = std::get<ForLeg>(wait);
  running.awaits_leg = true;
  const bool is_own = leg.uuid == running.script->uuid();
  const bool is_asked = !(is_own && running.ends_at) &&
                        outlets_.report(call::ScriptAsked{running.id, ++running.question, leg.uuid,
                                                          leg.application, leg.data});
  if (!is_asked) make_ready(running, false);
}

void Runner::end(Running& running, std::string why) {
  Script& script = *running.script;
  if (!why.empty()) log_failure(script.uuid(), why);
  if (running.answer) running.answer(why.empty() ? script.output() : "-ERR " + why + "\n");
  if (running.leg) {
    if (script.hangs_up_at_end()) {
      outlets_.report(
          call::ScriptAsked{running.id, ++running.question, script.uuid(), "hangup", {}});
    }
    report_ended({running.leg, running.id});
  }
  if (!script.consumers().empty() && --consuming_ == 0) outlets_.listen(false);
  if (running.ticket) by_ticket_.erase(running.ticket);
  if (running.wakes_at) timers_.erase({*running.wakes_at, running.key});
  if (running.ends_at) timers_.erase({*running.ends_at, running.key});
  by_id_.erase(running.id);
  running_.erase(running.key);
}

void Runner::report_ended(call::ScriptEnded report) {
  if (!outlets_.report(report)) unsaid_.push_back(report);
}

void Runner::say_again() {
  while (!unsaid_.empty() && outlets_.report(unsaid_.front())) unsaid_.pop_front();
}

}  // namespace lua
