// What passes between the queue engine and the calls: reports in the past tense, commands in the
// imperative. Values only.
//
// Life of an offer, as the engine sees it:
//
//   StartOffer ──► OfferAnswered ──► ConnectOffer ──► OfferBridged ──► BridgeEnded
//       │               │                  └────────► BridgeFailed
//       └► OfferFailed  └► (CancelOffer when the member is gone or another agent won)
//
// Every StartOffer is followed by exactly one of OfferFailed, BridgeFailed and BridgeEnded, also
// after a CancelOffer (which asks for the leg to be ended; OfferFailed follows at once).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/archive.h"
#include "base/esl_event.h"
#include "base/ids.h"
#include "base/time.h"
#include "queue/names.h"

namespace queue {

// ---- reports: calls → engine --------------------------------------------------------------------

// The application `callcenter` started on an answered leg.
struct MemberJoined {
  static constexpr std::string_view kName = "MemberJoined";
  base::LegId leg;
  std::string queue;         // As the dialplan names it.
  std::string session_uuid;  // The caller's channel uuid.
  std::string cid_number;
  std::string cid_name;
  std::string dnis;                          // Redirecting number, usually empty.
  std::optional<base::Instant> answered_at;  // When the channel was answered.
  std::int64_t base_score = 0;               // cc_base_score.
};

// The application ends without a conversation: hang-up, transfer, exit key.
struct MemberLeft {
  static constexpr std::string_view kName = "MemberLeft";
  base::MemberId member;
  ExitCause cause = ExitCause::BreakOut;
};

// The agent's leg is answered; `leg_uuid` is its channel uuid.
struct OfferAnswered {
  static constexpr std::string_view kName = "OfferAnswered";
  base::OfferId offer;
  base::LegId leg;
  std::string leg_uuid;
};

// The offer is over before its answer.
struct OfferFailed {
  static constexpr std::string_view kName = "OfferFailed";
  base::OfferId offer;
  std::string cause;  // Name of spec/11 §1: USER_BUSY, ORIGINATOR_CANCEL …
};

// Caller and agent hear each other.
struct OfferBridged {
  static constexpr std::string_view kName = "OfferBridged";
  base::OfferId offer;
};

// The agent's leg was answered and ended before the bridge stood.
struct BridgeFailed {
  static constexpr std::string_view kName = "BridgeFailed";
  base::OfferId offer;
  std::string cause;
};

// The conversation is over.
struct BridgeEnded {
  static constexpr std::string_view kName = "BridgeEnded";
  base::OfferId offer;
  std::string cause;  // Real hang-up cause of the agent's leg.
};

// The agent takes part in a call outside the queues (application `callcenter_track`), or that
// call's leg has ended. Counted per leg, so a repeated report changes nothing (spec/10 #12).
struct ExternalCallStarted {
  static constexpr std::string_view kName = "ExternalCallStarted";
  base::LegId leg;
  std::string agent;
};
struct ExternalCallEnded {
  static constexpr std::string_view kName = "ExternalCallEnded";
  base::LegId leg;
};

using Report = std::variant<MemberJoined, MemberLeft, OfferAnswered, OfferFailed, OfferBridged,
                            BridgeFailed, BridgeEnded, ExternalCallStarted, ExternalCallEnded>;

// ---- commands: engine → calls -------------------------------------------------------------------

// The member is in the queue; comes first after MemberJoined, before its events.
struct AdmitMember {
  static constexpr std::string_view kName = "AdmitMember";
  base::LegId leg;
  base::MemberId member;
  std::string member_uuid;
  std::string queue;      // The queue's spelling.
  std::string moh_sound;  // Empty: silence.
  base::Instant joined_at;
};

// There is no such queue: the application returns at once, and nothing else happens.
struct RefuseMember {
  static constexpr std::string_view kName = "RefuseMember";
  base::LegId leg;
  std::string queue;
};

// The engine takes the member out of its queue (time-out, removal of the queue or the member): the
// application returns and the dialplan goes on. No MemberLeft is expected.
struct ReleaseMember {
  static constexpr std::string_view kName = "ReleaseMember";
  base::LegId leg;
  base::MemberId member;
  ExitCause cause = ExitCause::BreakOut;
};

// Dial the agent for this member.
struct StartOffer {
  static constexpr std::string_view kName = "StartOffer";
  base::OfferId offer;
  base::MemberId member;
  base::LegId member_leg;
  std::string queue;
  std::string agent;
  std::string agent_type;  // As stored.
  std::string contact;     // Dial string, to be expanded with the member's variables.
  std::string member_uuid;
  std::string cid_number;
  std::string cid_name;
  base::Instant joined_at;
  int originate_timeout_seconds = 60;
  // How the agent was found.
  std::string strategy = {};
  std::int64_t tier_level = 1;
  std::int64_t tier_position = 1;
};

// End the offer's leg in whatever phase it is before the bridge.
struct CancelOffer {
  static constexpr std::string_view kName = "CancelOffer";
  base::OfferId offer;
  std::string cause;  // ORIGINATOR_CANCEL or LOSE_RACE.
};

// The answered agent is the member's: play the announcement if any, then bridge.
struct ConnectOffer {
  static constexpr std::string_view kName = "ConnectOffer";
  base::OfferId offer;
};

// The member's row is finished after a conversation: variable cc_queue_terminated_epoch, if its leg
// still exists.
struct FinishMember {
  static constexpr std::string_view kName = "FinishMember";
  base::LegId leg;
  base::MemberId member;
};

// Play the sound to a waiting member, over its music, once.
struct PlayAnnouncement {
  static constexpr std::string_view kName = "PlayAnnouncement";
  base::LegId leg;
  base::MemberId member;
  std::string sound;
};

// Publish an event. With `channel` set the data of that leg stand before the headers given here.
struct Announce {
  static constexpr std::string_view kName = "Announce";
  base::EslEvent event;
  base::LegId channel;
};

// A line for the operator's log.
struct Warn {
  static constexpr std::string_view kName = "Warn";
  std::string text;
};

using Command = std::variant<AdmitMember, RefuseMember, ReleaseMember, StartOffer, CancelOffer,
                             ConnectOffer, FinishMember, PlayAnnouncement, Announce, Warn>;
using Commands = std::vector<Command>;

}  // namespace queue
