#include "queue/ended.h"

namespace queue {

void describe(base::Archive& archive, StayEnded& stay) {
  archive.field("uuid", stay.uuid);
  archive.field("session_uuid", stay.session_uuid);
  archive.field("queue", stay.queue);
  archive.field("cid_number", stay.cid_number);
  archive.field("cid_name", stay.cid_name);
  archive.field("dnis", stay.dnis);
  archive.field("answered_at", stay.answered_at);
  archive.field("joined_at", stay.joined_at);
  archive.field("rejoined_at", stay.rejoined_at);
  archive.field("bridged_at", stay.bridged_at);
  archive.field("left_at", stay.left_at);
  archive.field("base_score", stay.base_score);
  archive.field("agent", stay.agent);
  archive.field("agent_uuid", stay.agent_uuid);
  archive.field("cancelled", stay.cancelled);
  archive.field("cause", stay.cause);
}

void describe(base::Archive& archive, OfferEnded& offer) {
  archive.field("id", offer.id);
  archive.field("member_uuid", offer.member_uuid);
  archive.field("session_uuid", offer.session_uuid);
  archive.field("queue", offer.queue);
  archive.field("agent", offer.agent);
  archive.field("agent_type", offer.agent_type);
  archive.field("agent_uuid", offer.agent_uuid);
  archive.field("joined_at", offer.joined_at);
  archive.field("called_at", offer.called_at);
  archive.field("answered_at", offer.answered_at);
  archive.field("bridged_at", offer.bridged_at);
  archive.field("ended_at", offer.ended_at);
  archive.field("outcome", offer.outcome);
  archive.field("cause", offer.cause);
}

}  // namespace queue
