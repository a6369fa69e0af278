// The callcenter::info events, one function each, with their headers in the original's order
// (spec/06 §2). A header with an empty value is not sent.
#pragma once

#include <string_view>

#include "queue/offer.h"
#include "queue/records.h"
#include "queue/state.h"

namespace queue {

void announce_agent_added(Turn& turn, const Agent& agent);
void announce_status_change(Turn& turn, const Agent& agent);
void announce_state_change(Turn& turn, const Agent& agent);
void announce_contact_change(Turn& turn, const Agent& agent);
// `key` as typed, in the header and its name's value; `header` is CC-Agent-Status and the like.
void announce_agent_got(Turn& turn, const Agent& agent, std::string_view key);
// agent-max-no-answer, and agent-max-busy and agent-max-reject like it (spec/10 #47).
struct LimitReached {
  std::string_view name;  // "No-Answer", "Busy", "Reject"
  std::int64_t count = 0;
  AgentStatus status = AgentStatus::OnBreak;  // What the agent gets.
};
void announce_limit_reached(Turn& turn, const Agent& agent, const Offer& offer,
                            const LimitReached& limit);

void announce_offering(Turn& turn, const Agent& agent, const Offer& offer);
void announce_bridge_start(Turn& turn, const Agent& agent, const Offer& offer);
// `cause` is the real hang-up cause.
void announce_bridge_end(Turn& turn, const Agent& agent, const Offer& offer,
                         std::string_view cause);
void announce_bridge_fail(Turn& turn, const Agent& agent, const Offer& offer,
                          std::string_view cause);

void announce_member_start(Turn& turn, const Member& member);
void announce_member_resume(Turn& turn, const Member& member);
void announce_member_cancel(Turn& turn, const Member& member, ExitCause cause);
void announce_member_terminated(Turn& turn, const Agent& agent, const Offer& offer,
                                std::string_view cause);
void announce_members_count(Turn& turn, const Queue& queue);

}  // namespace queue
