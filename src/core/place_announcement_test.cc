// What waiting callers are told of their place and their wait (call/place_announcement.h).
#include <gtest/gtest.h>

#include "core/call_flow_testing.h"

namespace core {
namespace {

using std::chrono::seconds;

class PlaceAnnouncement : public CallFlow {
 protected:
  static Configuration with_position(std::initializer_list<const char*> agents = {}) {
    Configuration made = with_agents(agents);
    for (queue::QueueSettings& queue : made.call_center.queues) {
      queue.announce_position = true;
      queue.announce_position_first_seconds = 10;
      queue.announce_position_frequency_seconds = 30;
    }
    return made;
  }
  static std::string number(const char* digits) {
    return std::string("file_string://ivr/ivr-you_are_number.wav!digits/") + digits + ".wav";
  }
};

INSTANTIATE_TEST_SUITE_P(, PlaceAnnouncement, both_persistences(), name_of_persistence);

TEST_P(PlaceAnnouncement, EachCallerHearsItsOwnPlaceAndThenTheMusicAgain) {
  Rehearsal stage(with_position(), GetParam());
  const base::LegId first = stage.call("q-support", "6001");
  const base::LegId second = stage.call("q-support", "6002");

  stage.wait(seconds(9));
  EXPECT_EQ(stage.hears(first), kMusic);
  stage.wait(seconds(1));

  EXPECT_EQ(stage.hears(first), number("1"));
  EXPECT_EQ(stage.hears(second), number("2"));
  stage.sound_ends(first);
  EXPECT_EQ(stage.hears(first), kMusic);
}

TEST_P(PlaceAnnouncement, PlacesCountDownAsOthersGo) {
  Rehearsal stage(with_position(), GetParam());
  const base::LegId first = stage.call("q-support", "6001");
  const base::LegId second = stage.call("q-support", "6002");
  stage.wait(seconds(10));
  EXPECT_EQ(stage.hears(second), number("2"));
  stage.sound_ends(second);

  stage.hang_up(first);
  stage.wait(seconds(29));
  EXPECT_EQ(stage.hears(second), kMusic);
  stage.wait(seconds(1));

  EXPECT_EQ(stage.hears(second), number("1"));
}

TEST_P(PlaceAnnouncement, NobodyIsToldAnythingOnceAnAgentHasAnswered) {
  Rehearsal stage(with_position({"ann"}), GetParam());
  const Pair pair = talk(stage, "q-support");
  stage.forget();

  stage.wait(seconds(120));

  EXPECT_TRUE(stage.all<call::PlaySound>().empty());
  EXPECT_EQ(stage.hears(pair.caller), "leg " + std::to_string(pair.agent.value));
}

TEST_P(PlaceAnnouncement, AnnouncementUnderWayEndsWithTheAnswer) {
  Rehearsal stage(with_position({"ann"}), GetParam());
  const base::LegId caller = stage.call("q-support");
  const base::LegId agent = stage.last<call::InviteLeg>()->leg;
  stage.wait(seconds(10));
  EXPECT_EQ(stage.hears(caller), number("1"));

  stage.answer(agent);

  EXPECT_EQ(stage.hears(caller), "leg " + std::to_string(agent.value));
}

TEST_P(PlaceAnnouncement, WaitsForAnotherAnnouncementToEnd) {
  Configuration configuration = with_position();
  for (queue::QueueSettings& queue : configuration.call_center.queues) {
    queue.announce_sound = "please-hold.wav";
    queue.announce_frequency_seconds = 9;
  }
  Rehearsal stage(configuration, GetParam());
  const base::LegId caller = stage.call("q-support");
  stage.wait(seconds(11));
  EXPECT_EQ(stage.hears(caller), "please-hold.wav");

  stage.sound_ends(caller);
  EXPECT_EQ(stage.hears(caller), kMusic);
  stage.wait(seconds(4));

  EXPECT_EQ(stage.hears(caller), number("1"));
}

TEST_P(PlaceAnnouncement, IsOffUnlessItIsAskedFor) {
  Rehearsal stage(stage_configuration(), GetParam());
  const base::LegId caller = stage.call("q-support");

  stage.wait(seconds(600));

  EXPECT_EQ(stage.hears(caller), kMusic);
}

TEST_P(PlaceAnnouncement, SurvivesARestart) {
  Rehearsal stage(with_position(), GetParam());
  const base::LegId caller = stage.call("q-support");
  stage.wait(seconds(5));

  stage.restart();
  stage.wait(seconds(5));

  EXPECT_EQ(stage.hears(caller), number("1"));
}

// Three callers who are answered every 90 seconds, then one who is told what that means for it.
class WaitAnnouncement : public PlaceAnnouncement {
 protected:
  static Configuration with_wait() {
    Configuration made = with_position({"ann"});
    for (queue::QueueSettings& queue : made.call_center.queues) queue.announce_wait = true;
    return made;
  }
  static void let_three_be_answered(Rehearsal& stage) {
    for (int call = 0; call < 3; ++call) {
      stage.forget();
      const base::LegId caller = stage.call("q-support", "60" + std::to_string(10 + call));
      // The phone rings on.
      stage.wait(seconds(9));
      stage.answer(stage.last<call::InviteLeg>()->leg);
      stage.wait(seconds(1));
      stage.hang_up(caller);
    }
  }
};

INSTANTIATE_TEST_SUITE_P(, WaitAnnouncement, both_persistences(), name_of_persistence);

TEST_P(WaitAnnouncement, IsSaidOnceAnswersWereMeasured) {
  Rehearsal stage(with_wait(), GetParam());
  const base::LegId early = stage.call("q-support", "6001");
  stage.wait(seconds(10));
  EXPECT_EQ(stage.hears(early), number("1"));
  stage.hang_up(early);
  stage.wait(seconds(60));
  let_three_be_answered(stage);

  const base::LegId caller = stage.call("q-support", "6002");
  stage.wait(seconds(10));

  EXPECT_EQ(stage.hears(caller),
            number("1") + "!ivr/ivr-estimated_wait.wav!ivr/ivr-less_than_a_minute.wav");
}

TEST_P(WaitAnnouncement, ErrorOfTheEstimatesIsShown) {
  Rehearsal stage(with_wait(), GetParam());
  EXPECT_EQ(stage.api("callcenter_config queue estimate support@default"),
            "queue|answers|seconds_per_answer|compared|error_seconds|bias_seconds\n"
            "support@default|0|0|0|0|0\n+OK\n");
  let_three_be_answered(stage);
  EXPECT_EQ(stage.api("callcenter_config queue estimate support@default"),
            "queue|answers|seconds_per_answer|compared|error_seconds|bias_seconds\n"
            "support@default|3|9|0|0|0\n+OK\n");

  // Estimated were 9 seconds; it takes 12.
  stage.forget();
  stage.call("q-support", "6003");
  stage.wait(seconds(12));
  stage.answer(stage.last<call::InviteLeg>()->leg);

  EXPECT_EQ(stage.api("callcenter_config queue estimate SUPPORT@default"),
            "queue|answers|seconds_per_answer|compared|error_seconds|bias_seconds\n"
            "support@default|4|10|1|3|3\n+OK\n");
  EXPECT_EQ(stage.api("callcenter_config queue estimate nobody@default"),
            "-ERR Invalid Queue not found!\n");
}

}  // namespace
}  // namespace core
