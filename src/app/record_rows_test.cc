#include "app/record_rows.h"

#include <gtest/gtest.h>

#include <string>

#include "store/record_lines.h"

namespace app {
namespace {

using base::instant_ms;

core::RecordsMade made(queue::Ended ended) {
  return {.first = 1,
          .frame = {.instance_id = "east", .anchor = {.unix_ms_at_origin = 1'000'000}},
          .records = {std::move(ended)}};
}

std::string line(queue::Ended ended) {
  return store::record_line(record_rows(made(std::move(ended))).front());
}

TEST(RecordRows, AConversationTellsItsTimesInUnixMilliseconds) {
  queue::StayEnded stay;
  stay.uuid = "m1";
  stay.session_uuid = "s1";
  stay.queue = "support";
  stay.cid_number = "6001";
  stay.answered_at = instant_ms(0);
  stay.joined_at = instant_ms(10);
  stay.bridged_at = instant_ms(510);
  stay.left_at = instant_ms(2'510);
  stay.agent = "ann";
  stay.agent_uuid = "a1";
  stay.cause = "NORMAL_CLEARING";

  EXPECT_EQ(line(stay),
            R"({"uuid":"m1","instance_id":"east","queue":"support","session_uuid":"s1",)"
            R"("cid_number":"6001","cid_name":"","answered_ms":1000000,"joined_ms":1000010,)"
            R"("bridged_ms":1000510,"left_ms":1002510,"wait_ms":500,"talk_ms":2000,)"
            R"("base_score":0,"agent":"ann","agent_uuid":"a1","cause":"answered",)"
            R"("hangup_cause":"NORMAL_CLEARING"})");
}

TEST(RecordRows, OneWhoCameBackWaitedSinceThen) {
  queue::StayEnded stay;
  stay.uuid = "m1";
  stay.joined_at = instant_ms(0);
  stay.rejoined_at = instant_ms(5'000);
  stay.left_at = instant_ms(6'000);
  stay.cancelled = queue::ExitCause::Timeout;

  EXPECT_NE(line(stay).find(R"("wait_ms":1000)"), std::string::npos);
  EXPECT_NE(line(stay).find(R"("cause":"cancel","cancel_reason":"TIMEOUT"})"), std::string::npos);
}

TEST(RecordRows, AnOfferTellsHowItEnded) {
  queue::OfferEnded offer;
  offer.id = base::OfferId{7};
  offer.member_uuid = "0b6f1e52-1111-4222-8333-0000000000ff";
  offer.agent = "ann";
  offer.joined_at = instant_ms(0);
  offer.called_at = instant_ms(100);
  offer.ended_at = instant_ms(1'100);
  offer.cause = "USER_BUSY";

  const std::string text = line(offer);

  EXPECT_NE(text.find(R"("uuid":"0b6f1e52-1111-4222-8333-0000000000f8")"), std::string::npos);
  EXPECT_NE(text.find(R"("ring_ms":1000,"outcome":"not answered","hangup_cause":"USER_BUSY"})"),
            std::string::npos);
}

TEST(RecordRows, OffersOfOneMemberHaveDifferentKeysThatStayTheSame) {
  const std::string member = "0b6f1e52-1111-4222-8333-0123456789ab";

  EXPECT_EQ(offer_uuid(member, base::OfferId{1}), offer_uuid(member, base::OfferId{1}));
  EXPECT_NE(offer_uuid(member, base::OfferId{1}), offer_uuid(member, base::OfferId{2}));
  EXPECT_NE(offer_uuid(member, base::OfferId{1}), member);
  EXPECT_EQ(offer_uuid("short", base::OfferId{1}), "short-000000000001");
}

}  // namespace
}  // namespace app
