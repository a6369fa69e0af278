#include "call/cause.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace call {
namespace {

struct Row {
  std::string_view name;
  int number;
  int final_status;  // For a caller who is not answered yet.
};

// spec/11 §1, every cause.
constexpr Row kCauses[] = {
    {"UNALLOCATED_NUMBER", 1, 404},
    {"NO_ROUTE_TRANSIT_NET", 2, 404},
    {"NO_ROUTE_DESTINATION", 3, 404},
    {"NORMAL_CLEARING", 16, 480},
    {"USER_BUSY", 17, 486},
    {"NO_USER_RESPONSE", 18, 408},
    {"NO_ANSWER", 19, 480},
    {"SUBSCRIBER_ABSENT", 20, 480},
    {"CALL_REJECTED", 21, 603},
    {"NUMBER_CHANGED", 22, 410},
    {"REDIRECTION_TO_NEW_DESTINATION", 23, 410},
    {"EXCHANGE_ROUTING_ERROR", 25, 483},
    {"DESTINATION_OUT_OF_ORDER", 27, 502},
    {"INVALID_NUMBER_FORMAT", 28, 484},
    {"FACILITY_REJECTED", 29, 501},
    {"NORMAL_UNSPECIFIED", 31, 480},
    {"NORMAL_CIRCUIT_CONGESTION", 34, 503},
    {"NETWORK_OUT_OF_ORDER", 38, 503},
    {"NORMAL_TEMPORARY_FAILURE", 41, 503},
    {"SWITCH_CONGESTION", 42, 503},
    {"REQUESTED_CHAN_UNAVAIL", 44, 503},
    {"OUTGOING_CALL_BARRED", 52, 403},
    {"INCOMING_CALL_BARRED", 54, 403},
    {"BEARERCAPABILITY_NOTAUTH", 57, 403},
    {"BEARERCAPABILITY_NOTAVAIL", 58, 503},
    {"SERVICE_UNAVAILABLE", 63, 480},
    {"BEARERCAPABILITY_NOTIMPL", 65, 488},
    {"FACILITY_NOT_IMPLEMENTED", 69, 501},
    {"SERVICE_NOT_IMPLEMENTED", 79, 501},
    {"INCOMPATIBLE_DESTINATION", 88, 488},
    {"RECOVERY_ON_TIMER_EXPIRE", 102, 504},
    {"INTERWORKING", 127, 480},
    {"ORIGINATOR_CANCEL", 487, 487},
    {"CRASH", 700, 480},
    {"SYSTEM_SHUTDOWN", 701, 480},
    {"LOSE_RACE", 702, 480},
    {"MANAGER_REQUEST", 703, 480},
    {"BLIND_TRANSFER", 800, 480},
    {"ATTENDED_TRANSFER", 801, 480},
    {"ALLOTTED_TIMEOUT", 802, 480},
    {"USER_CHALLENGE", 803, 480},
    {"MEDIA_TIMEOUT", 804, 480},
    {"PICKED_OFF", 805, 480},
    {"USER_NOT_REGISTERED", 806, 480},
    {"PROGRESS_TIMEOUT", 807, 480},
    {"INVALID_GATEWAY", 808, 480},
    {"GATEWAY_DOWN", 809, 503},
    {"INVALID_URL", 810, 480},
    {"INVALID_PROFILE", 811, 480},
    {"UNWANTED", 819, 480},
};

struct Response {
  int status;
  std::string_view cause;
};

// spec/11 §1, every response that has a cause of its own.
constexpr Response kResponses[] = {
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
    {414, "INTERWORKING"},
    {415, "SERVICE_NOT_IMPLEMENTED"},
    {416, "INTERWORKING"},
    {420, "INTERWORKING"},
    {421, "INTERWORKING"},
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
    {500, "NORMAL_TEMPORARY_FAILURE"},
    {501, "SERVICE_NOT_IMPLEMENTED"},
    {502, "NETWORK_OUT_OF_ORDER"},
    {503, "NORMAL_TEMPORARY_FAILURE"},
    {504, "RECOVERY_ON_TIMER_EXPIRE"},
    {505, "INTERWORKING"},
    {513, "INTERWORKING"},
    {600, "USER_BUSY"},
    {603, "CALL_REJECTED"},
    {604, "NO_ROUTE_DESTINATION"},
    {606, "INCOMPATIBLE_DESTINATION"},
    {607, "UNWANTED"},
    {608, "CALL_REJECTED"},
};

constexpr int kFirstInternalNumber = 128;  // Q.850 has seven bits.

std::string_view cause_in_table(int status) {
  if (status < 400) return "REDIRECTION_TO_NEW_DESTINATION";  // spec/10 #45
  for (const Response& row : kResponses) {
    if (row.status == status) return row.cause;
  }
  return "NORMAL_UNSPECIFIED";
}

TEST(Cause, FinalResponsesMeanWhatTheTableSays) {
  for (int status = 300; status < 700; ++status) {
    EXPECT_EQ(to_text(cause_of_response(status, std::nullopt)), cause_in_table(status)) << status;
  }
}

TEST(Cause, NamesAndNumbersAreThoseOfTheTable) {
  for (const Row& row : kCauses) {
    const auto cause = parse_cause(row.name);
    ASSERT_TRUE(cause.has_value()) << row.name;
    EXPECT_EQ(static_cast<int>(*cause), row.number) << row.name;
    EXPECT_EQ(to_text(*cause), row.name);
    EXPECT_EQ(parse_cause(std::to_string(row.number)), cause) << row.name;
    EXPECT_EQ(q850_of(*cause), row.number < kFirstInternalNumber ? row.number : 0) << row.name;
  }
}

TEST(Cause, UnansweredCallersGetTheResponseOfTheTable) {
  for (const Row& row : kCauses) {
    EXPECT_EQ(final_status_of(*parse_cause(row.name)), row.final_status) << row.name;
  }
}

TEST(Cause, EveryReasonIsWrittenAsTheTableSays) {
  for (const Row& row : kCauses) {
    const std::string protocol = row.number < kFirstInternalNumber ? "Q.850" : "SIP";
    const std::string reason = protocol + ";cause=" + std::to_string(row.number) + ";text=\"" +
                               std::string(row.name) + "\"";
    const Cause cause = *parse_cause(row.name);
    EXPECT_EQ(reason_of(cause), reason);
    if (cause == Cause::LoseRace) continue;  // Its CANCEL has words of its own.
    EXPECT_EQ(reason_of_cancel(cause), reason);
  }
}

TEST(Cause, Q850NumberOfAPeerIsTheCauseWhateverItsResponse) {
  for (const Row& row : kCauses) {
    const bool is_q850 = row.number < kFirstInternalNumber;
    for (const Response& response : kResponses) {
      EXPECT_EQ(to_text(cause_of_response(response.status, row.number)),
                is_q850 ? row.name : response.cause)
          << row.name << " in " << response.status;
    }
    EXPECT_EQ(to_text(cause_of_bye(row.number)), is_q850 ? row.name : "NORMAL_CLEARING");
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
