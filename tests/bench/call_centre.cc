#include "tests/bench/call_centre.h"

#include <algorithm>
#include <variant>

#include "base/check.h"

namespace bench {
namespace {

constexpr base::WallAnchor kAnchor{.unix_ms_at_origin = 1'700'000'000'000};
constexpr std::uint64_t kSeed = 1;
constexpr base::Duration kBetweenInputs(1);

// An agent serves a few queues, as people do, however many there are.
constexpr int kQueuesOfAnAgent = 3;
// Enough equals for a strategy to tell apart, and enough levels for the tier rules.
constexpr int kLevels = 3;
constexpr int kPositions = 100;
constexpr int kTierWaitSeconds = 60;

std::string queue_name(int number) {
  return "queue" + std::to_string(number);
}

std::string agent_name(int number) {
  return "agent" + std::to_string(number);
}

queue::QueueSettings queue_of(const CallCentrePlan& plan, int number) {
  queue::QueueSettings queue;
  queue.name = queue_name(number);
  queue.strategy = plan.strategy;
  queue.tier_rules_apply = plan.rules == TierRules::On;
  queue.tier_rule_wait_seconds = kTierWaitSeconds;
  queue.tier_rule_wait_multiply_level = true;
  return queue;
}

queue::CallCenterSettings settings_of(const CallCentrePlan& plan) {
  queue::CallCenterSettings settings;
  for (int i = 0; i < plan.queues; ++i) settings.queues.push_back(queue_of(plan, i));
  return settings;
}

}  // namespace

CallCentre::CallCentre(const CallCentrePlan& plan, Meter meter)
    : plan_(plan), meter_(meter), engine_(kSeed, kAnchor) {
  engine_.configure(settings_of(plan_), now_, out_);
  for (int i = 0; i < plan_.agents; ++i) add_agent(i);
  if (plan_.row_changes == RowChanges::Taken) engine_.note_changes();
}

// By commands: a configuration that names all agents would be read again with every change.
void CallCentre::add_agent(int number) {
  const std::string name = agent_name(number);
  out_.clear();
  engine_.add_agent(name, "Callback", now_, out_);
  engine_.set_agent("contact", name, "user/" + name, now_, out_);
  for (int i = 0; i < std::min(plan_.queues, kQueuesOfAnAgent); ++i) {
    const queue::TierSettings tier{.queue = queue_name((number + i) % plan_.queues),
                                   .agent = name,
                                   .level = 1 + number % kLevels,
                                   .position = 1 + number % kPositions};
    engine_.add_tier(tier, now_, out_);
  }
}

void CallCentre::reconfigure(const std::string& strategy, TierRules rules) {
  plan_.strategy = strategy;
  plan_.rules = rules;
  input([&] { engine_.configure(settings_of(plan_), now_, out_); });
}

void CallCentre::member_joins() {
  ++members_;
  queue::MemberJoined joined;
  joined.leg = base::LegId{members_};
  joined.queue = queue_name(static_cast<int>(members_ % static_cast<std::uint64_t>(plan_.queues)));
  joined.session_uuid = "call-" + std::to_string(members_);
  joined.cid_number = std::to_string(members_);
  joined.cid_name = "Caller";
  report(joined);
}

void CallCentre::agent_logs_in() {
  CHECK(agents_logged_in_ < plan_.agents);
  const std::string name = agent_name(agents_logged_in_++);
  input([&] { engine_.set_agent("status", name, "Available", now_, out_); });
}

void CallCentre::agent_logs_out() {
  CHECK(agents_logged_in_ > 0);
  const std::string name = agent_name(--agents_logged_in_);
  input([&] { engine_.set_agent("status", name, "Logged Out", now_, out_); });
}

void CallCentre::answer() {
  const base::OfferId offer = take_ringing();
  report(queue::OfferAnswered{.offer = offer, .leg = base::LegId{offer.value}, .leg_uuid = "leg"});
  report(queue::OfferBridged{.offer = offer});
  talking_.push_back(offer);
}

void CallCentre::refuse() {
  report(queue::OfferFailed{.offer = take_ringing(), .cause = "USER_BUSY"});
}

void CallCentre::hang_up() {
  CHECK(!talking_.empty());
  const base::OfferId offer = talking_.front();
  talking_.pop_front();
  report(queue::BridgeEnded{.offer = offer, .cause = "NORMAL_CLEARING"});
}

void CallCentre::end_cancelled_leg() {
  CHECK(!cancelled_.empty());
  const base::OfferId offer = cancelled_.front();
  cancelled_.pop_front();
  report(queue::OfferFailed{.offer = offer, .cause = "ORIGINATOR_CANCEL"});
}

base::OfferId CallCentre::take_ringing() {
  CHECK(!ringing_.empty());
  const base::OfferId offer = *ringing_.begin();
  ringing_.erase(ringing_.begin());
  return offer;
}

void CallCentre::report(const queue::Report& report) {
  input([&] { engine_.handle(report, now_, out_); });
}

template <class Call>
void CallCentre::input(Call call) {
  now_ += kBetweenInputs;
  out_.clear();
  const std::uint64_t before = meter_();
  while (engine_.next_deadline() && *engine_.next_deadline() <= now_) engine_.advance(now_, out_);
  call();
  if (plan_.row_changes == RowChanges::Taken) engine_.take_changes();
  cost_ = meter_() - before;
  read_commands();
  ++inputs_;
}

void CallCentre::read_commands() {
  offers_started_ = 0;
  for (const queue::Command& command : out_) {
    if (const auto* started = std::get_if<queue::StartOffer>(&command)) {
      ringing_.insert(started->offer);
      ++offers_started_;
    } else if (const auto* cancelled = std::get_if<queue::CancelOffer>(&command)) {
      ringing_.erase(cancelled->offer);
      cancelled_.push_back(cancelled->offer);
    }
  }
  offers_ += offers_started_;
}

}  // namespace bench
