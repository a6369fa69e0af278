// What passes between the calls and the sip folder: reports in the past tense, orders in the
// imperative. Values only; a leg is named by its id.
//
// The sip folder knows dialogs and transactions and nothing of queues. It reports every outcome
// exactly once, in order per leg, and ends each leg with LegGone, after which its id is never used
// again by either side.
//
//   inbound:  LegInvited → (ProgressLeg)* → AnswerLeg | HangUpLeg …  LegConfirmed … LegHungUp →
//   LegGone outbound: InviteLeg → LegProgressed* → LegAnswered | LegRefused … LegHungUp → LegGone
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
#include "call/dialog_facts.h"
#include "call/media_description.h"
#include "call/open_invite.h"

namespace call {

// ---- reports: sip → core ------------------------------------------------------------------------

// A new INVITE came in; 100 Trying has been sent.
struct LegInvited {
  static constexpr std::string_view kName = "LegInvited";
  base::LegId leg;             // Odd, chosen by sip.
  std::string profile;         // Which SIP profile took it.
  std::string source_address;  // IP literal the request came from.
  std::uint16_t source_port = 0;
  std::string auth_user;     // Directory user whose credentials it carried, or empty.
  std::string request_user;  // User part of the request URI: the number dialled.
  std::string request_host;
  std::string from_display;  // Without quotes.
  std::string from_user;
  std::string from_host;
  std::string to_user;
  std::string to_host;
  std::string contact;  // URI of the Contact header.
  std::string user_agent;
  std::string call_id;
  int max_forwards = 70;        // How often it may still be passed on (RFC 3261 §8.1.1.6).
  base::Headers extra_headers;  // X-… headers, bounded in number and size.
  std::optional<MediaDescription> offer;  // nullopt: INVITE without SDP.
  DialogFacts facts;                      // Without our tag until AnswerLeg.
  ReceivedInvite received = {};
};

// The INVITE of an outbound leg has gone out; again for each address that is tried.
struct InviteSent {
  static constexpr std::string_view kName = "InviteSent";
  base::LegId leg;
  DialogFacts facts;  // Without the peer's tag.
  SentInvite sent;
};

// A 1xx other than 100 for an outbound leg.
struct LegProgressed {
  static constexpr std::string_view kName = "LegProgressed";
  base::LegId leg;
  int status = 180;
  std::optional<MediaDescription> media;
};

// A 2xx for an outbound leg; sip has sent the ACK.
struct LegAnswered {
  static constexpr std::string_view kName = "LegAnswered";
  base::LegId leg;
  std::optional<MediaDescription> media;
  DialogFacts facts;
};

// The ACK for our 200 came, to an INVITE or a re-INVITE.
struct LegConfirmed {
  static constexpr std::string_view kName = "LegConfirmed";
  base::LegId leg;
  // SDP of the ACK: the answer to our offer, when the INVITE had none.
  std::optional<MediaDescription> media = {};
};

// A final response of 300–699 for an outbound leg, or a local failure shown as one (408 no answer
// at all, 503 not sendable). LegGone follows.
struct LegRefused {
  static constexpr std::string_view kName = "LegRefused";
  base::LegId leg;
  int status = 480;
  std::optional<int> q850;  // From a Reason header with protocol Q.850.
};

// The peer ended the leg: BYE, CANCEL before the answer, or no ACK within 32 s. LegGone follows.
struct LegHungUp {
  static constexpr std::string_view kName = "LegHungUp";
  base::LegId leg;
  enum class How { Bye, Cancel, Timeout } how = How::Bye;
  std::optional<int> q850;
};

// sip has nothing more to do for this leg.
struct LegGone {
  static constexpr std::string_view kName = "LegGone";
  base::LegId leg;
};

// The peer changes the media of an established dialog (hold, address, codec) by re-INVITE or
// UPDATE; answer with AnswerReinvite or RefuseReinvite. Without an offer it asks for ours, and its
// answer comes with LegConfirmed.
struct LegReinvited {
  static constexpr std::string_view kName = "LegReinvited";
  base::LegId leg;
  std::optional<MediaDescription> offer;
};

// The peer pressed a key and told it by INFO (application/dtmf-relay or application/dtmf).
struct DigitSignalled {
  static constexpr std::string_view kName = "DigitSignalled";
  base::LegId leg;
  std::string digit;  // One of 0–9 * # A–D.
};

// The peer of an established dialog asks that whoever it talks with be sent to somebody else
// (REFER, RFC 3515); answer with AnswerRefer.
struct LegReferred {
  static constexpr std::string_view kName = "LegReferred";
  base::LegId leg;
  std::string target_user;  // User part of the Refer-To.
  std::string target_host;
  // The Refer-To names a call that is to be taken over (RFC 3891): an attended transfer.
  bool replaces = false;
};

// Tags, targets, routes or sequence numbers of a dialog are now these.
struct DialogChanged {
  static constexpr std::string_view kName = "DialogChanged";
  base::LegId leg;
  DialogFacts facts;
};

// A REGISTER whose digest was right; reply with AcceptRegistration or RefuseRegistration.
struct RegistrationReceived {
  static constexpr std::string_view kName = "RegistrationReceived";
  base::Ticket ticket;
  std::string profile;
  std::string user;
  std::string domain;
  struct Contact {
    std::string uri;          // sip: URI as sent.
    int expires_seconds = 0;  // 0 removes it.
  };
  std::vector<Contact> contacts;
  bool remove_all = false;  // "Contact: *" with Expires 0.
  std::string source;       // "ip:port" it came from …
  bool over_tcp = false;    // … by TCP, else by UDP.
  std::string user_agent;
  std::string call_id;
  std::uint32_t cseq = 0;
};

using SipReport = std::variant<LegInvited, InviteSent, LegProgressed, LegAnswered, LegConfirmed,
                               LegRefused, LegHungUp, LegGone, LegReinvited, DigitSignalled,
                               DialogChanged, RegistrationReceived, LegReferred>;

// ---- orders: core → sip -------------------------------------------------------------------------

// Calls out. The leg's id is even, chosen by the core.
struct InviteLeg {
  static constexpr std::string_view kName = "InviteLeg";
  base::LegId leg;
  std::string profile;
  std::string request_uri;  // sip:user@host:port of the phone.
  // "ip:port" or "ip:port;transport=tcp" to send to instead of the URI's host, or empty.
  std::string next_hop;
  std::string from_display;
  std::string from_user;
  std::string from_host;  // Empty: the profile's address.
  base::Headers headers;  // sip_h_… variables.
  int max_forwards = 70;
  MediaDescription offer;
};

// Sends 180 (no media) or 183 to an inbound leg.
struct ProgressLeg {
  static constexpr std::string_view kName = "ProgressLeg";
  base::LegId leg;
  int status = 180;
  std::optional<MediaDescription> media;
};

// Sends 200 to an inbound leg.
struct AnswerLeg {
  static constexpr std::string_view kName = "AnswerLeg";
  base::LegId leg;
  MediaDescription answer;
};

// Ends a leg in whatever phase its dialog is: final response, CANCEL or BYE. An answer that crosses
// is acknowledged and ended. LegGone follows. Unknown legs are answered with LegGone at once.
struct HangUpLeg {
  static constexpr std::string_view kName = "HangUpLeg";
  base::LegId leg;
  int final_status = 480;  // For an inbound leg that is not answered yet.
  std::string reason;      // Reason header of the CANCEL, BYE or response, or empty.
};

struct AnswerReinvite {
  static constexpr std::string_view kName = "AnswerReinvite";
  base::LegId leg;
  MediaDescription answer;
};

struct RefuseReinvite {
  static constexpr std::string_view kName = "RefuseReinvite";
  base::LegId leg;
  int status = 488;
};

// Answers a REFER: with 202 and at once its outcome by NOTIFY, or with a refusal (300–699).
struct AnswerRefer {
  static constexpr std::string_view kName = "AnswerRefer";
  base::LegId leg;
  int status = 202;
  int outcome = 200;  // What the NOTIFY tells of the other party's new call.
};

// Presses a key toward the peer by INFO (application/dtmf-relay), in an established dialog. Keys
// wait for each other.
struct SignalDigit {
  static constexpr std::string_view kName = "SignalDigit";
  base::LegId leg;
  std::string digit;  // One of 0–9 * # A–D.
};

// Replies 200 with these contacts.
struct AcceptRegistration {
  static constexpr std::string_view kName = "AcceptRegistration";
  base::Ticket ticket;
  std::vector<RegistrationReceived::Contact> contacts;
};

struct RefuseRegistration {
  static constexpr std::string_view kName = "RefuseRegistration";
  base::Ticket ticket;
  int status = 403;
};

// Tells a registered phone something that it has not asked for, by NOTIFY outside a dialog.
struct NotifyPhone {
  static constexpr std::string_view kName = "NotifyPhone";
  std::string profile;
  std::string request_uri;  // The phone's Contact.
  std::string next_hop;     // As InviteLeg has it.
  std::string address;      // Of whom it is about and to: user@host.
  std::string event;
  std::string content_type;
  std::string body;
};

// After a restart: the dialog exists, requests in it must be found and can be sent.
struct RestoreDialog {
  static constexpr std::string_view kName = "RestoreDialog";
  base::LegId leg;
  DialogFacts facts;
};

// After a restart: the INVITE that is to make the dialog has no final response yet, as far as is
// known; one of the two is set. Next comes HangUpLeg, which cancels or refuses it as ever, or
// AnswerLeg, which answers it (again).
struct RestoreInvite {
  static constexpr std::string_view kName = "RestoreInvite";
  base::LegId leg;
  DialogFacts facts;
  std::optional<SentInvite> sent = {};
  std::optional<ReceivedInvite> received = {};
};

using SipOrder = std::variant<InviteLeg, ProgressLeg, AnswerLeg, HangUpLeg, AnswerReinvite,
                              RefuseReinvite, SignalDigit, AcceptRegistration, RefuseRegistration,
                              RestoreDialog, AnswerRefer, RestoreInvite, NotifyPhone>;

// Whether an order brings back a leg of an earlier process.
inline bool restores(const SipOrder& order) {
  return std::holds_alternative<RestoreDialog>(order) ||
         std::holds_alternative<RestoreInvite>(order);
}

void describe(base::Archive& archive, LegInvited& report);
void describe(base::Archive& archive, InviteSent& report);
void describe(base::Archive& archive, LegProgressed& report);
void describe(base::Archive& archive, LegAnswered& report);
void describe(base::Archive& archive, LegConfirmed& report);
void describe(base::Archive& archive, LegRefused& report);
void describe(base::Archive& archive, LegHungUp& report);
void describe(base::Archive& archive, LegGone& report);
void describe(base::Archive& archive, LegReinvited& report);
void describe(base::Archive& archive, DigitSignalled& report);
void describe(base::Archive& archive, DialogChanged& report);
void describe(base::Archive& archive, RegistrationReceived& report);
void describe(base::Archive& archive, RegistrationReceived::Contact& contact);
void describe(base::Archive& archive, LegReferred& report);

void describe(base::Archive& archive, InviteLeg& order);
void describe(base::Archive& archive, ProgressLeg& order);
void describe(base::Archive& archive, AnswerLeg& order);
void describe(base::Archive& archive, HangUpLeg& order);
void describe(base::Archive& archive, AnswerReinvite& order);
void describe(base::Archive& archive, RefuseReinvite& order);
void describe(base::Archive& archive, SignalDigit& order);
void describe(base::Archive& archive, AcceptRegistration& order);
void describe(base::Archive& archive, RefuseRegistration& order);
void describe(base::Archive& archive, RestoreDialog& order);
void describe(base::Archive& archive, AnswerRefer& order);
void describe(base::Archive& archive, RestoreInvite& order);
void describe(base::Archive& archive, NotifyPhone& order);

}  // namespace call
