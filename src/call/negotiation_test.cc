#include "call/negotiation.h"

#include <gtest/gtest.h>

#include <set>

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
  const auto agreed = agree(offer_of({kPcma, kPcmu, kDigits}), {"PCMU"}, CodecChoice::Generous);

  ASSERT_TRUE(agreed.has_value());
  EXPECT_EQ(agreed->codec.name, "PCMU");
  EXPECT_EQ(agreed->digits_payload_type, 96);
  EXPECT_EQ(agreed->direction, MediaDirection::SendReceive);
}

TEST(Negotiation, StaticPayloadTypeNeedsNoName) {
  const auto agreed = agree(offer_of({Codec{0, "", 8000, {}}}), {"PCMU"}, CodecChoice::Generous);

  ASSERT_TRUE(agreed.has_value());
  EXPECT_EQ(agreed->codec.name, "PCMU");
  EXPECT_EQ(agreed->digits_payload_type, -1);
}

TEST(Negotiation, NothingInCommonIsNoAgreement) {
  EXPECT_FALSE(agree(offer_of({kPcma}), {"PCMU"}, CodecChoice::Generous).has_value());
  EXPECT_FALSE(agree(offer_of({kPcmu}), {"PCMA"}, CodecChoice::Generous).has_value());
  EXPECT_FALSE(agree(offer_of({}), {"PCMU"}, CodecChoice::Generous).has_value());
  EXPECT_FALSE(agree(offer_of({kPcmu}), {}, CodecChoice::Generous).has_value());
  EXPECT_FALSE(
      agree(offer_of({Codec{97, "PCMU", 16000, {}}}), {"PCMU"}, CodecChoice::Generous).has_value());
}

TEST(Negotiation, RefusedAudioLineIsNoAgreement) {
  MediaDescription refused = offer_of({kPcmu});
  refused.port = 0;

  EXPECT_FALSE(agree(refused, {"PCMU"}, CodecChoice::Generous).has_value());
}

TEST(Negotiation, PreferenceMayCarryItsRate) {
  EXPECT_TRUE(agree(offer_of({kPcmu}), {"opus@48000h", "pcmu@8000h@20i"}, CodecChoice::Generous)
                  .has_value());
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
    EXPECT_EQ(agree(offer, {"PCMU"}, CodecChoice::Generous)->direction, row.ours);
  }
}

TEST(Negotiation, OldStyleHoldIsSentNothing) {
  MediaDescription offer = offer_of({kPcmu});
  offer.address = "0.0.0.0";

  EXPECT_TRUE(is_hold(offer));
  EXPECT_EQ(agree(offer, {"PCMU"}, CodecChoice::Generous)->direction, MediaDirection::ReceiveOnly);
}

TEST(Negotiation, AbsurdPacketTimesAreBroughtWithinBounds) {
  MediaDescription offer = offer_of({kPcmu});
  offer.packet_ms = 5'000;
  EXPECT_EQ(agree(offer, {"PCMU"}, CodecChoice::Generous)->packet_ms, 60);
  offer.packet_ms = 0;
  EXPECT_EQ(agree(offer, {"PCMU"}, CodecChoice::Generous)->packet_ms, 10);
}

TEST(Negotiation, AnswerUsesThePeersPayloadTypesAndRefusesOtherMedia) {
  MediaDescription offer = offer_of({kPcma, kPcmu, kDigits});
  offer.other_lines = {"video RTP/AVP 96"};

  const MediaDescription answer =
      make_answer(offer, *agree(offer, {"PCMU"}, CodecChoice::Generous), our_media());

  EXPECT_EQ(answer.port, 20'000);
  EXPECT_EQ(answer.session_id, 7u);
  EXPECT_EQ(answer.session_version, 8u);
  ASSERT_EQ(answer.codecs.size(), 2u);
  EXPECT_EQ(answer.codecs[0], kPcmu);
  EXPECT_EQ(answer.codecs[1].payload_type, 96);
  EXPECT_EQ(answer.other_lines, offer.other_lines);
}

TEST(Negotiation, GenerousTakesTheirOrderAndGreedyOurs) {
  const MediaDescription offer = offer_of({kPcmu, kPcma});

  EXPECT_EQ(agree(offer, {"PCMA", "PCMU"}, CodecChoice::Generous)->codec, kPcmu);
  EXPECT_EQ(agree(offer, {"PCMA", "PCMU"}, CodecChoice::Greedy)->codec, kPcma);
  EXPECT_EQ(agree(offer, {"OPUS", "PCMA"}, CodecChoice::Generous)->codec, kPcma);
}

TEST(Negotiation, DynamicNumbersAreThePeers) {
  const MediaDescription offer = offer_of({Codec{97, "pcma", 8000, {}}, kDigits});

  const auto agreed = agree(offer, {"PCMU", "PCMA"}, CodecChoice::Generous);

  ASSERT_TRUE(agreed.has_value());
  EXPECT_EQ(agreed->codec.payload_type, 97);
  EXPECT_EQ(make_answer(offer, *agreed, our_media()).codecs.front().payload_type, 97);
}

TEST(Negotiation, PacketTimeIsThePeersWithinItsLongest) {
  struct Row {
    int wished;
    int longest;
    int agreed;
  };
  for (const Row& row :
       {Row{30, 0, 30}, Row{60, 0, 60}, Row{40, 20, 20}, Row{20, 150, 20}, Row{20, 5, 10}}) {
    MediaDescription offer = offer_of({kPcmu});
    offer.packet_ms = row.wished;
    offer.packet_ms_max = row.longest;
    const auto agreed = agree(offer, {"PCMU"}, CodecChoice::Generous);
    EXPECT_EQ(agreed->packet_ms, row.agreed);
    EXPECT_EQ(make_answer(offer, *agreed, our_media()).packet_ms, row.agreed);
  }
}

TEST(Negotiation, OurOfferHasWhatIsWantedInItsOrderAndDigits) {
  LegMedia ours = our_media();

  prepare_offer(ours, {"GSM", "PCMA@30i", "pcmu", "PCMA"}, 101);
  const MediaDescription offer = make_offer(ours);

  ASSERT_EQ(offer.codecs.size(), 3u);
  EXPECT_EQ(offer.codecs[0], kPcma);
  EXPECT_EQ(offer.codecs[1], kPcmu);
  EXPECT_EQ(offer.codecs[2].payload_type, 101);
  EXPECT_EQ(offer.packet_ms, 30);
  EXPECT_EQ(offer.port, 20'000);
}

TEST(Negotiation, OpusIsOfferedWithKeysOfItsClock) {
  LegMedia ours = our_media();

  prepare_offer(ours, {"OPUS", "G722", "PCMU"}, 101);
  const MediaDescription offer = make_offer(ours);

  const std::vector<Codec> expected = {{102, "opus", 48'000, "useinbandfec=1"},
                                       {9, "G722", 8000, {}},
                                       kPcmu,
                                       {101, "telephone-event", 8000, "0-16"},
                                       {103, "telephone-event", 48'000, "0-16"}};
  EXPECT_EQ(offer.codecs, expected);
}

TEST(Negotiation, NumbersOfAnOfferAreDifferentWhateverThatOfKeysIs) {
  for (const int digits : {96, 97, 102, 103}) {
    LegMedia ours = our_media();
    prepare_offer(ours, {"OPUS"}, digits);
    std::set<int> numbers;
    for (const Codec& codec : make_offer(ours).codecs) numbers.insert(codec.payload_type);
    EXPECT_EQ(numbers.size(), 3u) << digits;
    EXPECT_TRUE(numbers.contains(digits));
  }
}

TEST(Negotiation, AnAnswerInOpusSaysWhatWeHearAndTakesKeysOfItsClock) {
  const Codec theirs{111, "opus", 48'000, "minptime=10;maxplaybackrate=16000"};
  const Codec slow_keys{126, "telephone-event", 8000, "0-15"};
  const Codec fast_keys{110, "telephone-event", 48'000, "0-15"};
  const auto offer = offer_of({theirs, slow_keys, fast_keys});

  const auto agreed = agree(offer, {"OPUS"}, CodecChoice::Generous);

  ASSERT_TRUE(agreed.has_value());
  EXPECT_EQ(agreed->codec, theirs);
  EXPECT_EQ(agreed->digits_payload_type, 110);
  EXPECT_EQ(agreed->digits_clock_rate, 48'000);
  const std::vector<Codec> expected = {{111, "opus", 48'000, "useinbandfec=1"},
                                       {110, "telephone-event", 48'000, "0-16"}};
  EXPECT_EQ(make_answer(offer, *agreed, our_media()).codecs, expected);

  // Better the other clock than no keys.
  const auto old = agree(offer_of({theirs, slow_keys}), {"OPUS"}, CodecChoice::Generous);
  EXPECT_EQ(old->digits_payload_type, 126);
  EXPECT_EQ(old->digits_clock_rate, 8000);
}

TEST(Negotiation, G722IsKnownByItsClockOf8kHz) {
  const Codec g722{9, "", 8000, {}};

  const auto agreed = agree(offer_of({g722, kPcmu}), {"PCMU", "G722"}, CodecChoice::Generous);
  ASSERT_TRUE(agreed.has_value());
  EXPECT_EQ(agreed->codec.name, "G722");
  EXPECT_FALSE(agree(offer_of({Codec{97, "G722", 16'000, {}}}), {"G722"}, CodecChoice::Generous)
                   .has_value());
}

TEST(Negotiation, ADynamicNumberWithoutANameIsNoCodec) {
  const auto offer = offer_of({Codec{102, "", 48'000, {}}, kPcmu});
  EXPECT_EQ(agree(offer, {"OPUS", "PCMU"}, CodecChoice::Greedy)->codec, kPcmu);
}

TEST(Negotiation, WhoWantsOnlyWhatWeLackStillOffersOne) {
  LegMedia ours = our_media();

  prepare_offer(ours, {"GSM"}, 101);

  EXPECT_EQ(make_offer(ours).codecs.front(), kPcmu);
}

TEST(Negotiation, TheirAnswerDecidesByItsOrderAndNumbers) {
  LegMedia ours = our_media();
  prepare_offer(ours, {"PCMU", "PCMA"}, 101);

  const auto agreed = agree_on_answer(offer_of({kPcma, kPcmu, kDigits}), ours);

  ASSERT_TRUE(agreed.has_value());
  EXPECT_EQ(agreed->codec, kPcma);
  EXPECT_EQ(agreed->digits_payload_type, 96);
  // What comes bears the numbers of our offer.
  EXPECT_EQ(agreed->hears, ours.offered);
}

TEST(Negotiation, AnswerWithNothingOfOurOfferIsNone) {
  LegMedia ours = our_media();
  prepare_offer(ours, {"PCMU"}, 101);
  MediaDescription refused = offer_of({kPcmu});
  refused.port = 0;

  EXPECT_FALSE(agree_on_answer(offer_of({kPcma}), ours).has_value());
  EXPECT_FALSE(agree_on_answer(refused, ours).has_value());
}

TEST(Negotiation, WantedCodecsAreTheLegsElseTheProfilesForItsDirection) {
  SipProfile profile;
  profile.inbound_codecs = {"PCMU"};
  profile.outbound_codecs = {"PCMA"};
  Leg leg;
  EXPECT_EQ(wanted_codecs(leg, profile), profile.inbound_codecs);
  leg.direction = Direction::Outbound;
  EXPECT_EQ(wanted_codecs(leg, profile), profile.outbound_codecs);

  leg.variables.set("codec_string", "PCMA,PCMU");
  EXPECT_EQ(wanted_codecs(leg, profile), (std::vector<std::string>{"PCMA", "PCMU"}));
  leg.variables.set("absolute_codec_string", "^^:PCMU:PCMA");
  EXPECT_EQ(wanted_codecs(leg, profile), (std::vector<std::string>{"PCMU", "PCMA"}));
}

}  // namespace
}  // namespace call
