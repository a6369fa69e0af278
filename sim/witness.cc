#include "sim/witness.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace sim {
namespace {

constexpr base::Duration kRetryGap{100};

// spec/04 §5, told again on purpose.
base::Duration delay_for(const std::string& cause, const queue::Agent& agent) {
  std::int64_t seconds = agent.no_answer_delay_seconds;
  if (cause == "ORIGINATOR_CANCEL" || cause == "LOSE_RACE") seconds = 0;
  if (cause == "USER_BUSY") seconds = agent.busy_delay_seconds;
  if (cause == "CALL_REJECTED") seconds = agent.reject_delay_seconds;
  if (cause == "USER_NOT_REGISTERED") seconds = 5;
  return std::chrono::seconds(seconds);
}

bool is_offered_to_one(const queue::Engine& engine, base::MemberId id) {
  const auto members = engine.members();
  return std::any_of(members.begin(), members.end(), [&](const queue::Member* member) {
    return member->id == id && member->approach == queue::Approach::One;
  });
}

}  // namespace

void Witness::complain(const std::string& what) const {
  if (complaint_.empty()) complaint_ = what;
}

void Witness::sees(const queue::Report& report, const queue::Engine& engine, base::Instant now) {
  if (const auto* answered = std::get_if<queue::OfferAnswered>(&report)) {
    const auto offer = offers_.find(answered->offer);
    if (offer != offers_.end() && !offer->second.cancelled) offer->second.phase = Phase::Answered;
  } else if (const auto* bridged = std::get_if<queue::OfferBridged>(&report)) {
    const auto offer = offers_.find(bridged->offer);
    if (offer == offers_.end() || offer->second.phase != Phase::Answered) return;
    offer->second.phase = Phase::Bridged;
    Caller& caller = callers_[offer->second.member];
    caller.counted = false;
    --counts_[caller.queue];
    uncounted_.insert(caller.queue);
  } else if (const auto* failed = std::get_if<queue::OfferFailed>(&report)) {
    sees_end(failed->offer, failed->cause, engine, now);
  } else if (const auto* lost = std::get_if<queue::BridgeFailed>(&report)) {
    sees_end(lost->offer, lost->cause, engine, now);
  } else if (const auto* ended = std::get_if<queue::BridgeEnded>(&report)) {
    sees_end(ended->offer, ended->cause, engine, now);
  }
}

void Witness::sees_end(base::OfferId id, const std::string& cause, const queue::Engine& engine,
                       base::Instant now) {
  const auto found = offers_.find(id);
  if (found == offers_.end()) return;
  const Offer offer = found->second;
  offers_.erase(found);
  offer_at_.erase(offer.agent);
  const queue::Agent* agent = engine.find_agent(offer.agent);
  if (agent == nullptr) return;
  if (offer.phase == Phase::Bridged) talked_until_[offer.agent] = now;
  if (offer.phase != Phase::Bridged && !offer.cancelled) {
    retry_at_[offer.agent] = offer.called_at + kRetryGap;
  }
  if (offer.phase != Phase::Ringing) return;
  const base::Duration delay = delay_for(cause, *agent);
  if (delay > base::Duration::zero()) ready_at_[offer.agent] = now + delay;
}

void Witness::sees_state_set(const std::string& agent, std::string_view state) {
  state_set_ = {agent, std::string(state)};
}

void Witness::sees_ready_time_set(const std::string& agent, std::optional<base::Instant> at) {
  ready_at_.erase(agent);
  if (at) ready_at_[agent] = *at;
}

void Witness::sees_agent_added(const std::string& agent) {
  ready_at_.erase(agent);
  retry_at_.erase(agent);
  talked_until_.erase(agent);
  // One that is added again while its phone rings is the same phone.
  if (offer_at_.contains(agent)) return;
  std::erase_if(barred_until_, [&](const auto& entry) { return entry.first.first == agent; });
}

void Witness::sees(const queue::Command& command, const queue::Engine& engine, base::Instant now) {
  if (const auto* admitted = std::get_if<queue::AdmitMember>(&command)) {
    callers_[admitted->member] = {.queue = admitted->queue, .uuid = admitted->member_uuid};
    by_uuid_[admitted->member_uuid] = admitted->member;
    ++counts_[admitted->queue];
    uncounted_.insert(admitted->queue);
  } else if (const auto* start = std::get_if<queue::StartOffer>(&command)) {
    if (offer_at_.contains(start->agent)) complain("two offers at once for " + start->agent);
    for (const auto& [id, offer] : offers_) {
      const bool twice = offer.member == start->member && !offer.cancelled;
      if (twice && is_offered_to_one(engine, start->member)) complain("a member offered twice");
    }
    const queue::Agent* agent = engine.find_agent(start->agent);
    if (agent != nullptr && rests(*agent, now)) complain(start->agent + " is offered a call early");
    if (is_barred(start->agent, start->member, now)) complain("repeated within a second");
    offers_[start->offer] = {.agent = start->agent, .member = start->member, .called_at = now};
    offer_at_[start->agent] = start->offer;
  } else if (const auto* cancel = std::get_if<queue::CancelOffer>(&command)) {
    Offer& offer = offers_[cancel->offer];
    if (offer.phase == Phase::Bridged) complain("a conversation is cancelled");
    offer.cancelled = true;
    if (offer.agent == status_set_) {
      barred_until_[{offer.agent, offer.member}] = now + std::chrono::seconds(1);
    }
  } else if (const auto* announce = std::get_if<queue::Announce>(&command)) {
    sees_event(announce->event);
  }
}

void Witness::sees_event(const base::EslEvent& event) {
  const std::string queue(event.get("CC-Queue"));
  const std::string_view action = event.get("CC-Action");
  if (event.name == "PRESENCE_IN") return;
  if (action == "members-count") {
    uncounted_.erase(queue);
    const std::string count(event.get("CC-Count"));
    if (count != std::to_string(counts_[queue])) {
      complain("members-count " + count + " instead of " + std::to_string(counts_[queue]));
    }
  } else if (action == "member-queue-end") {
    Caller& caller = callers_[by_uuid_[std::string(event.get("CC-Member-UUID"))]];
    if (++caller.exits > 1) complain("a member left twice");
    if (caller.counted) {
      caller.counted = false;
      --counts_[caller.queue];
      uncounted_.insert(caller.queue);
    }
  } else {
    sees_agent_event(action, event);
  }
}

void Witness::sees_agent_event(std::string_view action, const base::EslEvent& event) {
  const std::string agent(event.get("CC-Agent"));
  if (action == "agent-offering") {
    tell(agent, Told::Nothing, Told::Offering);
  } else if (action == "bridge-agent-start") {
    tell(agent, Told::Offering, Told::Started);
  } else if (action == "bridge-agent-fail") {
    tell(agent, Told::Offering, Told::Ended);
  } else if (action == "bridge-agent-end") {
    const bool talked = event.get("CC-Agent-Bridged") == "true";
    tell(agent, talked ? Told::Talking : Told::Started, Told::Ended);
  } else if (action == "agent-state-change") {
    sees_state_event(agent, event.get("CC-Agent-State"));
  }
}

void Witness::sees_state_event(const std::string& agent, std::string_view state) {
  if (state_set_ && state_set_->first == agent && state_set_->second == state) {
    state_set_.reset();  // Somebody's wish, not the course of a call.
    return;
  }
  if (state == "Reserved" || state == "Receiving") return;
  if (state == "In a queue call") {
    tell(agent, Told::Started, Told::Talking);
  } else {
    tell(agent, Told::Ended, Told::Nothing);
  }
}

void Witness::tell(const std::string& agent, Told from, Told to) {
  Told& told = told_[agent];
  if (told != from) complain("events of " + agent + " are out of order");
  told = to;
}

void Witness::check(const queue::Engine& engine, base::Instant now) {
  status_set_.clear();
  state_set_.reset();
  if (!uncounted_.empty()) complain("no members-count after a change of " + *uncounted_.begin());
  for (const auto& [agent, told] : told_) {
    if (told == Told::Ended) complain(agent + " has no state after its call");
    if ((told == Told::Nothing) == offer_at_.contains(agent)) complain(agent + ": lost offer");
  }
  std::erase_if(barred_until_, [&](const auto& entry) { return entry.second <= now; });
  std::map<std::string, int> counts;
  for (const queue::Member* member : engine.members()) {
    const bool inside =
        member->state == queue::MemberState::Waiting || member->state == queue::MemberState::Trying;
    if (inside) ++counts[callers_[member->id].queue];
  }
  for (const auto& [queue, count] : counts_) {
    if (counts[queue] != count) complain("the rows of " + queue + " do not match its callers");
  }
}

void Witness::check_end(const queue::Engine& engine) const {
  if (!engine.members().empty()) complain("somebody is still there");
  if (!offers_.empty()) complain("an offer has no end");
  for (const auto& [id, caller] : callers_) {
    if (caller.exits != 1) complain("a member left " + std::to_string(caller.exits) + " times");
  }
  for (const queue::Agent* agent : engine.agents()) {
    if (agent->offer) complain(agent->name + " is still in an offer");
  }
  for (const queue::Tier* tier : engine.tiers()) {
    if (tier->state == queue::TierState::Offering ||
        tier->state == queue::TierState::ActiveInbound) {
      complain("a tier is still busy");
    }
  }
}

bool Witness::rests(const queue::Agent& agent, base::Instant now) const {
  const auto ready = ready_at_.find(agent.name);
  if (ready != ready_at_.end() && ready->second > now) return true;
  const auto retried = retry_at_.find(agent.name);
  if (retried != retry_at_.end() && retried->second > now) return true;
  const auto talked = talked_until_.find(agent.name);
  return talked != talked_until_.end() &&
         talked->second + std::chrono::seconds(agent.wrap_up_seconds) > now;
}

bool Witness::is_barred(const std::string& agent, base::MemberId member, base::Instant now) const {
  const auto found = barred_until_.find({agent, member});
  return found != barred_until_.end() && found->second > now;
}

}  // namespace sim
