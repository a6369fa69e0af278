#include "queue/offer.h"

namespace queue {

MemberFacts facts_of(const Member& member) {
  return {.queue_name = member.queue_name,
          .leg = member.leg,
          .uuid = member.uuid,
          .session_uuid = member.session_uuid,
          .cid_number = member.cid_number,
          .cid_name = member.cid_name,
          .dnis = member.dnis,
          .joined_at = member.joined_at};
}

void describe(base::Archive& archive, MemberFacts& facts) {
  archive.field("queue_name", facts.queue_name);
  archive.field("leg", facts.leg);
  archive.field("uuid", facts.uuid);
  archive.field("session_uuid", facts.session_uuid);
  archive.field("cid_number", facts.cid_number);
  archive.field("cid_name", facts.cid_name);
  archive.field("dnis", facts.dnis);
  archive.field("joined_at", facts.joined_at);
}

void describe(base::Archive& archive, Offer& offer) {
  archive.field("id", offer.id);
  archive.field("member", offer.member);
  archive.field("agent", offer.agent);
  archive.field("queue", offer.queue);
  archive.field("facts", offer.facts);
  archive.field("phase", offer.phase);
  archive.field("cancelled", offer.cancelled);
  archive.field("status_at_start", offer.status_at_start);
  archive.field("called_at", offer.called_at);
  archive.field("answered_at", offer.answered_at);
  archive.field("bridged_at", offer.bridged_at);
  archive.field("leg", offer.leg);
  archive.field("leg_uuid", offer.leg_uuid);
}

}  // namespace queue
