#include "app/run_loop.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "app/recovery.h"
#include "base/check.h"
#include "base/log.h"

namespace app {
namespace {

// The live screen and metrics are at most this old.
constexpr base::Duration kStatusInterval{250};
// The shadow gets this many inputs at once, or what there is when the status is published: it need
// not be woken for each.
constexpr std::size_t kStepsAtOnce = 256;
// What is stuck is seen twice before it is released, so nobody is stuck for more than three
// seconds.
constexpr base::Duration kSelfCheckInterval{1000};
// Of 20,000 legs each is looked for within 40 s.
constexpr std::size_t kLegsLookedFor = 500;
// While unprotected, a snapshot is tried this often.
constexpr base::Duration kRetryInterval{1000};

}  // namespace

RunLoop::RunLoop(RecoveredCore recovered, CoreClock clock, store::Journal& journal,
                 JournalNews& news, const JournalBounds& bounds)
    : core_(std::move(recovered.core)),
      clock_(std::move(clock)),
      journal_(journal),
      news_(news),
      gate_(recovered.last_number),
      inbox_(kInboxCapacity),
      // What was found is lost when the inbox is full, and found again.
      shadow_(journal, [this](core::Input input) { static_cast<void>(put(std::move(input))); }),
      last_number_(recovered.last_number),
      last_instant_(recovered.last_instant),
      bounds_(bounds),
      snapshot_number_(recovered.last_number),
      heartbeat_(now()) {
  snapshot_at_ = status_at_ = now();
  news_.wake_with([this] { inbox_.interrupt(); });
}

RunLoop::~RunLoop() {
  news_.wake_with({});
}

base::Instant RunLoop::now() const {
  return std::max(clock_.now(), last_instant_);
}

void RunLoop::apply(const core::Input& input) {
  apply_at(input, now());
  hand_over_records();
}

bool RunLoop::put(core::Input input) {
  if (inbox_.put(std::move(input))) return true;
  ++refused_;
  return false;
}

bool RunLoop::refuses_new_work() const {
  return inbox_.size() > kInboxCapacity / 5 * 4;
}

int RunLoop::inbox_percent() const {
  return static_cast<int>(inbox_.size() * 100 / kInboxCapacity);
}

std::chrono::milliseconds RunLoop::lag() const {
  return watch_.lag(inbox_.size() > 0);
}

void RunLoop::want_all_rows() {
  rows_are_wanted_ = true;
  inbox_.interrupt();
}

void RunLoop::stop() {
  stopping_ = true;
  inbox_.interrupt();
}

void RunLoop::run(CommandSink& sink) {
  sink_ = &sink;
  steps_.clear();
  shadow_.begin(snapshot());
  while (!stopping_) turn();
  say_farewell();
  shadow_.stop();
  core::Commands leaving;
  gate_.unprotect(leaving);
  carry_out(std::move(leaving));
  journal_.save_snapshot(snapshot());
  if (const auto flushed = journal_.flush(); !flushed) {
    base::log_error("the state could not be saved: {}", flushed.error());
  }
}

void RunLoop::turn() {
  const auto inputs = inbox_.take(std::chrono::steady_clock::now() + time_to_wait(now()));
  watch_.begin();
  for (const auto& input : inputs) apply_at(input, now());
  const auto after = now();
  if (const auto due = core_.next_deadline(); due && *due <= after) {
    apply_at(core::DeadlineReached{}, after);
  }
  hand_out_rows_when_wanted(after);
  hand_over_records();
  read_news(after);
  take_snapshot_when_due(after);
  publish_status(after);
  watch_.end(inputs.size());
}

base::Duration RunLoop::time_to_wait(base::Instant now) const {
  base::Instant until = now + kStatusInterval;
  if (const auto due = core_.next_deadline()) until = std::min(until, *due);
  if (const auto due = gate_.deadline()) until = std::min(until, *due);
  return std::max(until - now, base::Duration::zero());
}

void RunLoop::apply_at(const core::Input& input, base::Instant now) {
  core::Commands commands;
  core_.handle(input, now, commands);
  last_instant_ = now;
  ++inputs_;
  if (!core::only_reads(input)) {
    ++last_number_;
    batch_.push_back(
        {.number = last_number_, .instant_ms = base::to_ms(now), .body = encode(input)});
    bytes_since_snapshot_ += batch_.back().body.size();
    steps_.push_back({.number = last_number_, .at = now, .input = input});
    if (steps_.size() >= kStepsAtOnce) follow_in_shadow();
  }
  const auto* seen = std::get_if<core::ViolationSeen>(&input);
  const bool is_of_sip =
      seen != nullptr && seen->violation.kind == core::Violation::Kind::LegUnknownToSip;
  // A leg that has ended meanwhile is none, and nothing comes of it.
  if (is_of_sip && !commands.empty()) shadow_.count_violation();
  core::Commands leaving;
  gate_.hold(last_number_, std::move(commands), now, leaving);
  carry_out(std::move(leaving));
}

// They ride behind the commands of the inputs that made them.
void RunLoop::hand_out_rows_when_wanted(base::Instant now) {
  if (!rows_are_wanted_.exchange(false)) return;
  core::Commands rows;
  core_.hand_out_all_rows(rows);
  core::Commands leaving;
  gate_.hold(last_number_, std::move(rows), now, leaving);
  carry_out(std::move(leaving));
}

void RunLoop::hand_over_records() {
  if (!batch_.empty()) journal_.append(std::exchange(batch_, {}));
}

void RunLoop::read_news(base::Instant now) {
  const JournalNews::News news = news_.take();
  core::Commands leaving;
  if (news.acknowledged > 0) gate_.acknowledged(news.acknowledged, leaving);
  carry_out(std::move(leaving));
  if (news.saved > 0 && gate_.saved(news.saved)) {
    base::log_info("protected again: the journal holds everything up to record {}", news.saved);
    tell_protection({});
  }
  if (!news.failure.empty()) lose_protection(news.failure);
  if (const auto due = gate_.deadline(); due && *due <= now) {
    lose_protection("the journal did not answer in time");
  }
}

void RunLoop::lose_protection(const std::string& why) {
  if (gate_.is_protected()) {
    base::log_error("ALARM: UNPROTECTED: {}. Calls go on, but a crash now would lose them.", why);
    ++protection_lost_;
    tell_protection(why);
  }
  core::Commands leaving;
  gate_.unprotect(leaving);
  carry_out(std::move(leaving));
}

// The last that clients hear.
void RunLoop::say_farewell() {
  base::EslEvent event{.name = "SHUTDOWN", .subclass = {}, .headers = {}, .body = {}};
  event.add("Event-Info", "System Shutting Down");
  apply_at(core::EventSent{std::move(event)}, now());
  hand_over_records();
}

// For whoever watches the event socket. It is an input as any event that somebody sends.
void RunLoop::tell_protection(const std::string& why) {
  base::EslEvent event{
      .name = "CUSTOM", .subclass = "ringmaster::protection", .headers = {}, .body = {}};
  event.add("Protected", why.empty() ? "true" : "false");
  event.add("Reason", why);
  static_cast<void>(put(core::EventSent{std::move(event)}));
}

void RunLoop::carry_out(core::Commands leaving) {
  CHECK(leaving.empty() || sink_ != nullptr);
  for (auto& command : leaving) sink_->carry_out(std::move(command));
}

void RunLoop::take_snapshot_when_due(base::Instant now) {
  const auto age = now - snapshot_at_;
  const std::uint64_t records = last_number_ - snapshot_number_;
  const bool due = gate_.is_protected()
                       ? records >= bounds_.records || bytes_since_snapshot_ >= bounds_.bytes ||
                             (records > 0 && age >= bounds_.age)
                       : age >= kRetryInterval;
  if (due && !shadow_.is_saving()) take_snapshot(now);
}

void RunLoop::take_snapshot(base::Instant now) {
  snapshot_at_ = now;
  snapshot_number_ = last_number_;
  bytes_since_snapshot_ = 0;
  follow_in_shadow();
  if (shadow_.is_stale()) {
    store::Snapshot state = snapshot();
    shadow_.begin(state);
    journal_.save_snapshot(std::move(state));
    return;
  }
  journal_.announce_snapshot(last_number_);
  shadow_.save();
}

store::Snapshot RunLoop::snapshot() const {
  return {.number = last_number_, .instant_ms = base::to_ms(last_instant_), .body = encode(core_)};
}

void RunLoop::follow_in_shadow() {
  shadow_.follow(std::exchange(steps_, {}));
}

void RunLoop::publish_status(base::Instant now) {
  if (now - status_at_ < kStatusInterval) return;
  status_at_ = now;
  follow_in_shadow();
  examine(now);
  const LoopStatus status{.floor = core_.floor(now),
                          .is_protected = gate_.is_protected(),
                          .protection_lost = protection_lost_,
                          .violations = shadow_.violations(),
                          .inputs = inputs_,
                          .inputs_refused = refused_,
                          .takes_new_calls = drain_.takes_new_calls()};
  if (drain_.is_over(status.floor, inbox_.size(), now)) stopping_ = true;
  look_(status);
  if (heartbeat_.is_due(now)) {
    static_cast<void>(put(core::EventSent{heartbeat_.beat(status.floor, now)}));
  }
  const std::lock_guard lock(mutex_);
  status_ = status;
}

void RunLoop::ask_health(std::function<void(const ShadowCore::Health&)> tell) {
  const std::lock_guard lock(mutex_);
  health_asked_.push_back(std::move(tell));
}

void RunLoop::examine(base::Instant now) {
  std::vector<std::function<void(const ShadowCore::Health&)>> asked;
  {
    const std::lock_guard lock(mutex_);
    asked.swap(health_asked_);
  }
  for (auto& tell : asked) shadow_.examine(now, std::move(tell));
  if (now - examined_at_ < kSelfCheckInterval) return;
  examined_at_ = now;
  shadow_.examine(now);
  look_for_legs();
}

// Sip lists what it has too slowly for one turn, so it is asked about a part of them each time.
// Never while commands wait: it would not know a leg that it is about to be told of.
void RunLoop::look_for_legs() {
  if (gate_.holds_commands()) return;
  auto legs = core_.legs_of_sip(looked_for_, kLegsLookedFor);
  looked_for_ = legs.size() < kLegsLookedFor ? base::LegId{} : legs.back();
  if (legs.empty()) return;
  sink_->look_for(legs, [this](const std::vector<base::LegId>& unknown) {
    for (const base::LegId leg : unknown) {
      put(core::ViolationSeen{{.kind = core::Violation::Kind::LegUnknownToSip, .leg = leg}});
    }
  });
}

LoopStatus RunLoop::status() const {
  const std::lock_guard lock(mutex_);
  return status_;
}

}  // namespace app
