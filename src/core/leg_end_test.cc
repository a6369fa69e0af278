// Who ends a leg and how, and where the caller goes afterwards.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/rehearsal.h"

namespace core {
namespace {

using std::chrono::seconds;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class LegEnd : public ::testing::Test {
 protected:
  static Configuration configuration() {
    Configuration made = stage_configuration();
    add_stage_agent(made, "ann");
    return made;
  }
  base::LegId talk(std::string_view number) {
    caller_ = stage_.call(number);
    agent_ = stage_.last<call::InviteLeg>()->leg;
    stage_.answer(agent_);
    return caller_;
  }
  std::string uuid_of_caller() {
    return std::string(stage_.all<Publish>().front().event.get("Unique-ID"));
  }

  Rehearsal stage_{configuration()};
  base::LegId caller_;
  base::LegId agent_;
};

TEST_F(LegEnd, TransferAfterBridgeTakesTheCallerElsewhere) {
  const base::LegId caller = talk("after-support");
  stage_.api("uuid_setvar " + uuid_of_caller() + " transfer_after_bridge exit-sales:XML:default");

  stage_.hang_up(agent_);

  EXPECT_EQ(stage_.hears(caller), "tone_stream://%(10000,0,450);loops=-1");
  EXPECT_EQ(stage_.queue_events().back(), "members-count 1");
}

TEST_F(LegEnd, ParkAfterBridgeKeepsTheCaller) {
  const base::LegId caller = talk("q-support");
  stage_.api("uuid_setvar " + uuid_of_caller() + " park_after_bridge true");

  stage_.hang_up(agent_);

  EXPECT_EQ(stage_.core().floor(stage_.now()).legs, 1u);
  EXPECT_EQ(stage_.hears(caller), "");
  stage_.hang_up(caller);
  EXPECT_EQ(stage_.core().floor(stage_.now()).legs, 0u);
}

TEST_F(LegEnd, HoldMusicEndsWithTheConversation) {
  const base::LegId caller = talk("after-support");
  call::MediaDescription held;
  held.address = "0.0.0.0";
  held.port = 4002;
  held.codecs = {call::Codec{0, "PCMU", 8000, {}}};
  stage_.feed(call::LegReinvited{agent_, held});

  stage_.hang_up(agent_);

  EXPECT_EQ(stage_.hears(caller), "tone_stream://%(1500,0,1200)");
}

TEST_F(LegEnd, HupallEndsEverythingAndTheQueueKnows) {
  talk("q-support");
  stage_.call("q-support", "6002");
  stage_.forget();

  stage_.api("hupall");

  EXPECT_EQ(stage_.core().floor(stage_.now()).legs, 0u);
  EXPECT_EQ(stage_.core().floor(stage_.now()).waiting, 0u);
  EXPECT_EQ(stage_.core().floor(stage_.now()).talking, 0u);
  EXPECT_THAT(stage_.all<call::InviteLeg>(), IsEmpty());
}

TEST_F(LegEnd, UuidKillEndsOneLegWithItsCause) {
  const base::LegId caller = talk("q-support");
  stage_.forget();

  stage_.api("uuid_kill " + std::string("nobody"));
  EXPECT_THAT(stage_.all<call::HangUpLeg>(), IsEmpty());
  const std::string uuid = stage_.api("callcenter_config agent get uuid ann");
  stage_.api("uuid_kill " + uuid + " CALL_REJECTED");

  ASSERT_THAT(stage_.all<call::HangUpLeg>(), SizeIs(2));
  EXPECT_EQ(stage_.all<call::HangUpLeg>()[0].leg, agent_);
  EXPECT_EQ(stage_.all<call::HangUpLeg>()[0].reason, "Q.850;cause=21;text=\"CALL_REJECTED\"");
  EXPECT_EQ(stage_.all<call::HangUpLeg>()[1].leg, caller);
}

TEST_F(LegEnd, EndedLegIsNoLongerFoundByItsUuid) {
  talk("q-support");
  const std::string uuid = uuid_of_caller();
  EXPECT_EQ(stage_.api("uuid_exists " + uuid), "true");
  stage_.set_stagehands(Stagehands::Idle);

  stage_.feed(call::LegHungUp{caller_, call::LegHungUp::How::Bye, std::nullopt});

  EXPECT_EQ(stage_.api("uuid_exists " + uuid), "false");
  EXPECT_EQ(stage_.core().floor(stage_.now()).legs, 2u);
}

TEST_F(LegEnd, BothHangUpAtOnce) {
  talk("q-support");
  stage_.set_stagehands(Stagehands::Idle);
  stage_.feed(call::LegHungUp{caller_, call::LegHungUp::How::Bye, std::nullopt});
  stage_.feed(call::LegHungUp{agent_, call::LegHungUp::How::Bye, std::nullopt});
  stage_.feed(call::LegGone{agent_});
  stage_.feed(call::LegGone{caller_});
  // Media says nothing of them: nobody waits for it longer than this.
  stage_.wait(std::chrono::seconds(1));

  EXPECT_EQ(stage_.core().floor(stage_.now()).legs, 0u);
  std::size_t complete = 0;
  for (const std::string& event : stage_.events()) {
    complete += event == "CHANNEL_HANGUP_COMPLETE" ? 1 : 0;
  }
  EXPECT_EQ(complete, 2u);
}

TEST_F(LegEnd, TheLastEventHoldsWhatMediaCounted) {
  talk("q-support");
  stage_.hang_up(caller_);

  const auto event = stage_.hangup_of("inbound");
  ASSERT_TRUE(event.has_value());
  EXPECT_EQ(event->get("variable_rtp_audio_in_packet_count"), "100");
  EXPECT_EQ(event->get("variable_rtp_audio_in_skip_packet_count"), "3");
}

TEST_F(LegEnd, SilenceThatLastsTooLongEndsTheLeg) {
  talk("q-support");
  stage_.feed(call::MediaTimedOut{agent_});

  EXPECT_EQ(stage_.hangup_of("outbound")->get("variable_hangup_cause"), "MEDIA_TIMEOUT");
}

TEST_F(LegEnd, LegThatIsGoneWithoutAWordLeavesItsQueue) {
  stage_.api("callcenter_config agent set status ann 'On Break'");
  const base::LegId caller = stage_.call("q-support");

  stage_.feed(call::LegGone{caller});

  EXPECT_EQ(stage_.core().floor(stage_.now()).waiting, 0u);
  EXPECT_EQ(stage_.core().floor(stage_.now()).legs, 0u);
}

TEST_F(LegEnd, CancelledCallerHasOriginatorCancel) {
  stage_.set_stagehands(Stagehands::Idle);
  const base::LegId caller = stage_.call("q-support");

  stage_.cancel(caller);

  EXPECT_EQ(stage_.hangup_of("inbound")->get("Hangup-Cause"), "ORIGINATOR_CANCEL");
}

TEST_F(LegEnd, ReportsAboutForgottenLegsDoNoHarm) {
  const base::LegId nobody{4242};
  stage_.feed(call::LegProgressed{nobody, 180, std::nullopt});
  stage_.answer(nobody);
  stage_.refuse(nobody, 486);
  stage_.hang_up(nobody);
  stage_.press(nobody, "1");
  stage_.feed(call::LegReinvited{nobody, std::nullopt});
  stage_.feed(call::DialogChanged{nobody, {}});
  stage_.feed(call::MediaOpened{nobody, 1});
  stage_.feed(call::MediaFailed{nobody, "x"});
  stage_.feed(call::PlaybackEnded{nobody, base::PlaybackId{9}, {}, {}});

  EXPECT_EQ(stage_.core().floor(stage_.now()).legs, 0u);
}

TEST_F(LegEnd, ReinviteThatCannotBeMetIsRefusedAndTheCallGoesOn) {
  const base::LegId caller = talk("q-support");
  call::MediaDescription video_only;
  video_only.address = "127.0.0.1";

  stage_.feed(call::LegReinvited{caller, video_only});

  EXPECT_EQ(stage_.last<call::RefuseReinvite>()->status, 488);
  EXPECT_EQ(stage_.core().floor(stage_.now()).talking, 1u);
}

TEST_F(LegEnd, UnplayableMusicIsToldOnceAndTheCallerWaitsOn) {
  stage_.api("callcenter_config agent set status ann 'On Break'");
  const base::LegId caller = stage_.call("q-support");
  const auto playback = stage_.last<call::PlaySound>()->playback;

  stage_.feed(call::PlaybackEnded{caller, playback, call::PlaybackEnded::How::Unplayable, "gone"});

  EXPECT_THAT(stage_.all<LogLine>(), SizeIs(1));
  EXPECT_EQ(stage_.core().floor(stage_.now()).waiting, 1u);
}

}  // namespace
}  // namespace core
