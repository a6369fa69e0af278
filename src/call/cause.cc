#include "call/cause.h"

#include <array>

#include "base/text.h"

namespace call {
namespace {

// Numbers from here on are internal: Q.850 has seven bits.
constexpr int kFirstInternalNumber = 128;
constexpr int kDefaultFinalStatus = 480;

struct Row {
  Cause cause;
  std::string_view name;
  int final_status;
};

// spec/11 §1: names, and the final response to an unanswered caller.
constexpr std::array kRows = {
    Row{Cause::None, "NONE", 480},
    Row{Cause::UnallocatedNumber, "UNALLOCATED_NUMBER", 404},
    Row{Cause::NoRouteTransitNet, "NO_ROUTE_TRANSIT_NET", 404},
    Row{Cause::NoRouteDestination, "NO_ROUTE_DESTINATION", 404},
    Row{Cause::NormalClearing, "NORMAL_CLEARING", 480},
    Row{Cause::UserBusy, "USER_BUSY", 486},
    Row{Cause::NoUserResponse, "NO_USER_RESPONSE", 408},
    Row{Cause::NoAnswer, "NO_ANSWER", 480},
    Row{Cause::SubscriberAbsent, "SUBSCRIBER_ABSENT", 480},
    Row{Cause::CallRejected, "CALL_REJECTED", 603},
    Row{Cause::NumberChanged, "NUMBER_CHANGED", 410},
    Row{Cause::RedirectionToNewDestination, "REDIRECTION_TO_NEW_DESTINATION", 410},
    Row{Cause::ExchangeRoutingError, "EXCHANGE_ROUTING_ERROR", 483},
    Row{Cause::DestinationOutOfOrder, "DESTINATION_OUT_OF_ORDER", 502},
    Row{Cause::InvalidNumberFormat, "INVALID_NUMBER_FORMAT", 484},
    Row{Cause::FacilityRejected, "FACILITY_REJECTED", 501},
    Row{Cause::NormalUnspecified, "NORMAL_UNSPECIFIED", 480},
    Row{Cause::NormalCircuitCongestion, "NORMAL_CIRCUIT_CONGESTION", 503},
    Row{Cause::NetworkOutOfOrder, "NETWORK_OUT_OF_ORDER", 503},
    Row{Cause::NormalTemporaryFailure, "NORMAL_TEMPORARY_FAILURE", 503},
    Row{Cause::SwitchCongestion, "SWITCH_CONGESTION", 503},
    Row{Cause::RequestedChanUnavail, "REQUESTED_CHAN_UNAVAIL", 503},
    Row{Cause::OutgoingCallBarred, "OUTGOING_CALL_BARRED", 403},
    Row{Cause::IncomingCallBarred, "INCOMING_CALL_BARRED", 403},
    Row{Cause::BearerCapabilityNotAuth, "BEARERCAPABILITY_NOTAUTH", 403},
    Row{Cause::BearerCapabilityNotAvail, "BEARERCAPABILITY_NOTAVAIL", 503},
    Row{Cause::ServiceUnavailable, "SERVICE_UNAVAILABLE", 480},
    Row{Cause::BearerCapabilityNotImpl, "BEARERCAPABILITY_NOTIMPL", 488},
    Row{Cause::FacilityNotImplemented, "FACILITY_NOT_IMPLEMENTED", 501},
    Row{Cause::ServiceNotImplemented, "SERVICE_NOT_IMPLEMENTED", 501},
    Row{Cause::IncompatibleDestination, "INCOMPATIBLE_DESTINATION", 488},
    Row{Cause::RecoveryOnTimerExpire, "RECOVERY_ON_TIMER_EXPIRE", 504},
    Row{Cause::Interworking, "INTERWORKING", 480},
    Row{Cause::OriginatorCancel, "ORIGINATOR_CANCEL", 487},
    Row{Cause::Crash, "CRASH", 480},
    Row{Cause::SystemShutdown, "SYSTEM_SHUTDOWN", 480},
    Row{Cause::LoseRace, "LOSE_RACE", 480},
    Row{Cause::ManagerRequest, "MANAGER_REQUEST", 480},
    Row{Cause::BlindTransfer, "BLIND_TRANSFER", 480},
    Row{Cause::AttendedTransfer, "ATTENDED_TRANSFER", 480},
    Row{Cause::AllottedTimeout, "ALLOTTED_TIMEOUT", 480},
    Row{Cause::UserChallenge, "USER_CHALLENGE", 480},
    Row{Cause::MediaTimeout, "MEDIA_TIMEOUT", 480},
    Row{Cause::PickedOff, "PICKED_OFF", 480},
    Row{Cause::UserNotRegistered, "USER_NOT_REGISTERED", 480},
    Row{Cause::ProgressTimeout, "PROGRESS_TIMEOUT", 480},
    Row{Cause::InvalidGateway, "INVALID_GATEWAY", 480},
    Row{Cause::GatewayDown, "GATEWAY_DOWN", 503},
    Row{Cause::InvalidUrl, "INVALID_URL", 480},
    Row{Cause::InvalidProfile, "INVALID_PROFILE", 480},
    Row{Cause::Unwanted, "UNWANTED", 480},
};

struct ResponseRow {
  int status;
  Cause cause;
};

// spec/11 §1: final response received on a leg.
constexpr std::array kResponses = {
    ResponseRow{400, Cause::NormalTemporaryFailure},
    ResponseRow{401, Cause::CallRejected},
    ResponseRow{402, Cause::CallRejected},
    ResponseRow{403, Cause::CallRejected},
    ResponseRow{404, Cause::UnallocatedNumber},
    ResponseRow{405, Cause::ServiceUnavailable},
    ResponseRow{406, Cause::ServiceNotImplemented},
    ResponseRow{407, Cause::CallRejected},
    ResponseRow{408, Cause::RecoveryOnTimerExpire},
    ResponseRow{410, Cause::NumberChanged},
    ResponseRow{413, Cause::Interworking},
    ResponseRow{414, Cause::Interworking},
    ResponseRow{415, Cause::ServiceNotImplemented},
    ResponseRow{416, Cause::Interworking},
    ResponseRow{420, Cause::Interworking},
    ResponseRow{421, Cause::Interworking},
    ResponseRow{423, Cause::Interworking},
    ResponseRow{480, Cause::NoUserResponse},
    ResponseRow{481, Cause::NormalTemporaryFailure},
    ResponseRow{482, Cause::ExchangeRoutingError},
    ResponseRow{483, Cause::ExchangeRoutingError},
    ResponseRow{484, Cause::InvalidNumberFormat},
    ResponseRow{485, Cause::NoRouteDestination},
    ResponseRow{486, Cause::UserBusy},
    ResponseRow{487, Cause::OriginatorCancel},
    ResponseRow{488, Cause::IncompatibleDestination},
    ResponseRow{500, Cause::NormalTemporaryFailure},
    ResponseRow{501, Cause::ServiceNotImplemented},
    ResponseRow{502, Cause::NetworkOutOfOrder},
    ResponseRow{503, Cause::NormalTemporaryFailure},
    ResponseRow{504, Cause::RecoveryOnTimerExpire},
    ResponseRow{505, Cause::Interworking},
    ResponseRow{513, Cause::Interworking},
    ResponseRow{600, Cause::UserBusy},
    ResponseRow{603, Cause::CallRejected},
    ResponseRow{604, Cause::NoRouteDestination},
    ResponseRow{606, Cause::IncompatibleDestination},
    ResponseRow{607, Cause::Unwanted},
    ResponseRow{608, Cause::CallRejected},
};

const Row* row_of(int number) {
  for (const Row& row : kRows) {
    if (static_cast<int>(row.cause) == number) return &row;
  }
  return nullptr;
}

const Row& row_of(Cause cause) {
  const Row* row = row_of(static_cast<int>(cause));
  return row != nullptr ? *row : *row_of(static_cast<int>(Cause::NormalUnspecified));
}

// A Q.850 number from the wire, when it says something: 0 and unknown numbers do not.
std::optional<Cause> cause_of_q850(std::optional<int> q850) {
  if (!q850 || *q850 <= 0 || *q850 >= kFirstInternalNumber) return std::nullopt;
  const Row* row = row_of(*q850);
  if (row == nullptr) return std::nullopt;
  return row->cause;
}

}  // namespace

std::string_view to_text(Cause cause) {
  return row_of(cause).name;
}

std::optional<Cause> parse_cause(std::string_view text) {
  text = base::trim(text);
  for (const Row& row : kRows) {
    if (base::equal_ignoring_case(row.name, text)) return row.cause;
  }
  const auto number = base::parse_integer(text);
  if (!number || *number < 0 || *number > static_cast<int>(Cause::Unwanted)) return std::nullopt;
  const Row* row = row_of(static_cast<int>(*number));
  if (row == nullptr) return std::nullopt;
  return row->cause;
}

Cause cause_of_response(int status, std::optional<int> q850) {
  if (const auto told = cause_of_q850(q850)) return *told;
  // A redirection that is not followed counts as a refusal with its own cause (spec/10 #45).
  if (status >= 300 && status < 400) return Cause::RedirectionToNewDestination;
  for (const ResponseRow& row : kResponses) {
    if (row.status == status) return row.cause;
  }
  return Cause::NormalUnspecified;
}

Cause cause_of_bye(std::optional<int> q850) {
  return cause_of_q850(q850).value_or(Cause::NormalClearing);
}

int final_status_of(Cause cause) {
  const Row* row = row_of(static_cast<int>(cause));
  return row != nullptr ? row->final_status : kDefaultFinalStatus;
}

std::string reason_of(Cause cause) {
  const Row& row = row_of(cause);
  const int number = static_cast<int>(row.cause);
  const std::string_view protocol = number < kFirstInternalNumber ? "Q.850" : "SIP";
  return std::string(protocol) + ";cause=" + std::to_string(number) + ";text=\"" +
         std::string(row.name) + "\"";
}

std::string reason_of_cancel(Cause cause) {
  if (cause == Cause::LoseRace) return "SIP;cause=200;text=\"Call completed elsewhere\"";
  return reason_of(cause);
}

int q850_of(Cause cause) {
  const int number = static_cast<int>(row_of(cause).cause);
  return number < kFirstInternalNumber ? number : 0;
}

}  // namespace call
