// The rows of agents, tiers, members and queues in list form, columns in the order of spec/05 §4.
#pragma once

#include <string_view>
#include <vector>

#include "api/row.h"
#include "base/time.h"
#include "queue/row_view.h"

namespace api {

inline constexpr std::string_view kAgentColumns =
    "name|instance_id|uuid|type|contact|status|state|max_no_answer|wrap_up_time|"
    "reject_delay_time|busy_delay_time|no_answer_delay_time|last_bridge_start|last_bridge_end|"
    "last_offered_call|last_status_change|no_answer_count|calls_answered|talk_time|ready_time|"
    "external_calls_count";
inline constexpr std::string_view kTierColumns = "queue|agent|state|level|position";
inline constexpr std::string_view kMemberColumns =
    "queue|instance_id|uuid|session_uuid|cid_number|cid_name|system_epoch|joined_epoch|"
    "rejoined_epoch|bridge_epoch|abandoned_epoch|base_score|skill_score|serving_agent|"
    "serving_system|state|score";
inline constexpr std::string_view kQueueColumns =
    "name|strategy|moh_sound|time_base_score|tier_rules_apply|tier_rule_wait_second|"
    "tier_rule_wait_multiply_level|tier_rule_no_agent_no_wait|discard_abandoned_after|"
    "abandoned_resume_allowed|max_wait_time|max_wait_time_with_no_agent|"
    "max_wait_time_with_no_agent_time_reached|record_template|calls_answered|calls_abandoned|"
    "ring_progressively_delay|skip_agents_with_external_calls|agent_no_answer_status";

Row row_of(const queue::Agent& agent, const queue::RowView& rows);
Row row_of(const queue::Tier& tier, const queue::RowView& rows);
// `now`: the instant for which the score is shown.
Row row_of(const queue::Member& member, const queue::RowView& rows, base::Instant now);
Row row_of(const queue::Queue& queue);

// What the lists show, in their order: agents and tiers as they were added.
std::vector<const queue::Agent*> agents_of(const queue::RowView& rows, const queue::Queue& queue);
std::vector<const queue::Tier*> tiers_of(const queue::RowView& rows, const queue::Queue& queue);
// How members of several queues are mixed; within a queue the best score comes first, ties by
// arrival.
enum class MemberOrder { ByQueueThenScore, ByScore };
// `queue` null: of all queues.
std::vector<const queue::Member*> members_of(const queue::RowView& rows, const queue::Queue* queue,
                                             MemberOrder order, base::Instant now);

}  // namespace api
