#include "sim/stage.h"

#include <nlohmann/json.hpp>

#include "base/json_archive.h"
#include "base/text.h"
#include "sim/actions.h"
#include "sim/options.h"
#include "sim/outcomes.h"

namespace sim {
namespace {

// A scenario starts on day 10, so that agents may have a past.
constexpr base::Instant kStart = base::instant_ms(864'000'000);
constexpr std::int64_t kUnixSecondsAtStart = 1'700'000'000;
constexpr base::WallAnchor kAnchor{.unix_ms_at_origin =
                                       kUnixSecondsAtStart * 1000 - base::to_ms(kStart)};
constexpr std::uint64_t kSeed = 1;

}  // namespace

Stage::Stage() : engine_(kSeed, kAnchor) {
  engine_.set_observer(this);
}

base::Instant Stage::now() const {
  return kStart + elapsed_;
}

Complaint Stage::set_up(const std::vector<std::string>& lines) {
  for (const std::string& line : lines) {
    if (const Complaint complaint = set_up_line(line)) return *complaint + " in: " + line;
  }
  begin();
  return std::nullopt;
}

Complaint Stage::set_up_line(const std::string& line) {
  const Words words = words_of(line);
  if (const auto found = match("show {}", words)) {
    if (found->front() == "decisions") {
      shows_decisions_ = true;
    } else {
      show_ = found->front() == "headers" ? Show::Headers : Show::Events;
    }
    return std::nullopt;
  }
  if (match("cancels by hand", words)) {
    cancels_by_hand_ = true;
    return std::nullopt;
  }
  Options options;
  if (const auto found = match("agent {} {*}", words)) {
    const Complaint complaint = read_options(Words(found->begin() + 1, found->end()), options);
    return complaint ? complaint : set_up_agent(found->front(), options);
  }
  return change_settings(settings_, words);
}

// An agent is available and serves every queue unless its line says otherwise.
Complaint Stage::set_up_agent(const std::string& name, Options options) {
  for (const std::string key : {"idle", "offered", "talked", "answered"}) {
    if (const auto found = options.find(key); found != options.end()) {
      history_[name][key] = found->second;
      options.erase(found);
    }
  }
  std::vector<std::string> queues;
  if (const auto found = options.find("serves"); found != options.end()) {
    if (found->second != "nobody") queues = base::split(found->second, ',');
    options.erase(found);
  } else {
    for (const auto& queue : settings_.queues) queues.push_back(queue.name);
  }
  Options tier;
  for (const std::string key : {"level", "position"}) {
    if (const auto found = options.find(key); found != options.end()) tier.insert(*found);
    options.erase(key);
  }
  queue::AgentSettings agent;
  agent.name = name;
  agent.type = "Callback";
  agent.contact = "user/" + name;
  agent.status = queue::AgentStatus::Available;
  if (const Complaint complaint = apply_options(options, agent)) return complaint;
  settings_.agents.push_back(agent);
  for (const std::string& queue : queues) {
    queue::TierSettings link;
    link.queue = queue;
    link.agent = name;
    if (const Complaint complaint = apply_options(tier, link)) return complaint;
    settings_.tiers.push_back(link);
  }
  return std::nullopt;
}

void Stage::begin() {
  configure();
  give_history();
  out_.clear();
  said_.clear();
  say_rests();
  said_.clear();
}

// Writes the agents' pasts into the saved state: a scenario need not play the day before.
void Stage::give_history() {
  if (history_.empty()) return;
  auto state = nlohmann::ordered_json::parse(base::to_json(engine_));
  for (auto& row : state["agents"]) {
    auto& agent = row["value"];
    for (const auto& [key, value] : history_[agent["name"].get<std::string>()]) {
      const base::Duration time = parse_time(value).value_or(base::Duration::zero());
      if (key == "idle") agent["last_bridge_end"] = {base::to_ms(kStart - time)};
      if (key == "offered") agent["last_offered_call"] = {base::to_ms(kStart - time)};
      if (key == "talked") agent["talk_time"] = time.count();
      if (key == "answered") agent["calls_answered"] = base::lenient_integer(value);
    }
  }
  base::JsonReader reader(state.dump());
  reader.item(engine_);
  // Each agent is looked at anew, because its past may have changed what it is ready for.
  for (const auto& [name, past] : history_) {
    const std::string state_text(queue::to_text(engine_.find_agent(name)->state));
    engine_.set_agent("state", name, state_text, now(), out_);
  }
}

void Stage::restart() {
  const std::string saved = base::to_json(engine_);
  queue::Engine restored(0, {});
  base::JsonReader reader(saved);
  reader.item(restored);
  engine_ = std::move(restored);
  engine_.set_observer(this);
}

base::Result<std::vector<Moment>> Stage::play(const Step& step) {
  std::vector<Moment> moments;
  while (engine_.next_deadline() && *engine_.next_deadline() < kStart + step.at) {
    elapsed_ = std::max(elapsed_, *engine_.next_deadline() - kStart);
    engine_.advance(now(), out_);
    Moment moment = settle(false);
    if (!moment.outcomes.empty()) moments.push_back(std::move(moment));
  }
  elapsed_ = step.at;
  if (const Complaint complaint = act(*this, words_of(step.action))) {
    return base::failure(*complaint + " in: " + step.action);
  }
  moments.push_back(settle(true));
  return moments;
}

std::vector<Moment> Stage::let_time_pass() {
  std::vector<Moment> moments;
  while (const auto next = engine_.next_deadline()) {
    elapsed_ = *next - kStart;
    engine_.advance(now(), out_);
    Moment moment = settle(false);
    if (!moment.outcomes.empty()) moments.push_back(std::move(moment));
  }
  return moments;
}

Moment Stage::settle(bool is_step) {
  let_calls_obey();
  engine_.check_invariants(now());
  say_rests();
  Moment moment{.at = elapsed_, .is_step = is_step, .outcomes = std::move(said_)};
  said_.clear();
  return moment;
}

// Tells each command and does what calls do at once; that may bring further commands.
void Stage::let_calls_obey() {
  for (std::size_t i = 0; i < out_.size(); ++i) {
    const queue::Command command = out_[i];
    note(command);
    for (const std::string& line : outcomes_of(*this, command)) say(line);
    if (std::holds_alternative<queue::StartOffer>(command) && shows_decisions_) {
      for (const std::string& line : decisions_.front()) say(line);
      decisions_.pop_front();
    }
    const auto* cancel = std::get_if<queue::CancelOffer>(&command);
    if (cancel != nullptr && !cancels_by_hand_) {
      report(queue::OfferFailed{.offer = cancel->offer, .cause = cancel->cause});
    }
  }
  out_.clear();
}

void Stage::note(const queue::Command& command) {
  if (const auto* admitted = std::get_if<queue::AdmitMember>(&command)) {
    const std::string name = member_name(admitted->leg);
    members_[name] = admitted->member;
    member_names_[admitted->member] = name;
    uuid_names_[admitted->member_uuid] = name;
  } else if (const auto* offer = std::get_if<queue::StartOffer>(&command)) {
    dialled_[offer->offer] = {.member = offer->member, .agent = offer->agent};
    offer_at_[offer->agent] = offer->offer;
  }
}

void Stage::say_rests() {
  for (const queue::Agent* agent : engine_.agents()) {
    const auto next = engine_.rests_until(agent->id);
    auto& before = rests_[agent->name];
    if (next && next != before) {
      say("rest " + agent->name + " until " + time_text(*next - kStart));
    }
    before = next;
  }
}

void Stage::configure() {
  engine_.configure(settings_, now(), out_);
}

void Stage::report(const queue::Report& report) {
  engine_.handle(report, now(), out_);
}

Complaint Stage::join(const std::string& member, const std::string& queue, const Options& options) {
  queue::MemberJoined joined;
  joined.leg = new_leg("call-" + member);
  leg_names_[joined.leg] = member;
  joined.queue = queue;
  joined.session_uuid = "call-" + member;
  joined.cid_name = member;
  joined.cid_number = "6001";
  joined.answered_at = now();
  for (const auto& [key, value] : options) {
    if (key == "number") {
      joined.cid_number = value;
    } else if (key == "name") {
      joined.cid_name = value;
    } else if (key == "dnis") {
      joined.dnis = value;
    } else if (key == "score") {
      joined.base_score = base::lenient_integer(value);
    } else if (key == "answered") {
      joined.answered_at = now() - parse_time(value).value_or(base::Duration::zero());
    } else {
      return "unknown option: " + key;
    }
  }
  report(joined);
  return std::nullopt;
}

std::optional<base::MemberId> Stage::member_named(const std::string& name) const {
  const auto found = members_.find(name);
  if (found == members_.end()) return std::nullopt;
  return found->second;
}

std::optional<base::OfferId> Stage::offer_at(const std::string& agent) const {
  const auto found = offer_at_.find(agent);
  if (found == offer_at_.end()) return std::nullopt;
  return found->second;
}

base::LegId Stage::new_leg(const std::string& channel_uuid) {
  const base::LegId leg{++last_leg_};
  leg_names_[leg] = channel_uuid;
  return leg;
}

base::LegId Stage::leg_named(const std::string& name) {
  const auto [place, is_new] = outside_legs_.try_emplace(name);
  if (is_new) place->second = new_leg(name);
  return place->second;
}

std::vector<std::string> Stage::verdicts_about(base::MemberId member) const {
  std::vector<std::string> lines;
  for (const queue::Verdict& verdict : engine_.explain(member, now())) {
    std::string line = verdict.name + ": " + std::string(to_text(verdict.reason));
    if (verdict.reason == queue::Reason::AgentState)
      line += " " + std::string(to_text(verdict.state));
    if (verdict.reason == queue::Reason::TierState) {
      line += " " + std::string(to_text(verdict.tier_state));
    }
    if (verdict.until) line += " until " + time_text(*verdict.until - kStart);
    lines.push_back(line);
  }
  return lines;
}

void Stage::about_to_offer(base::MemberId member, base::AgentId, base::Instant) {
  if (!shows_decisions_) return;
  std::vector<std::string> lines;
  for (const std::string& line : verdicts_about(member)) lines.push_back("  " + line);
  decisions_.push_back(std::move(lines));
}

std::string Stage::member_name(base::MemberId member) const {
  const auto found = member_names_.find(member);
  return found == member_names_.end() ? "?" : found->second;
}

std::string Stage::member_name(base::LegId leg) const {
  const auto found = leg_names_.find(leg);
  return found == leg_names_.end() ? "?" : found->second;
}

std::string Stage::agent_name(base::OfferId offer) const {
  const auto found = dialled_.find(offer);
  return found == dialled_.end() ? "?" : found->second.agent;
}

base::MemberId Stage::member_of(base::OfferId offer) const {
  const auto found = dialled_.find(offer);
  return found == dialled_.end() ? base::MemberId{} : found->second.member;
}

std::string Stage::rename(std::string_view header, std::string_view value) const {
  const auto named = uuid_names_.find(std::string(value));
  if (named != uuid_names_.end()) return "<" + named->second + ">";
  if (!header.ends_with("-Time")) return std::string(value);
  const std::int64_t seconds = base::lenient_integer(value);
  return seconds == 0 ? "never" : "T+" + std::to_string(seconds - kUnixSecondsAtStart);
}

}  // namespace sim
