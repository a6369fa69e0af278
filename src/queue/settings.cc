#include "queue/settings.h"

namespace queue {

void describe(base::Archive& archive, QueueSettings& settings) {
  archive.field("name", settings.name);
  archive.field("strategy", settings.strategy);
  archive.field("moh_sound", settings.moh_sound);
  archive.field("announce_sound", settings.announce_sound);
  archive.field("announce_frequency_seconds", settings.announce_frequency_seconds);
  archive.field("record_template", settings.record_template);
  archive.field("time_base_score", settings.time_base_score);
  archive.field("ring_progressively_delay_seconds", settings.ring_progressively_delay_seconds);
  archive.field("tier_rules_apply", settings.tier_rules_apply);
  archive.field("tier_rule_wait_seconds", settings.tier_rule_wait_seconds);
  archive.field("tier_rule_wait_multiply_level", settings.tier_rule_wait_multiply_level);
  archive.field("tier_rule_no_agent_no_wait", settings.tier_rule_no_agent_no_wait);
  archive.field("discard_abandoned_after_seconds", settings.discard_abandoned_after_seconds);
  archive.field("abandoned_resume_allowed", settings.abandoned_resume_allowed);
  archive.field("max_wait_seconds", settings.max_wait_seconds);
  archive.field("max_wait_with_no_agent_seconds", settings.max_wait_with_no_agent_seconds);
  archive.field("max_wait_with_no_agent_reached_seconds",
                settings.max_wait_with_no_agent_reached_seconds);
  archive.field("agent_no_answer_status", settings.agent_no_answer_status);
  archive.field("skip_agents_with_external_calls", settings.skip_agents_with_external_calls);
  archive.field("weight", settings.weight);
  archive.field("announce_position", settings.announce_position);
  archive.field("announce_wait", settings.announce_wait);
  archive.field("announce_position_first_seconds", settings.announce_position_first_seconds);
  archive.field("announce_position_frequency_seconds",
                settings.announce_position_frequency_seconds);
}

void describe(base::Archive& archive, AgentSettings& settings) {
  archive.field("name", settings.name);
  archive.field("type", settings.type);
  archive.field("contact", settings.contact);
  archive.field("status", settings.status);
  archive.field("wrap_up_seconds", settings.wrap_up_seconds);
  archive.field("max_no_answer", settings.max_no_answer);
  archive.field("reject_delay_seconds", settings.reject_delay_seconds);
  archive.field("busy_delay_seconds", settings.busy_delay_seconds);
  archive.field("no_answer_delay_seconds", settings.no_answer_delay_seconds);
  archive.field("max_busy", settings.max_busy);
  archive.field("max_reject", settings.max_reject);
  archive.field("not_registered_delay_seconds", settings.not_registered_delay_seconds);
}

void describe(base::Archive& archive, TierSettings& settings) {
  archive.field("queue", settings.queue);
  archive.field("agent", settings.agent);
  archive.field("level", settings.level);
  archive.field("position", settings.position);
}

void describe(base::Archive& archive, CallCenterSettings& settings) {
  archive.field("instance_id", settings.instance_id);
  archive.field("agent_originate_timeout_seconds", settings.agent_originate_timeout_seconds);
  archive.field("truncate_agents_on_load", settings.truncate_agents_on_load);
  archive.field("truncate_tiers_on_load", settings.truncate_tiers_on_load);
  archive.field("reserve_agents", settings.reserve_agents);
  archive.field("queues", settings.queues);
  archive.field("agents", settings.agents);
  archive.field("tiers", settings.tiers);
}

}  // namespace queue
