#include "call/refer.h"

#include "call/requests.h"

namespace call {
namespace {

constexpr int kForbidden = 403;
constexpr int kNotImplemented = 501;
constexpr int kDeclined = 603;

// Those whom we have called, and callers who have proven who they are.
bool is_known(const Leg& leg) {
  return leg.direction == Direction::Outbound || !leg.variables.get("sip_auth_username").empty();
}

// Returns: the status that refuses the transfer; 0 when it is possible.
int refusal_of(const Turn& turn, const Leg& leg, const LegReferred& report) {
  if (report.replaces) return kNotImplemented;
  if (!is_known(leg)) return kForbidden;
  const Leg* partner = turn.leg(leg.bridge);
  return partner != nullptr && may_be_transferred(*partner) ? 0 : kDeclined;
}

}  // namespace

void leg_referred(Turn& turn, Surroundings& around, Leg& leg, const LegReferred& report) {
  if (leg.is_ending()) return;
  if (const int refused_with = refusal_of(turn, leg, report); refused_with != 0) {
    turn.warn(leg, leg.name + ": its transfer to " + report.target_user + " is refused with " +
                       std::to_string(refused_with));
    turn.out.emplace_back(AnswerRefer{leg.id, refused_with});
    return;
  }
  // Before the BYE that may follow.
  turn.out.emplace_back(AnswerRefer{leg.id});
  request_transfer(turn, around, leg, Whom::Partner,
                   {report.target_user, {}, TransferTo::Limits::Kept});
}

}  // namespace call
