// Resources that are counted, and calls that are turned away when there is no more of one.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/random.h"
#include "call/limits.h"
#include "core/call_flow_testing.h"

namespace core {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

class LimitFlow : public CallFlow {
 protected:
  static Configuration configuration() {
    Configuration made = with_agents({"ann"});
    const auto stay = [&](const std::string& name, const std::string& limit) {
      add_extension(made, "^" + name + "$", {{"limit", limit}, {"answer", ""}, {"park", ""}});
    };
    stay("fast", "hash inbound ${destination_number} 3/1 !NORMAL_CIRCUIT_CONGESTION");
    stay("two", "hash room 1 2 !USER_BUSY");
    stay("sent", "hash room 1 2 full XML default");
    stay("exceeded", "hash room 1 2");
    stay("counted", "hash room 1 -1");
    stay("bare", "hash room 1");
    stay("unset", "hash room 1 ${nobody_sets_this} !USER_BUSY");
    stay("none", "hash room none 0 !USER_BUSY");
    stay("database", "db room 1 2 !USER_BUSY");
    stay("foreign", "redis room 1 0 !USER_BUSY");
    stay("short", "hash room");
    stay("number", "hash callers ${caller_id_number} 1/3600 !USER_BUSY");
    add_extension(made, "^full$", {{"set", "was=full"}, {"answer", ""}, {"park", ""}});
    add_extension(made, "^limit_exceeded$", {{"hangup", "CALL_REJECTED"}});
    add_extension(made, "^again$",
                  {{"limit", "hash room 1 1 !USER_BUSY"},
                   {"limit", "hash room 1 1 !USER_BUSY"},
                   {"answer", ""},
                   {"park", ""}});
    add_extension(made, "^moves$", {{"limit", "hash room 1 2 !USER_BUSY"}, {"transfer", "full"}});
    add_extension(made, "^keeps$",
                  {{"set", "limit_ignore_transfer=true"},
                   {"limit", "hash room 1 2 !USER_BUSY"},
                   {"transfer", "full"}});
    add_extension(made, "^gives$",
                  {{"limit", "hash room 1 2"},
                   {"limit", "hash room 2 2"},
                   {"limit_release", "hash room 1"},
                   {"answer", ""},
                   {"park", ""}});
    add_extension(made, "^work$",
                  {{"answer", ""},
                   {"limit_execute", "hash room 1 1 playback a  b.wav"},
                   {"set", "after=${limit_usage(hash room 1)}"},
                   {"park", ""}});
    add_extension(made, "^queued$",
                  {{"limit", "hash room 1 2 !USER_BUSY"}, {"callcenter", "support@default"}});
    return made;
  }
  std::string used(const std::string& resource = "room 1") {
    return stage_.api("limit_usage hash " + resource);
  }
  std::string variable_of(base::LegId leg, const std::string& name) {
    for (const LegNamed& named : stage_.all<LegNamed>()) {
      if (named.leg == leg) return stage_.api("uuid_getvar " + named.uuid + " " + name);
    }
    return {};
  }
  // The status that the last call was refused with; 0: it is there.
  int refused_with(base::LegId leg) const {
    for (const call::HangUpLeg& order : stage_.all<call::HangUpLeg>()) {
      if (order.leg == leg) return order.final_status;
    }
    return 0;
  }
  bool hears_a_sound(base::LegId leg) const {
    const std::string heard = stage_.hears(leg);
    return !heard.empty() && !heard.starts_with("leg ");
  }
  std::vector<std::string> log() const {
    std::vector<std::string> lines;
    for (const LogLine& line : stage_.all<LogLine>()) lines.push_back(line.text);
    return lines;
  }

  Rehearsal stage_{configuration(), GetParam()};
};

INSTANTIATE_TEST_SUITE_P(, LimitFlow, both_persistences(), name_of_persistence);

TEST_P(LimitFlow, TheFourthCallWithinASecondIsRefusedAndOneASecondLaterPasses) {
  for (int call = 0; call < 3; ++call) {
    EXPECT_EQ(refused_with(stage_.call("fast")), 0);
    stage_.wait(milliseconds(300));
  }
  stage_.wait(milliseconds(99));
  EXPECT_EQ(refused_with(stage_.call("fast")), 503);
  EXPECT_EQ(stage_.hangup_of("inbound")->get("Hangup-Cause"), "NORMAL_CIRCUIT_CONGESTION");
  EXPECT_EQ(used("inbound fast rate"), "3");

  stage_.wait(milliseconds(1));
  EXPECT_EQ(used("inbound fast rate"), "0");
  const base::LegId later = stage_.call("fast");
  EXPECT_EQ(refused_with(later), 0);
  EXPECT_EQ(variable_of(later, "limit_rate"), "1");
  EXPECT_EQ(variable_of(later, "limit_max"), "3/1");
  EXPECT_EQ(used("inbound fast"), "4") << "all who passed are still there";
}

TEST_P(LimitFlow, ALegHoldsUntilItEnds) {
  const base::LegId first = stage_.call("two");
  const base::LegId second = stage_.call("two");
  EXPECT_EQ(variable_of(second, "limit_usage"), "2");
  EXPECT_EQ(variable_of(second, "limit_usage_room_1"), "2");
  EXPECT_EQ(variable_of(second, "limit_realm") + variable_of(second, "limit_id"), "room1");
  EXPECT_EQ(refused_with(stage_.call("two")), 486);
  EXPECT_EQ(used(), "2");

  stage_.hang_up(first);
  EXPECT_EQ(used(), "1");
  EXPECT_EQ(refused_with(stage_.call("two")), 0);
  EXPECT_EQ(refused_with(stage_.call("database")), 486) << "db counts together with hash";
}

TEST_P(LimitFlow, WhoIsTooManyGoesToAnExtension) {
  stage_.call("two");
  stage_.call("two");
  const base::LegId third = stage_.call("sent");
  EXPECT_EQ(variable_of(third, "was"), "full");
  EXPECT_EQ(variable_of(third, "destination_number"), "full");

  stage_.forget();
  stage_.call("exceeded");
  EXPECT_EQ(stage_.hangup_of("inbound")->get("Hangup-Cause"), "CALL_REJECTED");
}

TEST_P(LimitFlow, WithoutAMaximumItOnlyCounts) {
  for (const char* number : {"counted", "bare", "unset", "counted"}) {
    EXPECT_EQ(refused_with(stage_.call(number)), 0) << number;
  }
  EXPECT_EQ(used(), "4");
  EXPECT_EQ(refused_with(stage_.call("none")), 486) << "none of it is there for anybody";
}

TEST_P(LimitFlow, WhatCannotBeCountedIsToldAndTheCallGoesOn) {
  EXPECT_EQ(refused_with(stage_.call("foreign")), 0);
  EXPECT_EQ(refused_with(stage_.call("short")), 0);
  EXPECT_THAT(log(), Contains(HasSubstr("limit: there is no backend redis; the call goes on")));
  EXPECT_THAT(log(), Contains(HasSubstr("limit without backend, realm and id")));
  EXPECT_EQ(stage_.api("limit_status hash"), "Tracked Resources: 0\n");
}

TEST_P(LimitFlow, WhoHoldsItAlreadyTakesNoMore) {
  EXPECT_EQ(refused_with(stage_.call("again")), 0);
  EXPECT_EQ(used(), "1");
}

TEST_P(LimitFlow, ATransferGivesItBackUnlessItIsToBeKept) {
  stage_.call("moves");
  EXPECT_EQ(used(), "0");
  stage_.call("keeps");
  EXPECT_EQ(used(), "1");
}

TEST_P(LimitFlow, APhonesReferLeavesItAsItIs) {
  const Pair pair = talk(stage_, "queued");
  EXPECT_EQ(used(), "1");
  stage_.feed(call::LegReferred{pair.agent, "full", "127.0.0.1"});
  EXPECT_EQ(variable_of(pair.caller, "was"), "full");
  EXPECT_EQ(used(), "1");
  stage_.hang_up(pair.caller);
  EXPECT_EQ(used(), "0");
}

TEST_P(LimitFlow, OneOfSeveralCanBeGivenBack) {
  const base::LegId caller = stage_.call("gives");
  EXPECT_EQ(used("room 1") + used("room 2"), "01");
  stage_.hang_up(caller);
  EXPECT_EQ(stage_.api("limit_status hash"), "Tracked Resources: 0\n");
}

TEST_P(LimitFlow, AnApplicationIsRunOnlyWhereThereIsRoomAndGivesItBackAfterwards) {
  const base::LegId first = stage_.call("work");
  EXPECT_THAT(stage_.hears(first), HasSubstr("a  b.wav"));
  const base::LegId second = stage_.call("work");
  EXPECT_EQ(stage_.hears(second), "") << "skipped";
  EXPECT_EQ(variable_of(second, "after"), "1");

  stage_.sound_ends(first);
  EXPECT_EQ(variable_of(first, "after"), "0");
  EXPECT_EQ(refused_with(first), 0);
}

TEST_P(LimitFlow, ACallerInAQueueHoldsItOverARestart) {
  stage_.call("queued");
  const base::LegId second = stage_.call("queued");
  stage_.restart();
  EXPECT_EQ(used(), "2");
  EXPECT_EQ(refused_with(stage_.call("queued")), 486);
  stage_.hang_up(second);
  EXPECT_EQ(refused_with(stage_.call("queued")), 0);
}

TEST_P(LimitFlow, IntervalsGoOnOverARestart) {
  for (int call = 0; call < 3; ++call) stage_.call("fast");
  stage_.restart_after(milliseconds(999));
  EXPECT_EQ(refused_with(stage_.call("fast")), 503);
  stage_.restart_after(milliseconds(1));
  EXPECT_EQ(refused_with(stage_.call("fast")), 0);
}

TEST_P(LimitFlow, CommandsReadAndReset) {
  stage_.call("fast");
  const base::LegId caller = stage_.call("two");
  EXPECT_EQ(stage_.api("limit_status hash"), "Tracked Resources: 2\n");
  EXPECT_EQ(stage_.api("limit_interval_reset hash inbound fast"), "+OK\n");
  EXPECT_EQ(used("inbound fast rate") + used("inbound fast"), "01");
  const std::string uuid = variable_of(caller, "uuid");
  EXPECT_EQ(stage_.api("uuid_limit_release " + uuid + " hash room 1"), "+OK\n");
  EXPECT_EQ(used(), "0");
  EXPECT_EQ(stage_.api("uuid_limit_release nobody hash"), "-ERR No such channel!\n");
  EXPECT_EQ(stage_.api("limit_reset hash"), "+OK\n");
  EXPECT_EQ(stage_.api("limit_status hash"), "Tracked Resources: 0\n");
  EXPECT_EQ(stage_.api("limit_usage redis a b"), "-ERR no such backend; there is hash\n");
  for (const char* half : {"limit_usage hash a", "limit_reset", "limit_status",
                           "limit_interval_reset hash", "uuid_limit_release x"}) {
    EXPECT_THAT(stage_.api(half), StartsWith("-USAGE: ")) << half;
  }
  stage_.hang_up(caller);
}

TEST_P(LimitFlow, LongNamesCountByTheirBeginnings) {
  const std::string long_number(200, '7');
  EXPECT_EQ(refused_with(stage_.call("number", long_number + "1")), 0);
  EXPECT_EQ(refused_with(stage_.call("number", long_number + "2")), 486);
}

// Whatever calls do, nothing stays counted when they are gone. The stage checks after every input
// that the counts are those of the legs.
TEST_P(LimitFlow, NothingStaysCountedAfterTheLastCall) {
  base::Random dice(7);
  const std::vector<std::string> numbers = {"queued", "work",  "two",  "fast", "moves",
                                            "keeps",  "gives", "sent", "again"};
  std::vector<base::LegId> legs;
  const auto any = [&] { return legs[dice.below(legs.size())]; };
  for (int step = 0; step < 40; ++step) {
    legs.push_back(stage_.call(numbers[dice.below(numbers.size())]));
    switch (dice.below(6)) {
      case 0:
        stage_.hang_up(any());
        break;
      case 1:
        if (const base::LegId leg = any(); hears_a_sound(leg)) stage_.sound_ends(leg);
        break;
      case 2:
        if (const auto invite = stage_.last<call::InviteLeg>()) stage_.answer(invite->leg);
        break;
      case 3:
        stage_.api("uuid_transfer " + stage_.last<LegNamed>()->uuid + " queued");
        break;
      case 4:
        if (dice.below(5) == 0) stage_.restart();
        break;
      default:
        stage_.forget();
        stage_.wait(milliseconds(dice.below(2'000)));
    }
  }
  stage_.api("hupall");
  stage_.wait(seconds(60));
  stage_.call("two");
  EXPECT_EQ(stage_.api("limit_status hash"), "Tracked Resources: 1\n");
  EXPECT_EQ(used(), "1");
}

TEST(Limits, ForgetWhoIsNotHeldWhenThereIsNoRoom) {
  call::Limits limits;
  const base::Instant now = base::instant_ms(0);
  const auto key = [](std::size_t number) { return call::LimitKey{"r", std::to_string(number)}; };
  limits.hold(key(0));
  limits.take(key(0), seconds(1), now);
  for (std::size_t one = 1; limits.size() < call::kResourcesMax; ++one) {
    limits.take(key(one), seconds(10 + static_cast<std::int64_t>(one)), now);
  }
  ASSERT_TRUE(limits.has_room_for({"r", "more"}, now));
  EXPECT_EQ(limits.size(), call::kResourcesMax - 1);
  EXPECT_EQ(limits.usage(key(0), now).taken, 1) << "held, so it stays";
  EXPECT_EQ(limits.usage(key(1), now).taken, 0) << "the next to be over";
  EXPECT_EQ(limits.usage(key(2), now).taken, 1);
}

TEST(Limits, AreFullWhenAllAreHeld) {
  call::Limits limits;
  const base::Instant now = base::instant_ms(0);
  for (std::size_t one = 0; one < call::kResourcesMax; ++one) {
    limits.hold({"r", std::to_string(one)});
  }
  EXPECT_FALSE(limits.has_room_for({"r", "more"}, now));
  EXPECT_TRUE(limits.has_room_for({"r", "7"}, now));
  for (std::size_t one = 0; one < call::kResourcesMax; ++one) {
    limits.let_go({"r", std::to_string(one)});
  }
  EXPECT_EQ(limits.size(), 0u);
}

}  // namespace
}  // namespace core
