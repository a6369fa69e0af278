// Several phones for one agent: at the same time, one after the other, each with its own time; and
// who has the call in the end. Each flow also with the core saved and restored before every input.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/rehearsal.h"

namespace core {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr const char* kTwo = "sofia/internal/a@127.0.0.1:5070,sofia/internal/b@127.0.0.1:5072";
constexpr const char* kElsewhere = "SIP;cause=200;text=\"Call completed elsewhere\"";

class Ringing : public ::testing::TestWithParam<Persistence> {
 protected:
  static Configuration with_contact(std::string contact) {
    Configuration configuration = stage_configuration();
    add_stage_agent(configuration, "ann");
    configuration.call_center.agents[0].contact = std::move(contact);
    for (const char* id : {"1001", "1002"}) {
      call::DirectoryUser user;
      user.id = id;
      user.domain = "default";
      configuration.directory.add(user);
    }
    return configuration;
  }

  static void set_dial_string(Configuration& configuration, std::string id, std::string text) {
    call::DirectoryUser user;
    user.id = std::move(id);
    user.domain = "default";
    user.dial_string = std::move(text);
    configuration.directory.add(user);
  }

  static std::vector<std::string> called(const Rehearsal& stage) {
    std::vector<std::string> users;
    for (const auto& invite : stage.all<call::InviteLeg>()) {
      users.push_back(invite.request_uri.substr(4, invite.request_uri.find('@') - 4));
    }
    return users;
  }

  static std::vector<std::string> failures(const Rehearsal& stage) {
    std::vector<std::string> causes;
    for (const std::string& event : stage.queue_events()) {
      const std::string start = "bridge-agent-fail ann ";
      if (event.rfind(start, 0) == 0) causes.push_back(event.substr(start.size()));
    }
    return causes;
  }

  static base::LegId leg_of(const Rehearsal& stage, std::string_view user) {
    for (const auto& invite : stage.all<call::InviteLeg>()) {
      if (invite.request_uri.find("sip:" + std::string(user) + "@") == 0) return invite.leg;
    }
    return {};
  }

  static std::vector<std::string> reasons(const Rehearsal& stage, base::LegId leg) {
    std::vector<std::string> all;
    for (const auto& ended : stage.all<call::HangUpLeg>()) {
      if (ended.leg == leg) all.push_back(ended.reason);
    }
    return all;
  }

  static void register_phone(Rehearsal& stage, std::string user, std::string uri) {
    call::RegistrationReceived registration;
    registration.ticket = base::Ticket{4};
    registration.profile = "internal";
    registration.user = std::move(user);
    registration.domain = "default";
    registration.contacts = {{std::move(uri), 600}};
    registration.source = "127.0.0.1:5071";
    registration.call_id = registration.user + registration.contacts[0].uri;
    registration.cseq = 1;
    stage.feed(registration);
  }
};

INSTANTIATE_TEST_SUITE_P(, Ringing,
                         ::testing::Values(Persistence::Continuous, Persistence::SavedEachTime),
                         [](const auto& mode) {
                           return mode.param == Persistence::Continuous ? "Continuous"
                                                                        : "SavedEachTime";
                         });

// ---- at the same time ---------------------------------------------------------------------------

TEST_P(Ringing, FirstOfTwoPhonesToAnswerHasTheCallAndTheOtherIsCancelled) {
  Rehearsal stage(with_contact(kTwo), GetParam());
  const base::LegId caller = stage.call("q-support");
  ASSERT_THAT(called(stage), ElementsAre("a", "b"));

  stage.answer(leg_of(stage, "b"));

  EXPECT_EQ(stage.hears(caller), "leg " + std::to_string(leg_of(stage, "b").value));
  EXPECT_THAT(reasons(stage, leg_of(stage, "a")), ElementsAre(kElsewhere));
  EXPECT_THAT(failures(stage), IsEmpty());
  EXPECT_EQ(stage.core().floor(stage.now()).legs, 2u);
}

TEST_P(Ringing, LoserHasItsCauseInItsLastEvent) {
  Rehearsal stage(with_contact(kTwo), GetParam());
  stage.call("q-support");

  stage.answer(leg_of(stage, "a"));

  EXPECT_EQ(stage.hangup_of("outbound")->get("Hangup-Cause"), "LOSE_RACE");
}

TEST_P(Ringing, AnswerOfTheLoserThatCrossesItsCancelChangesNothing) {
  Rehearsal stage(with_contact(kTwo), GetParam());
  const base::LegId caller = stage.call("q-support");
  const base::LegId loser = leg_of(stage, "b");
  stage.set_stagehands(Stagehands::Idle);
  stage.answer(leg_of(stage, "a"));
  stage.forget();

  stage.answer(loser);
  stage.feed(call::LegGone{loser});

  EXPECT_EQ(stage.hears(caller).rfind("leg ", 0), 0u);
  EXPECT_THAT(stage.queue_events(), IsEmpty());
  EXPECT_THAT(stage.all<call::HangUpLeg>(), IsEmpty());
}

TEST_P(Ringing, OfferFailsWithTheLastCauseWhenBothRefuse) {
  Rehearsal stage(with_contact(kTwo), GetParam());
  stage.call("q-support");

  stage.refuse(leg_of(stage, "a"), 603);
  EXPECT_THAT(failures(stage), IsEmpty());
  stage.refuse(leg_of(stage, "b"), 486);

  EXPECT_THAT(failures(stage), ElementsAre("USER_BUSY"));
}

TEST_P(Ringing, CallerWhoLeavesEndsAllPhones) {
  Rehearsal stage(with_contact(kTwo), GetParam());
  const base::LegId caller = stage.call("q-support");

  stage.hang_up(caller);

  for (const char* phone : {"a", "b"}) {
    EXPECT_THAT(reasons(stage, leg_of(stage, phone)),
                ElementsAre("SIP;cause=487;text=\"ORIGINATOR_CANCEL\""));
  }
  EXPECT_THAT(failures(stage), ElementsAre("ORIGINATOR_CANCEL"));
  EXPECT_EQ(stage.core().floor(stage.now()).legs, 0u);
}

TEST_P(Ringing, AllContactsOfAUserRing) {
  Rehearsal stage(with_contact("user/1001"), GetParam());
  register_phone(stage, "1001", "sip:desk@127.0.0.1:5071");
  register_phone(stage, "1001", "sip:home@127.0.0.1:5072");

  stage.call("q-support");

  EXPECT_THAT(called(stage), ElementsAre("home", "desk"));
}

TEST_P(Ringing, UnregisteredUserBesideAPhoneThatRingsIsNoFailure) {
  Rehearsal stage(with_contact("user/1001,sofia/internal/b@127.0.0.1"), GetParam());

  stage.call("q-support");

  EXPECT_THAT(called(stage), ElementsAre("b"));
  EXPECT_THAT(failures(stage), IsEmpty());
}

// ---- one after the other ------------------------------------------------------------------------

TEST_P(Ringing, NextGroupIsCalledWhenTheFirstFails) {
  Rehearsal stage(with_contact("sofia/internal/a@127.0.0.1|sofia/internal/b@127.0.0.1"),
                  GetParam());
  const base::LegId caller = stage.call("q-support");
  ASSERT_THAT(called(stage), ElementsAre("a"));

  stage.refuse(leg_of(stage, "a"), 486);
  ASSERT_THAT(called(stage), ElementsAre("a", "b"));
  stage.answer(leg_of(stage, "b"));

  EXPECT_EQ(stage.hears(caller).rfind("leg ", 0), 0u);
  EXPECT_THAT(failures(stage), IsEmpty());
}

TEST_P(Ringing, GroupIsLeftWhenAllItsPhonesHaveFailed) {
  Rehearsal stage(
      with_contact(std::string("[leg_timeout=3]") + kTwo + "|sofia/internal/c@127.0.0.1"),
      GetParam());
  stage.call("q-support");

  stage.refuse(leg_of(stage, "b"), 486);
  EXPECT_THAT(called(stage), ElementsAre("a", "b"));
  stage.wait(seconds(4));

  EXPECT_THAT(called(stage), ElementsAre("a", "b", "c"));
}

TEST_P(Ringing, DestinationsThatFailAtOnceArePassedOver) {
  Rehearsal stage(with_contact("error/USER_BUSY|user/1001|sofia/internal/c@127.0.0.1"), GetParam());

  stage.call("q-support");

  EXPECT_THAT(called(stage), ElementsAre("c"));
  stage.refuse(leg_of(stage, "c"), 404);
  EXPECT_THAT(failures(stage), ElementsAre("UNALLOCATED_NUMBER"));
}

TEST_P(Ringing, EnterpriseStringsRunSideBySide) {
  Rehearsal stage(with_contact("{x=1}sofia/internal/a@127.0.0.1|sofia/internal/b@127.0.0.1:_:"
                               "sofia/internal/c@127.0.0.1"),
                  GetParam());
  stage.call("q-support");
  ASSERT_THAT(called(stage), ElementsAre("a", "c"));

  stage.refuse(leg_of(stage, "a"), 486);
  ASSERT_THAT(called(stage), ElementsAre("a", "c", "b"));
  stage.answer(leg_of(stage, "c"));

  EXPECT_THAT(reasons(stage, leg_of(stage, "b")), ElementsAre(kElsewhere));
}

TEST_P(Ringing, WhatAUsersDialStringNamesBehindABarComesAfterTheGroup) {
  Configuration configuration = with_contact("user/1001,sofia/internal/b@127.0.0.1");
  set_dial_string(configuration, "1001", "sofia/internal/a@127.0.0.1|sofia/internal/z@127.0.0.1");
  Rehearsal stage(configuration, GetParam());
  stage.call("q-support");
  ASSERT_THAT(called(stage), ElementsAre("a", "b"));

  stage.refuse(leg_of(stage, "b"), 486);
  stage.refuse(leg_of(stage, "a"), 486);

  EXPECT_THAT(called(stage), ElementsAre("a", "b", "z"));
}

TEST_P(Ringing, UserWhoRegistersWhileAnotherPhoneRingsIsCalledNext) {
  Rehearsal stage(with_contact("sofia/internal/a@127.0.0.1|user/1001"), GetParam());
  stage.call("q-support");

  register_phone(stage, "1001", "sip:late@127.0.0.1:5071");
  stage.refuse(leg_of(stage, "a"), 480);

  EXPECT_THAT(called(stage), ElementsAre("a", "late"));
}

TEST_P(Ringing, UsersWhoNameEachOtherEnd) {
  Configuration configuration = with_contact("user/1001");
  set_dial_string(configuration, "1001", "error/USER_BUSY|user/1002");
  set_dial_string(configuration, "1002", "error/USER_BUSY|user/1001");
  Rehearsal stage(configuration, GetParam());

  stage.call("q-support");

  EXPECT_EQ(failures(stage).front(), "EXCHANGE_ROUTING_ERROR");
  EXPECT_THAT(stage.all<LogLine>()[0].text, HasSubstr("name each other"));
}

TEST_P(Ringing, CallerWhoLeavesBetweenTwoGroupsStopsTheOffer) {
  Rehearsal stage(with_contact("[leg_timeout=3]sofia/internal/a@127.0.0.1|error/USER_BUSY"),
                  GetParam());
  const base::LegId caller = stage.call("q-support");

  stage.hang_up(caller);
  stage.wait(seconds(10));

  EXPECT_THAT(failures(stage), ElementsAre("ORIGINATOR_CANCEL"));
}

// ---- times --------------------------------------------------------------------------------------

TEST_P(Ringing, LegTimeoutIsOverWithTheSecondAfterIt) {
  Rehearsal stage(with_contact("[leg_timeout=2]sofia/internal/a@127.0.0.1"), GetParam());
  stage.wait(milliseconds(400));
  stage.call("q-support");

  stage.wait(milliseconds(2599));
  EXPECT_THAT(failures(stage), IsEmpty());
  stage.wait(milliseconds(1));

  EXPECT_THAT(failures(stage), ElementsAre("ALLOTTED_TIMEOUT"));
  EXPECT_THAT(reasons(stage, leg_of(stage, "a")),
              ElementsAre("SIP;cause=802;text=\"ALLOTTED_TIMEOUT\""));
}

TEST_P(Ringing, CallTimeoutCountsAsNoAnswer) {
  Rehearsal stage(with_contact("{call_timeout=2}sofia/internal/a@127.0.0.1"), GetParam());
  stage.call("q-support");

  stage.wait(seconds(3));

  EXPECT_THAT(failures(stage), ElementsAre("NO_ANSWER"));
}

TEST_P(Ringing, EachPhoneHasItsOwnTime) {
  Rehearsal stage(with_contact("[leg_timeout=2]sofia/internal/a@127.0.0.1,"
                               "[leg_timeout=5]sofia/internal/b@127.0.0.1"),
                  GetParam());
  stage.call("q-support");

  stage.wait(seconds(3));
  EXPECT_THAT(reasons(stage, leg_of(stage, "a")), SizeIs(1));
  EXPECT_THAT(reasons(stage, leg_of(stage, "b")), IsEmpty());
  stage.wait(seconds(3));

  EXPECT_THAT(failures(stage), ElementsAre("ALLOTTED_TIMEOUT"));
}

TEST_P(Ringing, OriginateTimeoutEndsAllGroups) {
  Rehearsal stage(with_contact("{originate_timeout=5}[leg_timeout=3]sofia/internal/a@127.0.0.1|"
                               "[leg_timeout=30]sofia/internal/b@127.0.0.1|"
                               "sofia/internal/c@127.0.0.1"),
                  GetParam());
  stage.call("q-support");

  stage.wait(seconds(4));
  ASSERT_THAT(called(stage), ElementsAre("a", "b"));
  stage.wait(seconds(2));

  EXPECT_THAT(called(stage), Not(Contains("c")));
  EXPECT_THAT(failures(stage), ElementsAre("NO_ANSWER"));
}

TEST_P(Ringing, AnswerAfterTheTimeoutIsTooLate) {
  Rehearsal stage(with_contact("[leg_timeout=2]sofia/internal/a@127.0.0.1"), GetParam());
  const base::LegId caller = stage.call("q-support");
  const base::LegId agent = leg_of(stage, "a");
  stage.set_stagehands(Stagehands::Idle);
  stage.wait(seconds(3));
  stage.forget();

  stage.answer(agent);
  stage.feed(call::LegGone{agent});

  EXPECT_THAT(stage.queue_events(), IsEmpty());
  EXPECT_THAT(stage.hears(caller), HasSubstr("tone_stream"));
}

// ---- texts --------------------------------------------------------------------------------------

TEST_P(Ringing, NameOfTheCallerIsNoDialString) {
  Rehearsal stage(
      with_contact("{sip_h_X-Who=${caller_id_name},sip_h_X-B=2}sofia/internal/a@127.0.0.1"),
      GetParam());

  stage.call("q-support", "6001", "x},error/USER_BUSY,'[");

  const auto invite = stage.last<call::InviteLeg>();
  ASSERT_TRUE(invite.has_value());
  EXPECT_THAT(invite->headers, ElementsAre(::testing::Pair("X-B", "2"),
                                           ::testing::Pair("X-Who", "x},error/USER_BUSY,'[")));
}

TEST_P(Ringing, NumberOfTheCallerIsOnePartOfAnAddress) {
  Rehearsal stage(with_contact("sofia/internal/${caller_id_number}@127.0.0.1"), GetParam());

  stage.call("q-support", "6001,error/USER_BUSY");

  EXPECT_THAT(failures(stage), IsEmpty());
  EXPECT_THAT(stage.all<call::InviteLeg>(), SizeIs(1));
}

TEST_P(Ringing, VariableMayHoldAWholeDialString) {
  Configuration configuration = with_contact("${agent_phones}");
  configuration.globals["agent_phones"] = kTwo;
  Rehearsal stage(configuration, GetParam());

  stage.call("q-support");

  EXPECT_THAT(called(stage), ElementsAre("a", "b"));
}

// ---- what is run on the agent's leg -------------------------------------------------------------

TEST_P(Ringing, ExecuteOnAnswerRunsOnThePhoneThatAnswers) {
  Rehearsal stage(with_contact("{execute_on_answer='set kit_answered=yes',"
                               "execute_on_answer_2='set::kit_more=b'}sofia/internal/a@127.0.0.1"),
                  GetParam());
  stage.call("q-support");

  stage.answer(leg_of(stage, "a"));
  stage.hang_up(leg_of(stage, "a"));

  const auto ended = stage.hangup_of("outbound");
  EXPECT_EQ(ended->get("variable_kit_answered"), "yes");
  EXPECT_EQ(ended->get("variable_kit_more"), "b");
}

TEST_P(Ringing, ExecuteOnPreBridgeMayEndTheAgentsLeg) {
  Rehearsal stage(
      with_contact("{execute_on_pre_bridge='hangup USER_BUSY'}sofia/internal/a@127.0.0.1"),
      GetParam());
  const base::LegId caller = stage.call("q-support");

  stage.answer(leg_of(stage, "a"));

  EXPECT_THAT(stage.hears(caller), HasSubstr("tone_stream"));
  EXPECT_THAT(stage.queue_events(), Contains("bridge-agent-end ann SUCCESS"));
  EXPECT_THAT(stage.queue_events(), Not(Contains("agent-state-change ann In a queue call")));
}

// ---- a restart ----------------------------------------------------------------------------------

TEST_P(Ringing, RestartEndsAllPhonesAndOffersAnew) {
  Rehearsal stage(with_contact(std::string(kTwo) + "|sofia/internal/c@127.0.0.1"), GetParam());
  const base::LegId caller = stage.call("q-support");
  stage.forget();

  stage.restart();
  EXPECT_THAT(failures(stage), ElementsAre("ORIGINATOR_CANCEL"));
  stage.wait(milliseconds(200));

  EXPECT_THAT(called(stage), ElementsAre("a", "b"));
  EXPECT_THAT(stage.hears(caller), HasSubstr("tone_stream"));
}

}  // namespace
}  // namespace core
