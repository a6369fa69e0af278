#include "sim/trace.h"

namespace sim {
namespace {

template <class Tag>
std::string text(base::Id<Tag> id) {
  return " " + std::to_string(id.value);
}

template <class... Arms>
struct Overloaded : Arms... {
  using Arms::operator()...;
};
// clang 14 does not deduce aggregates by itself.
template <class... Arms>
Overloaded(Arms...) -> Overloaded<Arms...>;

std::string announce_line(const queue::Announce& announce) {
  std::string line = " " + announce.event.name + text(announce.channel);
  for (const auto& [header, value] : announce.event.headers) line += " " + header + "=" + value;
  return line;
}

}  // namespace

std::string trace_line(const queue::Report& report) {
  return std::visit(
      Overloaded{
          [](const queue::MemberJoined& r) {
            return "MemberJoined " + r.queue + text(r.leg) + " " + std::to_string(r.base_score);
          },
          [](const queue::MemberLeft& r) {
            return "MemberLeft" + text(r.member) + " " + std::string(queue::to_text(r.cause));
          },
          [](const queue::OfferAnswered& r) { return "OfferAnswered" + text(r.offer); },
          [](const queue::OfferFailed& r) { return "OfferFailed" + text(r.offer) + " " + r.cause; },
          [](const queue::OfferBridged& r) { return "OfferBridged" + text(r.offer); },
          [](const queue::BridgeFailed& r) {
            return "BridgeFailed" + text(r.offer) + " " + r.cause;
          },
          [](const queue::BridgeEnded& r) { return "BridgeEnded" + text(r.offer) + " " + r.cause; },
          [](const queue::ExternalCallStarted& r) {
            return "ExternalCallStarted" + text(r.leg) + " " + r.agent;
          },
          [](const queue::ExternalCallEnded& r) { return "ExternalCallEnded" + text(r.leg); },
      },
      report);
}

std::string trace_line(const queue::Command& command) {
  const std::string rest = std::visit(
      Overloaded{
          [](const queue::AdmitMember& c) { return text(c.member) + " " + c.member_uuid; },
          [](const queue::RefuseMember& c) { return text(c.leg) + " " + c.queue; },
          [](const queue::ReleaseMember& c) { return text(c.member); },
          [](const queue::StartOffer& c) { return text(c.offer) + text(c.member) + " " + c.agent; },
          [](const queue::CancelOffer& c) { return text(c.offer) + " " + c.cause; },
          [](const queue::ConnectOffer& c) { return text(c.offer); },
          [](const queue::FinishMember& c) { return text(c.member); },
          [](const queue::PlayAnnouncement& c) { return text(c.member) + " " + c.sound; },
          [](const queue::Announce& c) { return announce_line(c); },
          [](const queue::Warn& c) { return " " + c.text; },
      },
      command);
  const std::string_view name =
      std::visit([](const auto& c) { return std::decay_t<decltype(c)>::kName; }, command);
  return std::string(name) + rest;
}

}  // namespace sim
