#include "queue/presence.h"

#include <string>
#include <utility>

#include "queue/events.h"

namespace queue {

void announce_presence(Turn& turn, const Queue& queue) {
  const std::size_t waiting = count_inside(turn.state, queue.id);
  const std::string& name = queue.settings.name;
  base::EslEvent event;
  event.name = "PRESENCE_IN";
  event.unix_us = turn.state.anchor.unix_us(turn.now);
  event.add("proto", "callcenter");
  event.add("login", name);
  event.add("from", name);
  event.add("force-status",
            waiting > 0 ? "Active (" + std::to_string(waiting) + " waiting)" : "Idle");
  event.add("rpid", "unknown");
  event.add("event_type", "presence");
  event.add("alt_event_type", "dialog");
  event.add("event_count", "0");
  event.add("channel-state", waiting > 0 ? "CS_ROUTING" : "CS_HANGUP");
  event.add("unique-id", name);
  event.add("answer-state", waiting > 0 ? "confirmed" : "terminated");
  event.add("presence-call-direction", "inbound");
  turn.out.emplace_back(Announce{.event = std::move(event), .channel = {}});
}

void announce_occupancy(Turn& turn, base::QueueId id) {
  const Queue& queue = the_queue(std::as_const(turn.state), id);
  announce_members_count(turn, queue);
  announce_presence(turn, queue);
}

}  // namespace queue
