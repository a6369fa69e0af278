#include "api/rows.h"

#include <algorithm>
#include <set>
#include <string>

namespace api {
namespace {

// Agents and tiers carry this literal in every release of the original (spec/01 §6).
constexpr std::string_view kInstance = "single_box";

}  // namespace

Row row_of(const queue::Agent& agent, const queue::RowView& rows) {
  RowMaker row;
  const auto& anchor = rows.anchor();
  row.text(agent.name).text(kInstance).text_or_null(agent.uuid);
  row.text(agent.type).text_or_null(agent.contact);
  row.text(to_text(agent.status)).text(to_text(agent.state));
  row.number(agent.max_no_answer).number(agent.wrap_up_seconds);
  row.number(agent.reject_delay_seconds).number(agent.busy_delay_seconds);
  row.number(agent.no_answer_delay_seconds);
  row.instant(agent.last_bridge_start, anchor).instant(agent.last_bridge_end, anchor);
  row.instant(agent.last_offered_call, anchor).instant(agent.last_status_change, anchor);
  row.number(agent.no_answer_count).number(agent.calls_answered);
  row.number(std::chrono::duration_cast<std::chrono::seconds>(agent.talk_time).count());
  row.instant(agent.ready_at, anchor).number(agent.external_calls_count);
  return row.take();
}

Row row_of(const queue::Tier& tier, const queue::RowView& rows) {
  RowMaker row;
  const queue::Queue* queue = rows.queue(tier.queue);
  const queue::Agent* agent = rows.agent(tier.agent);
  row.text(queue ? queue->settings.name : "").text(agent ? agent->name : "");
  row.text(to_text(tier.state)).number(tier.level).number(tier.position);
  return row.take();
}

Row row_of(const queue::Member& member, const queue::RowView& rows, base::Instant now) {
  RowMaker row;
  const auto& anchor = rows.anchor();
  row.text(member.queue_name).text(rows.instance_id());
  row.text(member.uuid).text(member.session_uuid);
  row.text(member.cid_number).text(member.cid_name);
  row.instant(member.answered_at, anchor).instant(member.joined_at, anchor);
  row.instant(member.rejoined_at, anchor).instant(member.bridged_at, anchor);
  row.instant(member.abandoned_at, anchor);
  row.number(member.base_score).number(0);  // skill_score is always 0.
  row.text(member.serving_agent).text(member.serving_agent.empty() ? "" : kInstance);
  row.text(to_text(member.state)).number(rows.score(member, now));
  return row.take();
}

Row row_of(const queue::Queue& queue) {
  RowMaker row;
  const auto& settings = queue.settings;
  row.text(settings.name).text(settings.strategy).text_or_null(settings.moh_sound);
  row.text(settings.time_base_score).flag(settings.tier_rules_apply);
  row.number(settings.tier_rule_wait_seconds).flag(settings.tier_rule_wait_multiply_level);
  row.flag(settings.tier_rule_no_agent_no_wait).number(settings.discard_abandoned_after_seconds);
  row.flag(settings.abandoned_resume_allowed).number(settings.max_wait_seconds);
  row.number(settings.max_wait_with_no_agent_seconds);
  row.number(settings.max_wait_with_no_agent_reached_seconds)
      .text_or_null(settings.record_template);
  row.number(queue.calls_answered).number(queue.calls_abandoned);
  row.number(settings.ring_progressively_delay_seconds);
  row.flag(settings.skip_agents_with_external_calls);
  row.text(to_text(settings.agent_no_answer_status));
  return row.take();
}

std::vector<const queue::Agent*> agents_of(const queue::RowView& rows, const queue::Queue& queue) {
  std::set<base::AgentId> inside;
  for (const queue::Tier* tier : rows.tiers()) {
    if (tier->queue == queue.id) inside.insert(tier->agent);
  }
  std::vector<const queue::Agent*> found;
  for (const queue::Agent* agent : rows.agents()) {
    if (inside.contains(agent->id)) found.push_back(agent);
  }
  return found;
}

std::vector<const queue::Tier*> tiers_of(const queue::RowView& rows, const queue::Queue& queue) {
  std::vector<const queue::Tier*> found;
  for (const queue::Tier* tier : rows.tiers()) {
    if (tier->queue == queue.id) found.push_back(tier);
  }
  std::sort(found.begin(), found.end(),
            [](const queue::Tier* a, const queue::Tier* b) { return a->added < b->added; });
  return found;
}

std::vector<const queue::Member*> members_of(const queue::RowView& rows, const queue::Queue* queue,
                                             MemberOrder order, base::Instant now) {
  std::vector<const queue::Member*> found;
  for (const queue::Member* member : rows.members()) {
    if (queue == nullptr || member->queue == queue->id) found.push_back(member);
  }
  std::stable_sort(found.begin(), found.end(), [&](const queue::Member* a, const queue::Member* b) {
    if (order == MemberOrder::ByQueueThenScore && a->queue_name != b->queue_name) {
      return a->queue_name < b->queue_name;
    }
    return rows.score(*a, now) > rows.score(*b, now);
  });
  return found;
}

}  // namespace api
