#include "core/repair.h"

#include <utility>
#include <vector>

#include "core/find_violations.h"

namespace core {
namespace {

using Kind = Violation::Kind;

constexpr const char* kCause = "NORMAL_TEMPORARY_FAILURE";

class Repair {
 public:
  explicit Repair(const api::Targets& at) : at_(at) {}

  void run(const Violation& violation) {
    switch (violation.kind) {
      case Kind::OfferWithoutCall:
      case Kind::CallWithoutOffer:
        return end_offer(violation.offer);
      case Kind::AgentWithoutOffer:
        return free_agent(violation.agent);
      case Kind::MemberWithoutLeg:
        return tell(queue::MemberLeft{violation.member, queue::ExitCause::BreakOut});
      case Kind::TalkWithoutBridge:
        return end_talk(violation.member);
      case Kind::LegWithoutMember:
        return leave_queue(violation.leg);
      case Kind::BridgeWithOneSide:
        return end_leg(violation.leg);
      case Kind::LegThatNeverGoes:
        return forget_leg(violation.leg);
      case Kind::LegUnknownToSip:
        return lose_leg(violation.leg);
      case Kind::ListenerWithoutLeg:
        return stop_listening(violation.leg);
      case Kind::LimitsMiscounted:
        return at_.calls.recount_limits();
      case Kind::RulesOfTheQueues:
        at_.engine.rebuild_indexes(at_.now, at_.queue_out);
    }
  }

 private:
  void tell(const queue::Report& report) { at_.engine.handle(report, at_.now, at_.queue_out); }

  // The engine knows by the offer's phase whether it failed or a conversation ended.
  void end_offer(base::OfferId offer) {
    at_.calls.release_offer(offer, at_.now, at_.call_out);
    tell(queue::OfferFailed{offer, kCause});
  }

  void free_agent(base::AgentId id) {
    const std::string name = at_.engine.agent(id)->name;
    static_cast<void>(at_.engine.set_agent("state", name, to_text(queue::AgentState::Waiting),
                                           at_.now, at_.queue_out));
  }

  void end_talk(base::MemberId id) {
    const queue::Member member = *at_.engine.member(id);
    for (const base::OfferId offer : member.offers) end_offer(offer);
    at_.calls.release_leg(member.leg, at_.now, at_.call_out);
  }

  void leave_queue(base::LegId id) {
    const auto& waiting = std::get<call::InQueue>(at_.calls.leg(id)->execution.running);
    const queue::Command order = queue::ReleaseMember{.leg = id, .member = waiting.member};
    at_.calls.handle(order, at_.around, at_.now, at_.call_out);
  }

  void end_leg(base::LegId id) {
    std::vector<base::OfferId> offers;
    for (const call::Offer* offer : at_.calls.offers()) {
      if (offer->leg == id || offer->member_leg == id) offers.push_back(offer->id);
    }
    for (const base::OfferId offer : offers) end_offer(offer);
    at_.calls.release_leg(id, at_.now, at_.call_out);
  }

  void forget_leg(base::LegId id) {
    const call::Leg* leg = at_.calls.leg(id);
    // One of these is a finding of its own, and comes first.
    if (leg->bridge || leg->offer) return;
    lose_leg(id);
  }

  void stop_listening(base::LegId id) {
    const std::string uuid = at_.calls.leg(id)->uuid;
    static_cast<void>(
        at_.calls.break_off(uuid, call::BreakOff::All, {at_.around, at_.now, at_.call_out}));
  }

  void lose_leg(base::LegId id) {
    at_.calls.handle(call::SipReport(call::LegGone{id}), at_.around, at_.now, at_.call_out);
  }

  const api::Targets& at_;
};

base::EslEvent event_of(const CoreState& state, const Violation& violation,
                        const std::string& text) {
  base::EslEvent event;
  event.name = "CUSTOM";
  event.subclass = "ringmaster::violation";
  event.add("Violation", to_text(violation.kind));
  event.add("Description", text);
  if (const queue::Agent* agent = state.engine.agent(violation.agent)) {
    event.add("CC-Agent", agent->name);
  }
  if (const queue::Member* member = state.engine.member(violation.member)) {
    event.add("CC-Queue", member->queue_name);
    event.add("CC-Member-UUID", member->uuid);
  }
  if (const call::Leg* leg = state.calls.leg(violation.leg)) event.add("Unique-ID", leg->uuid);
  return event;
}

}  // namespace

void repair(CoreState& state, Pass& pass, const Violation& violation) {
  const api::Targets at = pass.targets();
  if (!holds(state, violation, at.now)) return;
  const std::string text = text_of(state, violation, at.now);
  pass.publish(event_of(state, violation, text));
  pass.log(
      {.level = LogLine::Level::Error, .text = "ALARM: self-check: " + text + "; it is released"});
  Repair(at).run(violation);
}

}  // namespace core
