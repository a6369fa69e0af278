#include "core/violation.h"

namespace core {

std::string_view to_text(Violation::Kind kind) {
  switch (kind) {
    case Violation::Kind::OfferWithoutCall:
      return "OfferWithoutCall";
    case Violation::Kind::CallWithoutOffer:
      return "CallWithoutOffer";
    case Violation::Kind::AgentWithoutOffer:
      return "AgentWithoutOffer";
    case Violation::Kind::MemberWithoutLeg:
      return "MemberWithoutLeg";
    case Violation::Kind::TalkWithoutBridge:
      return "TalkWithoutBridge";
    case Violation::Kind::LegWithoutMember:
      return "LegWithoutMember";
    case Violation::Kind::BridgeWithOneSide:
      return "BridgeWithOneSide";
    case Violation::Kind::LegThatNeverGoes:
      return "LegThatNeverGoes";
    case Violation::Kind::LegUnknownToSip:
      return "LegUnknownToSip";
    case Violation::Kind::ListenerWithoutLeg:
      return "ListenerWithoutLeg";
    case Violation::Kind::LimitsMiscounted:
      return "LimitsMiscounted";
    case Violation::Kind::RulesOfTheQueues:
      break;
  }
  return "RulesOfTheQueues";
}

void describe(base::Archive& archive, Violation& violation) {
  archive.field("kind", violation.kind);
  archive.field("offer", violation.offer);
  archive.field("agent", violation.agent);
  archive.field("member", violation.member);
  archive.field("leg", violation.leg);
}

}  // namespace core
