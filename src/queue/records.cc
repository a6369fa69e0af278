#include "queue/records.h"

#include "base/text.h"

namespace queue {

bool is_standby(const Agent& agent) {
  return base::equal_ignoring_case(agent.type, "uuid-standby");
}

void describe(base::Archive& archive, Agent& agent) {
  archive.field("id", agent.id);
  archive.field("name", agent.name);
  archive.field("type", agent.type);
  archive.field("contact", agent.contact);
  archive.field("uuid", agent.uuid);
  archive.field("status", agent.status);
  archive.field("state", agent.state);
  archive.field("max_no_answer", agent.max_no_answer);
  archive.field("max_busy", agent.max_busy);
  archive.field("max_reject", agent.max_reject);
  archive.field("wrap_up_seconds", agent.wrap_up_seconds);
  archive.field("reject_delay_seconds", agent.reject_delay_seconds);
  archive.field("busy_delay_seconds", agent.busy_delay_seconds);
  archive.field("no_answer_delay_seconds", agent.no_answer_delay_seconds);
  archive.field("not_registered_delay_seconds", agent.not_registered_delay_seconds);
  archive.field("last_bridge_start", agent.last_bridge_start);
  archive.field("last_bridge_end", agent.last_bridge_end);
  archive.field("last_offered_call", agent.last_offered_call);
  archive.field("last_status_change", agent.last_status_change);
  archive.field("no_answer_count", agent.no_answer_count);
  archive.field("busy_count", agent.busy_count);
  archive.field("reject_count", agent.reject_count);
  archive.field("calls_answered", agent.calls_answered);
  archive.field("talk_time", agent.talk_time);
  archive.field("ready_at", agent.ready_at);
  archive.field("retry_at", agent.retry_at);
  archive.field("external_calls_count", agent.external_calls_count);
  archive.field("offer", agent.offer);
  archive.field("removed", agent.removed);
  archive.field("configured", agent.configured);
}

void describe(base::Archive& archive, Tier& tier) {
  archive.field("queue", tier.queue);
  archive.field("agent", tier.agent);
  archive.field("state", tier.state);
  archive.field("level", tier.level);
  archive.field("position", tier.position);
  archive.field("added", tier.added);
}

void describe(base::Archive& archive, Member& member) {
  archive.field("id", member.id);
  archive.field("queue", member.queue);
  archive.field("queue_name", member.queue_name);
  archive.field("leg", member.leg);
  archive.field("uuid", member.uuid);
  archive.field("session_uuid", member.session_uuid);
  archive.field("cid_number", member.cid_number);
  archive.field("cid_name", member.cid_name);
  archive.field("dnis", member.dnis);
  archive.field("answered_at", member.answered_at);
  archive.field("joined_at", member.joined_at);
  archive.field("rejoined_at", member.rejoined_at);
  archive.field("bridged_at", member.bridged_at);
  archive.field("abandoned_at", member.abandoned_at);
  archive.field("base_score", member.base_score);
  archive.field("serving_agent", member.serving_agent);
  archive.field("state", member.state);
  archive.field("offers", member.offers);
  archive.field("connecting", member.connecting);
  archive.field("failed_with", member.failed_with);
  archive.field("approach", member.approach);
  archive.field("asks_again_at", member.asks_again_at);
  archive.field("last_asked", member.last_asked);
  archive.field("asked_there", member.asked_there);
  archive.field("leaving", member.leaving);
}

void describe(base::Archive& archive, Queue& queue) {
  archive.field("id", queue.id);
  archive.field("loaded", queue.loaded);
  archive.field("settings", queue.settings);
  archive.field("calls_answered", queue.calls_answered);
  archive.field("calls_abandoned", queue.calls_abandoned);
  archive.field("last_asked", queue.last_asked);
  archive.field("agents_gone_at", queue.agents_gone_at);
}

}  // namespace queue
