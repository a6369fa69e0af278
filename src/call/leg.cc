#include "call/leg.h"

namespace call {

using base::Archive;

void describe(Archive& archive, CallerProfile& caller) {
  archive.field("user_name", caller.user_name);
  archive.field("caller_id_name", caller.caller_id_name);
  archive.field("caller_id_number", caller.caller_id_number);
  archive.field("network_address", caller.network_address);
  archive.field("destination_number", caller.destination_number);
  archive.field("redirected_from", caller.redirected_from);
  archive.field("context", caller.context);
}

void describe(Archive& archive, LegMedia& media) {
  archive.field("address", media.address);
  archive.field("port", media.port);
  archive.field("told_address", media.told_address);
  archive.field("dscp", media.dscp);
  archive.field("session_id", media.session_id);
  archive.field("session_version", media.session_version);
  archive.field("theirs", media.theirs);
  archive.field("offered", media.offered);
  archive.field("codec", media.codec);
  archive.field("digits_payload_type", media.digits_payload_type);
  archive.field("digits_clock_rate", media.digits_clock_rate);
  archive.field("hears", media.hears);
  archive.field("packet_ms", media.packet_ms);
  archive.field("silence_seconds", media.silence_seconds);
  archive.field("hold_silence_seconds", media.hold_silence_seconds);
  archive.field("direction", media.direction);
  archive.field("connected", media.connected);
  archive.field("is_counted", media.is_counted);
}

void describe(Archive& archive, Sound& sound) {
  archive.field("playback", sound.playback);
  archive.field("source", sound.source);
  archive.field("loop", sound.loop);
}

void describe(Archive& archive, LastDigit& last) {
  archive.field("digit", last.digit);
  archive.field("way", last.way);
  archive.field("at", last.at);
}

void describe(Archive& archive, Asides& asides) {
  archive.field("playing", asides.playing);
  archive.field("waiting", asides.waiting);
  archive.field("interrupted", asides.interrupted);
}

void describe(Archive& archive, Recording& recording) {
  archive.field("order", recording.order);
  archive.field("started_at", recording.started_at);
  archive.field("is_masked", recording.is_masked);
  archive.field("ends_with_bridge", recording.ends_with_bridge);
  archive.field("is_resumed", recording.is_resumed);
  archive.field("is_stopping", recording.is_stopping);
  archive.field("message", recording.message);
}

void describe(Archive&, NotRunning&) {}

void describe(Archive& archive, InQueue& running) {
  archive.field("queue", running.queue);
  archive.field("member", running.member);
  archive.field("member_uuid", running.member_uuid);
  archive.field("music", running.music);
  archive.field("announcement", running.announcement);
  archive.field("has_bad_announcement", running.has_bad_announcement);
  archive.field("entered_at", running.entered_at);
  archive.field("promised", running.promised);
}

void describe(Archive& archive, InConversation& running) {
  archive.field("offer", running.offer);
}

void describe(Archive& archive, Playing& running) {
  archive.field("playback", running.playback);
}

void describe(Archive&, Sleeping&) {}

void describe(Archive&, Parked&) {}

void describe(Archive& archive, Confirming& running) {
  archive.field("prompt", running.prompt);
  archive.field("typed", running.typed);
  archive.field("rounds", running.rounds);
  archive.field("is_prompt_playable", running.is_prompt_playable);
}

void describe(Archive& archive, Prompted& running) {
  archive.field("playback", running.playback);
  archive.field("waiting", running.waiting);
}

void describe(Archive& archive, Eavesdropping& running) {
  archive.field("watched", running.watched);
  archive.field("heard_by", running.heard_by);
}

void describe(Archive& archive, Calling& running) {
  archive.field("offer", running.offer);
  archive.field("early", running.early);
}

void describe(Archive&, InScript&) {}

void describe(Archive&, Resuming&) {}

void describe(Archive& archive, Suspended& suspended) {
  archive.field("running", suspended.running);
  archive.field("hears", suspended.hears);
}

void describe(Archive& archive, Execution& execution) {
  archive.field("actions", execution.actions);
  archive.field("next", execution.next);
  archive.field("executed", execution.executed);
  archive.field("transfers", execution.transfers);
  archive.field("running", execution.running);
  archive.field("suspended", execution.suspended);
}

void describe(Archive& archive, Leg& leg) {
  archive.field("id", leg.id);
  archive.field("uuid", leg.uuid);
  archive.field("direction", leg.direction);
  archive.field("phase", leg.phase);
  archive.field("profile", leg.profile);
  archive.field("name", leg.name);
  archive.field("caller", leg.caller);
  archive.field("variables", leg.variables);
  archive.field("facts", leg.facts);
  archive.field("media", leg.media);
  archive.field("invite", leg.invite);
  archive.field("sent_invite", leg.sent_invite);
  archive.field("received_invite", leg.received_invite);
  archive.field("execution", leg.execution);
  archive.field("hears", leg.hears);
  archive.field("last_digit", leg.last_digit);
  archive.field("keys", leg.keys);
  archive.field("asides", leg.asides);
  archive.field("recordings", leg.recordings);
  archive.field("limits", leg.limits);
  archive.field("script", leg.script);
  archive.field("bridge", leg.bridge);
  archive.field("offer", leg.offer);
  archive.field("is_standby", leg.is_standby);
  archive.field("is_put_on_hold", leg.is_put_on_hold);
  archive.field("is_tracked", leg.is_tracked);
  archive.field("max_forwards", leg.max_forwards);
  archive.field("cause", leg.cause);
  archive.field("awaits_count", leg.awaits_count);
  archive.field("is_gone", leg.is_gone);
  archive.field("created_at", leg.created_at);
  archive.field("progress_at", leg.progress_at);
  archive.field("answered_at", leg.answered_at);
  archive.field("bridged_at", leg.bridged_at);
  archive.field("held_at", leg.held_at);
  archive.field("held_for", leg.held_for);
  archive.field("hung_up_at", leg.hung_up_at);
  archive.field("told_state", leg.told_state);
  archive.field("told_call_state", leg.told_call_state);
}

void describe(Archive& archive, Ringing& ringing) {
  archive.field("groups", ringing.groups);
  archive.field("legs", ringing.legs);
}

void describe(Archive& archive, Origination& origination) {
  archive.field("application", origination.application);
  archive.field("data", origination.data);
}

void describe(Archive& archive, Offer& offer) {
  archive.field("id", offer.id);
  archive.field("member", offer.member);
  archive.field("member_leg", offer.member_leg);
  archive.field("leg", offer.leg);
  archive.field("agent", offer.agent);
  archive.field("phase", offer.phase);
  archive.field("agent_type", offer.agent_type);
  archive.field("queue", offer.queue);
  archive.field("member_uuid", offer.member_uuid);
  archive.field("cid_name", offer.cid_name);
  archive.field("cid_number", offer.cid_number);
  archive.field("joined_at", offer.joined_at);
  archive.field("started_at", offer.started_at);
  archive.field("ringing", offer.ringing);
  archive.field("called", offer.called);
  archive.field("failure", offer.failure);
  archive.field("origination", offer.origination);
  archive.field("is_for_caller", offer.is_for_caller);
  // In states of earlier programs the one leg of an offer stood in it from the beginning.
  if (archive.loading() && offer.phase == Offer::Phase::Dialling && offer.leg) {
    offer.ringing = {Ringing{.groups = {}, .legs = {offer.leg}}};
    offer.leg = {};
  }
}

}  // namespace call
