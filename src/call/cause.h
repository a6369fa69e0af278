// Why a leg ended, in the words and numbers that SIP peers, events and variables see (spec/11 §1).
//
// Numbers below 128 are those of Q.850; the others are internal and known only by name.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace call {

enum class Cause {
  None = 0,
  UnallocatedNumber = 1,
  NoRouteTransitNet = 2,
  NoRouteDestination = 3,
  NormalClearing = 16,
  UserBusy = 17,
  NoUserResponse = 18,
  NoAnswer = 19,
  SubscriberAbsent = 20,
  CallRejected = 21,
  NumberChanged = 22,
  RedirectionToNewDestination = 23,
  ExchangeRoutingError = 25,
  DestinationOutOfOrder = 27,
  InvalidNumberFormat = 28,
  FacilityRejected = 29,
  NormalUnspecified = 31,
  NormalCircuitCongestion = 34,
  NetworkOutOfOrder = 38,
  NormalTemporaryFailure = 41,
  SwitchCongestion = 42,
  RequestedChanUnavail = 44,
  OutgoingCallBarred = 52,
  IncomingCallBarred = 54,
  BearerCapabilityNotAuth = 57,
  BearerCapabilityNotAvail = 58,
  ServiceUnavailable = 63,
  BearerCapabilityNotImpl = 65,
  FacilityNotImplemented = 69,
  ServiceNotImplemented = 79,
  IncompatibleDestination = 88,
  RecoveryOnTimerExpire = 102,
  Interworking = 127,
  OriginatorCancel = 487,
  Crash = 700,
  SystemShutdown = 701,
  LoseRace = 702,
  ManagerRequest = 703,
  BlindTransfer = 800,
  AttendedTransfer = 801,
  AllottedTimeout = 802,
  UserChallenge = 803,
  MediaTimeout = 804,
  PickedOff = 805,
  UserNotRegistered = 806,
  ProgressTimeout = 807,
  InvalidGateway = 808,
  GatewayDown = 809,
  InvalidUrl = 810,
  InvalidProfile = 811,
  Unwanted = 819,
};

// "USER_BUSY" …; a number that is not in the table has the text of NormalUnspecified.
std::string_view to_text(Cause cause);

// A name in any case, or a number of the table.
std::optional<Cause> parse_cause(std::string_view text);

// What a final response of 300–699 means. A Q.850 number that came with it takes precedence, when
// it is one we know.
Cause cause_of_response(int status, std::optional<int> q850);

// What a BYE means: NORMAL_CLEARING unless it carries a Q.850 number that we know.
Cause cause_of_bye(std::optional<int> q850);

// The final response for a caller who is not answered yet.
int final_status_of(Cause cause);

// The Reason header (RFC 3326) of the BYE, CANCEL or response that ends a leg.
std::string reason_of(Cause cause);

// The Reason header of a CANCEL: a lost race says that the call was completed elsewhere.
std::string reason_of_cancel(Cause cause);

// The Q.850 number that variables show; 0 for causes that have none.
int q850_of(Cause cause);

}  // namespace call
