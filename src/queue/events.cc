#include "queue/events.h"

#include <optional>
#include <string>
#include <utility>

#include "base/text.h"

namespace queue {
namespace {

// The agents' instance is this word in every event (spec/06 §1).
constexpr std::string_view kAgentSystem = "single_box";
// The original shows the result of the dialling here, not the hang-up cause (spec/06 §2); the real
// one is in CC-Bridge-Hangup-Cause (spec/10 #14).
constexpr std::string_view kCallbackResult = "SUCCESS";
constexpr std::string_view kStandbyResult = "NONE";

// One event being written.
class Draft {
 public:
  explicit Draft(Turn& turn) : turn_(turn) {
    event_.name = "CUSTOM";
    event_.subclass = "callcenter::info";
    event_.unix_us = turn.state.anchor.unix_us(turn.now);
  }

  Draft& add(std::string_view header, std::string_view value) {
    event_.add(header, value);
    return *this;
  }
  Draft& number(std::string_view header, std::int64_t value) {
    return add(header, std::to_string(value));
  }
  Draft& time(std::string_view header, std::optional<base::Instant> at) {
    return number(header, at ? turn_.state.anchor.unix_seconds(*at) : 0);
  }
  Draft& queue(std::string_view name, std::string_view action) {
    return add("CC-Queue", name).add("CC-Action", action);
  }
  Draft& agent(std::string_view name, std::string_view action) {
    return add("CC-Agent", name).add("CC-Action", action);
  }
  Draft& member(const MemberFacts& facts) {
    return add("CC-Member-UUID", facts.uuid)
        .add("CC-Member-Session-UUID", facts.session_uuid)
        .add("CC-Member-CID-Name", facts.cid_name)
        .add("CC-Member-CID-Number", facts.cid_number);
  }
  void send(base::LegId channel = {}) {
    turn_.out.emplace_back(Announce{.event = std::move(event_), .channel = channel});
  }

 private:
  Turn& turn_;
  base::EslEvent event_;
};

void announce_entry(Turn& turn, const Member& member, std::string_view action) {
  Draft(turn).queue(member.queue_name, action).member(facts_of(member)).send(member.leg);
}

std::optional<base::Instant> called_at(const Agent& agent, const Offer& offer) {
  if (is_standby(agent)) return std::nullopt;  // Nobody is called (spec/06 §2).
  return offer.called_at;
}

}  // namespace

void announce_agent_added(Turn& turn, const Agent& agent) {
  Draft(turn)
      .add("CC-Agent", agent.name)
      .add("CC-Agent-Type", agent.type)
      .add("CC-Action", "agent-add")
      .send();
}

void announce_status_change(Turn& turn, const Agent& agent) {
  Draft(turn)
      .agent(agent.name, "agent-status-change")
      .add("CC-Agent-Status", to_text(agent.status))
      .send();
}

void announce_state_change(Turn& turn, const Agent& agent) {
  Draft(turn)
      .agent(agent.name, "agent-state-change")
      .add("CC-Agent-State", to_text(agent.state))
      .send();
}

void announce_contact_change(Turn& turn, const Agent& agent) {
  Draft(turn)
      .agent(agent.name, "agent-contact-change")
      .add("CC-Agent-Contact", agent.contact)
      .send();
}

void announce_agent_got(Turn& turn, const Agent& agent, std::string_view key) {
  Draft draft(turn);
  draft.agent(agent.name, "agent-" + std::string(key) + "-get");
  if (base::equal_ignoring_case(key, "status")) {
    draft.add("CC-Agent-Status", to_text(agent.status));
  } else if (base::equal_ignoring_case(key, "state")) {
    draft.add("CC-Agent-State", to_text(agent.state));
  } else {
    draft.add("CC-Agent-UUID", agent.uuid);
  }
  draft.send();
}

void announce_limit_reached(Turn& turn, const Agent& agent, const Offer& offer,
                            const LimitReached& limit) {
  const std::string name(limit.name);
  Draft(turn)
      .agent(agent.name, "agent-max-" + base::to_lower(limit.name))
      .number("CC-Agent-" + name + "-Count", limit.count)
      .add("CC-Agent-" + name + "-Status", to_text(limit.status))
      .add("CC-Member-UUID", offer.facts.uuid)
      .add("CC-Member-Session-UUID", offer.facts.session_uuid)
      .send();
}

void announce_offering(Turn& turn, const Agent& agent, const Offer& offer) {
  Draft(turn)
      .queue(offer.facts.queue_name, "agent-offering")
      .add("CC-Agent", agent.name)
      .add("CC-Agent-Type", agent.type)
      .add("CC-Agent-System", kAgentSystem)
      .member(offer.facts)
      .add("CC-Member-DNIS", offer.facts.dnis)
      .send();
}

void announce_bridge_start(Turn& turn, const Agent& agent, const Offer& offer) {
  Draft(turn)
      .queue(offer.facts.queue_name, "bridge-agent-start")
      .add("CC-Agent", agent.name)
      .add("CC-Agent-System", kAgentSystem)
      .add("CC-Agent-UUID", offer.leg_uuid)
      .time("CC-Agent-Called-Time", called_at(agent, offer))
      .time("CC-Agent-Answered-Time", offer.answered_at)
      .time("CC-Member-Joined-Time", offer.facts.joined_at)
      .member(offer.facts)
      .add("CC-Member-DNIS", offer.facts.dnis)
      .send(offer.leg);
}

void announce_bridge_end(Turn& turn, const Agent& agent, const Offer& offer,
                         std::string_view cause) {
  Draft(turn)
      .queue(offer.facts.queue_name, "bridge-agent-end")
      .add("CC-Hangup-Cause", is_standby(agent) ? kStandbyResult : kCallbackResult)
      .add("CC-Agent", agent.name)
      .add("CC-Agent-System", kAgentSystem)
      .add("CC-Agent-UUID", offer.leg_uuid)
      .add("CC-Agent-Bridged", offer.phase == Offer::Phase::Bridged ? "true" : "false")
      .time("CC-Agent-Called-Time", called_at(agent, offer))
      .time("CC-Agent-Answered-Time", offer.answered_at)
      .time("CC-Member-Joined-Time", offer.facts.joined_at)
      .time("CC-Bridge-Terminated-Time", turn.now)
      .member(offer.facts)
      .add("CC-Bridge-Hangup-Cause", cause)
      .send(offer.leg);
}

void announce_bridge_fail(Turn& turn, const Agent& agent, const Offer& offer,
                          std::string_view cause) {
  Draft(turn)
      .queue(offer.facts.queue_name, "bridge-agent-fail")
      .add("CC-Hangup-Cause", cause)
      .add("CC-Agent", agent.name)
      .add("CC-Agent-System", kAgentSystem)
      .time("CC-Agent-Called-Time", called_at(agent, offer))
      .time("CC-Agent-Aborted-Time", turn.now)
      .member(offer.facts)
      .time("CC-Member-Joined-Time", offer.facts.joined_at)
      .send();
}

void announce_member_start(Turn& turn, const Member& member) {
  announce_entry(turn, member, "member-queue-start");
}

void announce_member_resume(Turn& turn, const Member& member) {
  announce_entry(turn, member, "member-queue-resume");
}

void announce_member_cancel(Turn& turn, const Member& member, ExitCause cause) {
  Draft(turn)
      .queue(member.queue_name, "member-queue-end")
      .time("CC-Member-Leaving-Time", turn.now)
      .time("CC-Member-Joined-Time", member.entered_at())
      .add("CC-Cause", "Cancel")
      .add("CC-Cancel-Reason", to_text(cause))
      .member(facts_of(member))
      .send(member.leg);
}

void announce_member_terminated(Turn& turn, const Agent& agent, const Offer& offer,
                                std::string_view cause) {
  Draft(turn)
      .queue(offer.facts.queue_name, "member-queue-end")
      .add("CC-Hangup-Cause", is_standby(agent) ? kStandbyResult : kCallbackResult)
      .add("CC-Cause", "Terminated")
      .add("CC-Agent", agent.name)
      .add("CC-Agent-System", kAgentSystem)
      .add("CC-Agent-UUID", offer.leg_uuid)
      .time("CC-Agent-Called-Time", called_at(agent, offer))
      .time("CC-Agent-Answered-Time", offer.answered_at)
      .time("CC-Member-Leaving-Time", turn.now)
      .time("CC-Member-Joined-Time", offer.facts.joined_at)
      .member(offer.facts)
      .add("CC-Bridge-Hangup-Cause", cause)
      .send(offer.facts.leg);
}

void announce_members_count(Turn& turn, const Queue& queue) {
  Draft(turn)
      .queue(queue.settings.name, "members-count")
      .add("CC-Count", std::to_string(count_inside(turn.state, queue.id)))
      .add("CC-Selection", "Single-Queue")
      .send();
}

}  // namespace queue
