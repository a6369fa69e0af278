#include "api/rows.h"

#include <algorithm>
#include <set>
#include <string>

namespace api {
namespace {

// Agents and tiers carry this literal in every release of the original (spec/01 §6).
constexpr std::string_view kInstance = "single_box";

}  // namespace

void add_row(TextList& list, const queue::Agent& agent, const queue::Engine& engine) {
  const auto& anchor = engine.anchor();
  list.text(agent.name).text(kInstance).text(agent.uuid).text(agent.type).text(agent.contact);
  list.text(to_text(agent.status)).text(to_text(agent.state));
  list.number(agent.max_no_answer).number(agent.wrap_up_seconds);
  list.number(agent.reject_delay_seconds).number(agent.busy_delay_seconds);
  list.number(agent.no_answer_delay_seconds);
  list.instant(agent.last_bridge_start, anchor).instant(agent.last_bridge_end, anchor);
  list.instant(agent.last_offered_call, anchor).instant(agent.last_status_change, anchor);
  list.number(agent.no_answer_count).number(agent.calls_answered);
  list.number(std::chrono::duration_cast<std::chrono::seconds>(agent.talk_time).count());
  list.instant(agent.ready_at, anchor).number(agent.external_calls_count);
  list.end_row();
}

void add_row(TextList& list, const queue::Tier& tier, const queue::Engine& engine) {
  const queue::Queue* queue = engine.queue(tier.queue);
  const queue::Agent* agent = engine.agent(tier.agent);
  list.text(queue ? queue->settings.name : "").text(agent ? agent->name : "");
  list.text(to_text(tier.state)).number(tier.level).number(tier.position);
  list.end_row();
}

void add_row(TextList& list, const queue::Member& member, const queue::Engine& engine,
             base::Instant now) {
  const auto& anchor = engine.anchor();
  list.text(member.queue_name).text(engine.settings().instance_id);
  list.text(member.uuid).text(member.session_uuid);
  list.text(member.cid_number).text(member.cid_name);
  list.instant(member.answered_at, anchor).instant(member.joined_at, anchor);
  list.instant(member.rejoined_at, anchor).instant(member.bridged_at, anchor);
  list.instant(member.abandoned_at, anchor);
  list.number(member.base_score).number(0);  // skill_score is always 0.
  list.text(member.serving_agent).text(member.serving_agent.empty() ? "" : kInstance);
  list.text(to_text(member.state)).number(engine.score(member, now));
  list.end_row();
}

void add_row(TextList& list, const queue::Queue& queue) {
  const auto& settings = queue.settings;
  list.text(settings.name).text(settings.strategy).text(settings.moh_sound);
  list.text(settings.time_base_score).flag(settings.tier_rules_apply);
  list.number(settings.tier_rule_wait_seconds).flag(settings.tier_rule_wait_multiply_level);
  list.flag(settings.tier_rule_no_agent_no_wait).number(settings.discard_abandoned_after_seconds);
  list.flag(settings.abandoned_resume_allowed).number(settings.max_wait_seconds);
  list.number(settings.max_wait_with_no_agent_seconds);
  list.number(settings.max_wait_with_no_agent_reached_seconds).text(settings.record_template);
  list.number(queue.calls_answered).number(queue.calls_abandoned);
  list.number(settings.ring_progressively_delay_seconds);
  list.flag(settings.skip_agents_with_external_calls);
  list.text(to_text(settings.agent_no_answer_status));
  list.end_row();
}

std::vector<const queue::Agent*> agents_of(const queue::Engine& engine, const queue::Queue& queue) {
  std::set<base::AgentId> inside;
  for (const queue::Tier* tier : engine.tiers()) {
    if (tier->queue == queue.id) inside.insert(tier->agent);
  }
  std::vector<const queue::Agent*> found;
  for (const queue::Agent* agent : engine.agents()) {
    if (inside.contains(agent->id)) found.push_back(agent);
  }
  return found;
}

std::vector<const queue::Tier*> tiers_of(const queue::Engine& engine, const queue::Queue& queue) {
  std::vector<const queue::Tier*> found;
  for (const queue::Tier* tier : engine.tiers()) {
    if (tier->queue == queue.id) found.push_back(tier);
  }
  std::sort(found.begin(), found.end(),
            [](const queue::Tier* a, const queue::Tier* b) { return a->added < b->added; });
  return found;
}

std::vector<const queue::Member*> members_of(const queue::Engine& engine, const queue::Queue* queue,
                                             base::Instant now) {
  std::vector<const queue::Member*> found;
  for (const queue::Member* member : engine.members()) {
    if (queue == nullptr || member->queue == queue->id) found.push_back(member);
  }
  std::stable_sort(found.begin(), found.end(), [&](const queue::Member* a, const queue::Member* b) {
    if (queue == nullptr && a->queue_name != b->queue_name) {
      return a->queue_name < b->queue_name;
    }
    return engine.score(*a, now) > engine.score(*b, now);
  });
  return found;
}

}  // namespace api
