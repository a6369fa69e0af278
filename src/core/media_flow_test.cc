// What is offered, answered and changed of the media of a call, each flow also with the core saved
// and restored before every input.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/call_flow_testing.h"

namespace core {
namespace {

using ::testing::SizeIs;

class MediaFlow : public CallFlow {};

INSTANTIATE_TEST_SUITE_P(, MediaFlow, both_persistences(), name_of_persistence);

TEST_P(MediaFlow, HoldPlaysTheHoldersMusicToTheOther) {
  Rehearsal stage(with_agents({"ann"}), GetParam());
  const Pair pair = talk(stage, "q-support");
  call::MediaDescription held;
  held.address = "127.0.0.1";
  held.port = 4002;
  held.codecs = {call::Codec{0, "PCMU", 8000, {}}};
  held.direction = call::MediaDirection::SendOnly;

  stage.feed(call::LegReinvited{pair.agent, held});
  EXPECT_EQ(stage.hears(pair.caller), "tone_stream://%(1000,0,450)");
  EXPECT_EQ(stage.last<call::AnswerReinvite>()->answer.direction,
            call::MediaDirection::ReceiveOnly);
  held.direction = call::MediaDirection::SendReceive;
  stage.feed(call::LegReinvited{pair.agent, held});

  EXPECT_EQ(stage.hears(pair.caller), "leg " + std::to_string(pair.agent.value));
  EXPECT_GT(stage.all<call::AnswerReinvite>()[1].answer.session_version,
            stage.all<call::AnswerReinvite>()[0].answer.session_version);
}

TEST_P(MediaFlow, CodecNobodySpeaksIsRefusedWith488) {
  Rehearsal stage(with_agents({}), GetParam());
  call::LegInvited invited;
  invited.leg = base::LegId{77};
  invited.profile = "internal";
  invited.request_user = "q-support";
  invited.from_user = "6001";
  invited.offer = call::MediaDescription{};
  invited.offer->address = "127.0.0.1";
  invited.offer->port = 4000;
  invited.offer->codecs = {call::Codec{18, "G729", 8000, {}}};

  stage.feed(invited);

  EXPECT_EQ(stage.last<call::HangUpLeg>()->final_status, 488);
  EXPECT_EQ(stage.core().next_inbound_leg(), base::LegId{79});
}

call::LegInvited invited_without_sdp() {
  call::LegInvited invited;
  invited.leg = base::LegId{77};
  invited.profile = "internal";
  invited.request_user = "q-support";
  invited.from_user = "6001";
  return invited;
}

TEST_P(MediaFlow, InviteWithoutSdpIsOfferedToAndAnsweredByTheAck) {
  Rehearsal stage(with_agents({}), GetParam());
  stage.set_stagehands(Stagehands::Idle);
  stage.feed(invited_without_sdp());
  stage.feed(call::MediaOpened{base::LegId{77}, 20'000});
  const auto answer = stage.last<call::AnswerLeg>();
  ASSERT_TRUE(answer.has_value());
  EXPECT_THAT(answer->answer.codecs, SizeIs(3));
  EXPECT_TRUE(stage.all<call::ConnectMedia>().empty());

  call::MediaDescription theirs;
  theirs.address = "192.0.2.9";
  theirs.port = 4000;
  theirs.packet_ms = 30;
  theirs.codecs = {call::Codec{8, "PCMA", 8000, {}}};
  stage.feed(call::LegConfirmed{base::LegId{77}, theirs});

  const auto connect = stage.last<call::ConnectMedia>();
  ASSERT_TRUE(connect.has_value());
  EXPECT_EQ(connect->address, "192.0.2.9");
  EXPECT_EQ(connect->codec.name, "PCMA");
  EXPECT_EQ(connect->packet_ms, 30);
}

TEST_P(MediaFlow, AckWithoutTheAnswerItOwesEndsTheCall) {
  Rehearsal stage(with_agents({}), GetParam());

  // The ACK that follows the 200 by itself has no SDP.
  stage.feed(invited_without_sdp());

  EXPECT_THAT(stage.all<call::HangUpLeg>(), SizeIs(1));
  EXPECT_EQ(stage.hangup_of("inbound")->get("variable_hangup_cause"), "INCOMPATIBLE_DESTINATION");
}

TEST_P(MediaFlow, ReinviteWithoutSdpChangesNothingBeforeItsAnswer) {
  Rehearsal stage(with_agents({"ann"}), GetParam());
  const Pair pair = talk(stage, "q-support");
  stage.forget();

  stage.feed(call::LegReinvited{pair.caller, std::nullopt});
  ASSERT_TRUE(stage.last<call::AnswerReinvite>().has_value());
  EXPECT_TRUE(stage.all<call::ConnectMedia>().empty());
  call::MediaDescription moved;
  moved.address = "192.0.2.9";
  moved.port = 4000;
  moved.codecs = {call::Codec{8, "PCMA", 8000, {}}};
  stage.feed(call::LegConfirmed{pair.caller, moved});

  EXPECT_EQ(stage.last<call::ConnectMedia>()->codec.name, "PCMA");
  EXPECT_TRUE(stage.all<call::HangUpLeg>().empty());
}

}  // namespace
}  // namespace core
