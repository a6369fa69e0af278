// What the self-check can find: two parts of the state that contradict each other, so that somebody
// would wait for ever. A value with the ids of the rows concerned.
#pragma once

#include <compare>
#include <string_view>

#include "base/archive.h"
#include "base/ids.h"

namespace core {

struct Violation {
  enum class Kind {
    OfferWithoutCall,    // The queues offer a member to an agent whom nobody calls.
    CallWithoutOffer,    // An agent is called for an offer that the queues do not know.
    AgentWithoutOffer,   // An agent is Receiving or in a queue call, without an offer.
    MemberWithoutLeg,    // A member waits whose leg is gone, or does something else.
    TalkWithoutBridge,   // A member talks whose leg is in no bridge.
    LegWithoutMember,    // A leg waits in a queue that does not know it.
    BridgeWithOneSide,   // A leg is bridged to one that is gone or bridged to another.
    LegThatNeverGoes,    // A leg has ended, and sip does not let it go.
    RulesOfTheQueues,    // The queues' own rows contradict each other (queue/invariants.h).
    LegUnknownToSip,     // A leg is in a call, and sip, when asked, does not know it.
    ListenerWithoutLeg,  // A leg listens to one that is gone.
    LimitsMiscounted,    // What is counted of limited resources is not what legs hold.
  };
  Kind kind = Kind::RulesOfTheQueues;
  base::OfferId offer = {};
  base::AgentId agent = {};
  base::MemberId member = {};
  base::LegId leg = {};

  auto operator<=>(const Violation&) const = default;
};

// "OfferWithoutCall" …
std::string_view to_text(Violation::Kind kind);

void describe(base::Archive& archive, Violation& violation);

}  // namespace core
