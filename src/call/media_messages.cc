#include "call/media_messages.h"

namespace call {

using base::Archive;

void describe(Archive& archive, MediaOpened& report) {
  archive.field("leg", report.leg);
  archive.field("port", report.port);
}

void describe(Archive& archive, MediaFailed& report) {
  archive.field("leg", report.leg);
  archive.field("why", report.why);
}

void describe(Archive& archive, PlaybackEnded& report) {
  archive.field("leg", report.leg);
  archive.field("playback", report.playback);
  archive.field("how", report.how);
  archive.field("why", report.why);
}

void describe(Archive& archive, DigitReceived& report) {
  archive.field("leg", report.leg);
  archive.field("digit", report.digit);
}

void describe(Archive& archive, OpenMedia& order) {
  archive.field("leg", order.leg);
  archive.field("address", order.address);
  archive.field("port", order.port);
}

void describe(Archive& archive, ConnectMedia& order) {
  archive.field("leg", order.leg);
  archive.field("address", order.address);
  archive.field("port", order.port);
  archive.field("codec", order.codec);
  archive.field("digits_payload_type", order.digits_payload_type);
  archive.field("hears", order.hears);
  archive.field("packet_ms", order.packet_ms);
  archive.field("direction", order.direction);
}

void describe(Archive& archive, PlaySound& order) {
  archive.field("leg", order.leg);
  archive.field("playback", order.playback);
  archive.field("sound", order.sound);
  archive.field("loop", order.loop);
}

void describe(Archive& archive, StopSound& order) {
  archive.field("leg", order.leg);
  archive.field("playback", order.playback);
}

void describe(Archive& archive, BridgeMedia& order) {
  archive.field("first", order.first);
  archive.field("second", order.second);
}

void describe(Archive& archive, UnbridgeMedia& order) {
  archive.field("first", order.first);
  archive.field("second", order.second);
}

void describe(Archive& archive, CloseMedia& order) {
  archive.field("leg", order.leg);
}

}  // namespace call
