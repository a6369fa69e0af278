#include "call/negotiation.h"

#include <gtest/gtest.h>

namespace call {
namespace {

const Codec kPcmu{0, "PCMU", 8000, {}};
const Codec kPcma{8, "PCMA", 8000, {}};
const Codec kDigits{96, "telephone-event", 8000, "0-16"};

MediaDescription offer_of(std::vector<Codec> codecs) {
  MediaDescription offer;
  offer.address = "192.0.2.7";
  offer.port = 4000;
  offer.codecs = std::move(codecs);
  return offer;
}

LegMedia our_media() {
  LegMedia media;
  media.address = "127.0.0.1";
  media.port = 20'000;
  media.session_id = 7;
  media.session_version = 8;
  return media;
}

TEST(Negotiation, PcmuIsFoundBehindOtherCodecs) {
  const auto agreed = agree(offer_of({kPcma, kPcmu, kDigits}), {"PCMU"});

  ASSERT_TRUE(agreed.has_value());
  EXPECT_EQ(agreed->codec.name, "PCMU");
  EXPECT_EQ(agreed->digits_payload_type, 96);
  EXPECT_EQ(agreed->direction, MediaDirection::SendReceive);
}

TEST(Negotiation, StaticPayloadTypeNeedsNoName) {
  const auto agreed = agree(offer_of({Codec{0, "", 8000, {}}}), {"PCMU"});

  ASSERT_TRUE(agreed.has_value());
  EXPECT_EQ(agreed->codec.name, "PCMU");
  EXPECT_EQ(agreed->digits_payload_type, -1);
}

TEST(Negotiation, NothingInCommonIsNoAgreement) {
  EXPECT_FALSE(agree(offer_of({kPcma}), {"PCMU"}).has_value());
  EXPECT_FALSE(agree(offer_of({kPcmu}), {"PCMA"}).has_value());
  EXPECT_FALSE(agree(offer_of({}), {"PCMU"}).has_value());
  EXPECT_FALSE(agree(offer_of({kPcmu}), {}).has_value());
  EXPECT_FALSE(agree(offer_of({Codec{97, "PCMU", 16000, {}}}), {"PCMU"}).has_value());
}

TEST(Negotiation, RefusedAudioLineIsNoAgreement) {
  MediaDescription refused = offer_of({kPcmu});
  refused.port = 0;

  EXPECT_FALSE(agree(refused, {"PCMU"}).has_value());
}

TEST(Negotiation, PreferenceMayCarryItsRate) {
  EXPECT_TRUE(agree(offer_of({kPcmu}), {"opus@48000h", "pcmu@8000h@20i"}).has_value());
}

TEST(Negotiation, DirectionIsAnsweredFromTheOtherSide) {
  struct Row {
    MediaDirection theirs;
    MediaDirection ours;
  };
  for (const Row& row : {Row{MediaDirection::SendReceive, MediaDirection::SendReceive},
                         Row{MediaDirection::SendOnly, MediaDirection::ReceiveOnly},
                         Row{MediaDirection::ReceiveOnly, MediaDirection::SendOnly},
                         Row{MediaDirection::Inactive, MediaDirection::Inactive}}) {
    MediaDescription offer = offer_of({kPcmu});
    offer.direction = row.theirs;
    EXPECT_EQ(agree(offer, {"PCMU"})->direction, row.ours);
  }
}

TEST(Negotiation, OldStyleHoldIsSentNothing) {
  MediaDescription offer = offer_of({kPcmu});
  offer.address = "0.0.0.0";

  EXPECT_TRUE(is_hold(offer));
  EXPECT_EQ(agree(offer, {"PCMU"})->direction, MediaDirection::ReceiveOnly);
}

TEST(Negotiation, AbsurdPacketTimesAreBroughtWithinBounds) {
  MediaDescription offer = offer_of({kPcmu});
  offer.packet_ms = 5'000;
  EXPECT_EQ(agree(offer, {"PCMU"})->packet_ms, 60);
  offer.packet_ms = 0;
  EXPECT_EQ(agree(offer, {"PCMU"})->packet_ms, 10);
}

TEST(Negotiation, AnswerUsesThePeersPayloadTypesAndRefusesOtherMedia) {
  MediaDescription offer = offer_of({kPcma, kPcmu, kDigits});
  offer.other_lines = {"video RTP/AVP 96"};

  const MediaDescription answer = make_answer(offer, *agree(offer, {"PCMU"}), our_media());

  EXPECT_EQ(answer.port, 20'000);
  EXPECT_EQ(answer.session_id, 7u);
  EXPECT_EQ(answer.session_version, 8u);
  ASSERT_EQ(answer.codecs.size(), 2u);
  EXPECT_EQ(answer.codecs[0], kPcmu);
  EXPECT_EQ(answer.codecs[1].payload_type, 96);
  EXPECT_EQ(answer.other_lines, offer.other_lines);
}

TEST(Negotiation, OurOfferHasPcmuAndDigits) {
  SipProfile profile;
  profile.outbound_codecs = {"OPUS", "PCMU@20i"};
  profile.digits_payload_type = 101;

  const MediaDescription offer = make_offer(profile, our_media());

  ASSERT_EQ(offer.codecs.size(), 2u);
  EXPECT_EQ(offer.codecs[0], kPcmu);
  EXPECT_EQ(offer.codecs[1].payload_type, 101);
}

TEST(Negotiation, ProfileWithoutOurCodecsStillOffersOne) {
  SipProfile profile;
  profile.outbound_codecs = {"OPUS"};

  EXPECT_EQ(make_offer(profile, our_media()).codecs.front(), kPcmu);
}

}  // namespace
}  // namespace call
