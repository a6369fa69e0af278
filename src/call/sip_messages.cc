#include "call/sip_messages.h"

namespace call {

using base::Archive;

void describe(Archive& archive, LegInvited& report) {
  archive.field("leg", report.leg);
  archive.field("profile", report.profile);
  archive.field("source_address", report.source_address);
  archive.field("source_port", report.source_port);
  archive.field("auth_user", report.auth_user);
  archive.field("request_user", report.request_user);
  archive.field("request_host", report.request_host);
  archive.field("from_display", report.from_display);
  archive.field("from_user", report.from_user);
  archive.field("from_host", report.from_host);
  archive.field("to_user", report.to_user);
  archive.field("to_host", report.to_host);
  archive.field("contact", report.contact);
  archive.field("user_agent", report.user_agent);
  archive.field("call_id", report.call_id);
  archive.field("max_forwards", report.max_forwards);
  archive.field("extra_headers", report.extra_headers);
  archive.field("offer", report.offer);
  archive.field("facts", report.facts);
  archive.field("received", report.received);
}

void describe(Archive& archive, InviteSent& report) {
  archive.field("leg", report.leg);
  archive.field("facts", report.facts);
  archive.field("sent", report.sent);
}

void describe(Archive& archive, LegProgressed& report) {
  archive.field("leg", report.leg);
  archive.field("status", report.status);
  archive.field("media", report.media);
}

void describe(Archive& archive, LegAnswered& report) {
  archive.field("leg", report.leg);
  archive.field("media", report.media);
  archive.field("facts", report.facts);
}

void describe(Archive& archive, LegConfirmed& report) {
  archive.field("leg", report.leg);
  archive.field("media", report.media);
}

void describe(Archive& archive, LegRefused& report) {
  archive.field("leg", report.leg);
  archive.field("status", report.status);
  archive.field("q850", report.q850);
}

void describe(Archive& archive, LegHungUp& report) {
  archive.field("leg", report.leg);
  archive.field("how", report.how);
  archive.field("q850", report.q850);
}

void describe(Archive& archive, LegGone& report) {
  archive.field("leg", report.leg);
}

void describe(Archive& archive, LegReinvited& report) {
  archive.field("leg", report.leg);
  archive.field("offer", report.offer);
}

void describe(Archive& archive, DigitSignalled& report) {
  archive.field("leg", report.leg);
  archive.field("digit", report.digit);
}

void describe(Archive& archive, DialogChanged& report) {
  archive.field("leg", report.leg);
  archive.field("facts", report.facts);
}

void describe(Archive& archive, RegistrationReceived& report) {
  archive.field("ticket", report.ticket);
  archive.field("profile", report.profile);
  archive.field("user", report.user);
  archive.field("domain", report.domain);
  archive.field("contacts", report.contacts);
  archive.field("remove_all", report.remove_all);
  archive.field("source", report.source);
  archive.field("over_tcp", report.over_tcp);
  archive.field("user_agent", report.user_agent);
  archive.field("call_id", report.call_id);
  archive.field("cseq", report.cseq);
}

void describe(Archive& archive, RegistrationReceived::Contact& contact) {
  archive.field("uri", contact.uri);
  archive.field("expires_seconds", contact.expires_seconds);
}

void describe(Archive& archive, LegReferred& report) {
  archive.field("leg", report.leg);
  archive.field("target_user", report.target_user);
  archive.field("target_host", report.target_host);
  archive.field("replaces", report.replaces);
}

void describe(Archive& archive, InviteLeg& order) {
  archive.field("leg", order.leg);
  archive.field("profile", order.profile);
  archive.field("request_uri", order.request_uri);
  archive.field("next_hop", order.next_hop);
  archive.field("from_display", order.from_display);
  archive.field("from_user", order.from_user);
  archive.field("from_host", order.from_host);
  archive.field("headers", order.headers);
  archive.field("max_forwards", order.max_forwards);
  archive.field("offer", order.offer);
}

void describe(Archive& archive, ProgressLeg& order) {
  archive.field("leg", order.leg);
  archive.field("status", order.status);
  archive.field("media", order.media);
}

void describe(Archive& archive, AnswerLeg& order) {
  archive.field("leg", order.leg);
  archive.field("answer", order.answer);
}

void describe(Archive& archive, HangUpLeg& order) {
  archive.field("leg", order.leg);
  archive.field("final_status", order.final_status);
  archive.field("reason", order.reason);
}

void describe(Archive& archive, AnswerReinvite& order) {
  archive.field("leg", order.leg);
  archive.field("answer", order.answer);
}

void describe(Archive& archive, RefuseReinvite& order) {
  archive.field("leg", order.leg);
  archive.field("status", order.status);
}

void describe(Archive& archive, SignalDigit& order) {
  archive.field("leg", order.leg);
  archive.field("digit", order.digit);
}

void describe(Archive& archive, AcceptRegistration& order) {
  archive.field("ticket", order.ticket);
  archive.field("contacts", order.contacts);
}

void describe(Archive& archive, RefuseRegistration& order) {
  archive.field("ticket", order.ticket);
  archive.field("status", order.status);
}

void describe(Archive& archive, RestoreDialog& order) {
  archive.field("leg", order.leg);
  archive.field("facts", order.facts);
}

void describe(Archive& archive, AnswerRefer& order) {
  archive.field("leg", order.leg);
  archive.field("status", order.status);
  archive.field("outcome", order.outcome);
}

void describe(Archive& archive, RestoreInvite& order) {
  archive.field("leg", order.leg);
  archive.field("facts", order.facts);
  archive.field("sent", order.sent);
  archive.field("received", order.received);
}

void describe(base::Archive& archive, NotifyPhone& order) {
  archive.field("profile", order.profile);
  archive.field("request_uri", order.request_uri);
  archive.field("next_hop", order.next_hop);
  archive.field("address", order.address);
  archive.field("event", order.event);
  archive.field("content_type", order.content_type);
  archive.field("body", order.body);
}

}  // namespace call
