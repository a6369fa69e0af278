#include "call/cause.h"

#include <gtest/gtest.h>

namespace call {
namespace {

struct Response {
  int status;
  std::string_view cause;
};

// spec/11 §1, whole table.
constexpr Response kResponses[] = {
    {302, "REDIRECTION_TO_NEW_DESTINATION"},
    {400, "NORMAL_TEMPORARY_FAILURE"},
    {401, "CALL_REJECTED"},
    {402, "CALL_REJECTED"},
    {403, "CALL_REJECTED"},
    {404, "UNALLOCATED_NUMBER"},
    {405, "SERVICE_UNAVAILABLE"},
    {406, "SERVICE_NOT_IMPLEMENTED"},
    {407, "CALL_REJECTED"},
    {408, "RECOVERY_ON_TIMER_EXPIRE"},
    {410, "NUMBER_CHANGED"},
    {413, "INTERWORKING"},
    {415, "SERVICE_NOT_IMPLEMENTED"},
    {423, "INTERWORKING"},
    {480, "NO_USER_RESPONSE"},
    {481, "NORMAL_TEMPORARY_FAILURE"},
    {482, "EXCHANGE_ROUTING_ERROR"},
    {483, "EXCHANGE_ROUTING_ERROR"},
    {484, "INVALID_NUMBER_FORMAT"},
    {485, "NO_ROUTE_DESTINATION"},
    {486, "USER_BUSY"},
    {487, "ORIGINATOR_CANCEL"},
    {488, "INCOMPATIBLE_DESTINATION"},
    {499, "NORMAL_UNSPECIFIED"},
    {500, "NORMAL_TEMPORARY_FAILURE"},
    {501, "SERVICE_NOT_IMPLEMENTED"},
    {502, "NETWORK_OUT_OF_ORDER"},
    {503, "NORMAL_TEMPORARY_FAILURE"},
    {504, "RECOVERY_ON_TIMER_EXPIRE"},
    {505, "INTERWORKING"},
    {600, "USER_BUSY"},
    {603, "CALL_REJECTED"},
    {604, "NO_ROUTE_DESTINATION"},
    {606, "INCOMPATIBLE_DESTINATION"},
    {607, "UNWANTED"},
    {608, "CALL_REJECTED"},
    {699, "NORMAL_UNSPECIFIED"},
};

TEST(Cause, FinalResponsesMeanWhatTheTableSays) {
  for (const Response& row : kResponses) {
    EXPECT_EQ(to_text(cause_of_response(row.status, std::nullopt)), row.cause) << row.status;
  }
}

struct Refusal {
  std::string_view cause;
  int status;
};

constexpr Refusal kRefusals[] = {
    {"UNALLOCATED_NUMBER", 404},
    {"NO_ROUTE_TRANSIT_NET", 404},
    {"NO_ROUTE_DESTINATION", 404},
    {"NORMAL_CLEARING", 480},
    {"USER_BUSY", 486},
    {"NO_USER_RESPONSE", 408},
    {"NO_ANSWER", 480},
    {"SUBSCRIBER_ABSENT", 480},
    {"CALL_REJECTED", 603},
    {"NUMBER_CHANGED", 410},
    {"REDIRECTION_TO_NEW_DESTINATION", 410},
    {"EXCHANGE_ROUTING_ERROR", 483},
    {"DESTINATION_OUT_OF_ORDER", 502},
    {"INVALID_NUMBER_FORMAT", 484},
    {"FACILITY_REJECTED", 501},
    {"NORMAL_UNSPECIFIED", 480},
    {"NORMAL_CIRCUIT_CONGESTION", 503},
    {"NETWORK_OUT_OF_ORDER", 503},
    {"NORMAL_TEMPORARY_FAILURE", 503},
    {"SWITCH_CONGESTION", 503},
    {"REQUESTED_CHAN_UNAVAIL", 503},
    {"OUTGOING_CALL_BARRED", 403},
    {"INCOMING_CALL_BARRED", 403},
    {"BEARERCAPABILITY_NOTAUTH", 403},
    {"BEARERCAPABILITY_NOTAVAIL", 503},
    {"BEARERCAPABILITY_NOTIMPL", 488},
    {"FACILITY_NOT_IMPLEMENTED", 501},
    {"SERVICE_NOT_IMPLEMENTED", 501},
    {"INCOMPATIBLE_DESTINATION", 488},
    {"RECOVERY_ON_TIMER_EXPIRE", 504},
    {"ORIGINATOR_CANCEL", 487},
    {"GATEWAY_DOWN", 503},
    {"ALLOTTED_TIMEOUT", 480},
};

TEST(Cause, UnansweredCallersGetTheResponseOfTheTable) {
  for (const Refusal& row : kRefusals) {
    const auto cause = parse_cause(row.cause);
    ASSERT_TRUE(cause.has_value()) << row.cause;
    EXPECT_EQ(final_status_of(*cause), row.status) << row.cause;
  }
}

TEST(Cause, KnownQ850NumberTakesPrecedence) {
  EXPECT_EQ(cause_of_response(480, 17), Cause::UserBusy);
  EXPECT_EQ(cause_of_bye(31), Cause::NormalUnspecified);
}

TEST(Cause, UnknownQ850NumberIsIgnored) {
  for (const int odd : {-1, 0, 11, 126, 128, 487, 802, 1'000'000}) {
    EXPECT_EQ(cause_of_response(486, odd), Cause::UserBusy) << odd;
    EXPECT_EQ(cause_of_bye(odd), Cause::NormalClearing) << odd;
  }
}

TEST(Cause, ReasonNamesItsProtocol) {
  EXPECT_EQ(reason_of(Cause::NormalClearing), "Q.850;cause=16;text=\"NORMAL_CLEARING\"");
  EXPECT_EQ(reason_of(Cause::OriginatorCancel), "SIP;cause=487;text=\"ORIGINATOR_CANCEL\"");
  EXPECT_EQ(reason_of(Cause::AllottedTimeout), "SIP;cause=802;text=\"ALLOTTED_TIMEOUT\"");
  EXPECT_EQ(reason_of(Cause::Interworking), "Q.850;cause=127;text=\"INTERWORKING\"");
}

TEST(Cause, CancelOfALostRaceSaysCompletedElsewhere) {
  EXPECT_EQ(reason_of_cancel(Cause::LoseRace), "SIP;cause=200;text=\"Call completed elsewhere\"");
  EXPECT_EQ(reason_of_cancel(Cause::NoAnswer), "Q.850;cause=19;text=\"NO_ANSWER\"");
}

TEST(Cause, ParsesNamesInAnyCaseAndNumbers) {
  EXPECT_EQ(parse_cause("user_busy"), Cause::UserBusy);
  EXPECT_EQ(parse_cause(" USER_BUSY "), Cause::UserBusy);
  EXPECT_EQ(parse_cause("17"), Cause::UserBusy);
  EXPECT_EQ(parse_cause("806"), Cause::UserNotRegistered);
  for (const char* odd : {"", "BUSY", "11", "-17", "820", "17x", "99999999999999999999"}) {
    EXPECT_FALSE(parse_cause(odd).has_value()) << odd;
  }
}

TEST(Cause, InternalCausesHaveNoQ850Number) {
  EXPECT_EQ(q850_of(Cause::UserBusy), 17);
  EXPECT_EQ(q850_of(Cause::LoseRace), 0);
}

}  // namespace
}  // namespace call
