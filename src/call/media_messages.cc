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
  archive.field("by", report.by);
}

void describe(Archive& archive, MediaTimedOut& report) {
  archive.field("leg", report.leg);
}

void describe(Archive& archive, MediaStatistics& statistics) {
  archive.field("in_packets", statistics.in_packets);
  archive.field("in_bytes", statistics.in_bytes);
  archive.field("in_lost", statistics.in_lost);
  archive.field("in_digit_packets", statistics.in_digit_packets);
  archive.field("in_jitter_ms", statistics.in_jitter_ms);
  archive.field("out_packets", statistics.out_packets);
  archive.field("out_bytes", statistics.out_bytes);
  archive.field("rtcp_packets", statistics.rtcp_packets);
  archive.field("out_lost", statistics.out_lost);
  archive.field("out_jitter_ms", statistics.out_jitter_ms);
  archive.field("round_trip_ms", statistics.round_trip_ms);
}

void describe(Archive& archive, MediaClosed& report) {
  archive.field("leg", report.leg);
  archive.field("statistics", report.statistics);
}

void describe(Archive& archive, OpenMedia& order) {
  archive.field("leg", order.leg);
  archive.field("address", order.address);
  archive.field("port", order.port);
  archive.field("dscp", order.dscp);
}

void describe(Archive& archive, ConnectMedia& order) {
  archive.field("leg", order.leg);
  archive.field("address", order.address);
  archive.field("port", order.port);
  archive.field("codec", order.codec);
  archive.field("digits_payload_type", order.digits_payload_type);
  archive.field("digits_clock_rate", order.digits_clock_rate);
  archive.field("hears", order.hears);
  archive.field("packet_ms", order.packet_ms);
  archive.field("direction", order.direction);
  archive.field("silence_seconds", order.silence_seconds);
}

void describe(Archive& archive, PlaySound& order) {
  archive.field("leg", order.leg);
  archive.field("playback", order.playback);
  archive.field("sound", order.sound);
  archive.field("loop", order.loop);
  archive.field("prefix", order.prefix);
}

void describe(Archive& archive, StopSound& order) {
  archive.field("leg", order.leg);
  archive.field("playback", order.playback);
}

void describe(Archive& archive, SendDigit& order) {
  archive.field("leg", order.leg);
  archive.field("digit", order.digit);
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
