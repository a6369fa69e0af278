// How agents are reached, and what becomes of an offer that does not come to a conversation.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/rehearsal.h"

namespace core {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Configuration with_contact(std::string contact) {
  Configuration configuration = stage_configuration();
  add_stage_agent(configuration, "ann");
  configuration.call_center.agents[0].contact = std::move(contact);
  call::DirectoryUser user;
  user.id = "1001";
  user.domain = "default";
  user.dial_string =
      "{^^:sip_invite_domain=${dialed_domain}:presence_id=${dialed_user}@${dialed_domain}}"
      "${sofia_contact(*/${dialed_user}@${dialed_domain})}";
  configuration.directory.add(user);
  return configuration;
}

void register_phone(Rehearsal& stage, std::string uri, int expires_seconds = 120) {
  call::RegistrationReceived registration;
  registration.ticket = base::Ticket{4};
  registration.profile = "internal";
  registration.user = "1001";
  registration.domain = "default";
  registration.contacts = {{std::move(uri), expires_seconds}};
  registration.source = "127.0.0.1:5071";
  registration.call_id = "registration";
  registration.cseq = 1;
  stage.feed(registration);
}

std::string first_failure(Rehearsal& stage) {
  for (const std::string& event : stage.queue_events()) {
    if (event.rfind("bridge-agent-fail", 0) == 0) return event;
  }
  return "none";
}

// RFC 3261 §16.6: a call that is passed round in a circle ends.
TEST(OfferFlow, MayGoOneStepLessFarThanTheCallerMight) {
  Configuration configuration = stage_configuration();
  add_stage_agent(configuration, "ann");
  Rehearsal stage(configuration);
  call::LegInvited invited;
  invited.leg = base::LegId{1};
  invited.profile = "internal";
  invited.request_user = "q-support";
  invited.from_user = "6001";
  invited.max_forwards = 9;
  invited.offer.emplace();
  invited.offer->address = "127.0.0.1";
  invited.offer->port = 4000;
  invited.offer->codecs = {call::Codec{0, "PCMU", 8000, {}}};

  stage.feed(invited);

  ASSERT_THAT(stage.all<call::InviteLeg>(), SizeIs(1));
  EXPECT_EQ(stage.last<call::InviteLeg>()->max_forwards, 8);
}

struct BadContact {
  const char* contact;
  const char* cause;
};

TEST(OfferFlow, ContactThatReachesNobodyFailsWithItsCause) {
  for (const BadContact& row : {
           BadContact{"user/1001@default", "USER_NOT_REGISTERED"},
           BadContact{"user/9999@default", "SUBSCRIBER_ABSENT"},
           BadContact{"error/USER_BUSY", "USER_BUSY"},
           BadContact{"error/no_such_cause", "NORMAL_UNSPECIFIED"},
           BadContact{"sofia/external/a@127.0.0.1", "INVALID_PROFILE"},
           BadContact{"sofia/gateway/trunk/123", "INVALID_GATEWAY"},
           BadContact{"sofia/internal/1001%default", "USER_NOT_REGISTERED"},
           BadContact{"sofia/internal/", "INVALID_URL"},
           BadContact{"loopback/1001", "NO_ROUTE_DESTINATION"},
           BadContact{"loopback/1001/nowhere", "NO_ROUTE_DESTINATION"},
           BadContact{"loopback/refused", "USER_BUSY"},
           BadContact{"verto/1001", "DESTINATION_OUT_OF_ORDER"},
           BadContact{"[leg_timeout=10", "DESTINATION_OUT_OF_ORDER"},
           BadContact{"nonsense", "DESTINATION_OUT_OF_ORDER"},
           BadContact{"", "DESTINATION_OUT_OF_ORDER"},
       }) {
    Rehearsal stage(with_contact(row.contact));
    stage.call("q-support");
    EXPECT_EQ(first_failure(stage), "bridge-agent-fail ann " + std::string(row.cause))
        << row.contact;
  }
}

TEST(OfferFlow, ContactThatFailsAtOnceIsTriedTenTimesASecondAtMost) {
  Rehearsal stage(with_contact("error/USER_BUSY"));
  const base::LegId caller = stage.call("q-support");

  stage.wait(milliseconds(950));

  std::size_t failures = 0;
  for (const std::string& event : stage.queue_events()) {
    failures += event == "bridge-agent-fail ann USER_BUSY" ? 1 : 0;
  }
  EXPECT_EQ(failures, 10u);
  stage.hang_up(caller);
  stage.forget();
  stage.wait(seconds(1));
  EXPECT_EQ(first_failure(stage), "none");
}

TEST(OfferFlow, PhoneThatCancelsItselfIsNotCalledWithoutEnd) {
  Rehearsal stage(with_contact("error/ORIGINATOR_CANCEL"));

  stage.call("q-support");
  stage.wait(milliseconds(50));

  EXPECT_THAT(stage.queue_events(), SizeIs(6));
}

TEST(OfferFlow, OtherAgentIsNotHeldUpByOneThatFails) {
  Configuration configuration = with_contact("error/USER_BUSY");
  add_stage_agent(configuration, "bob");
  Rehearsal stage(configuration);

  stage.call("q-support");

  EXPECT_THAT(stage.all<call::InviteLeg>(), SizeIs(1));
}

TEST(OfferFlow, GapAfterAFailureSurvivesARestart) {
  Rehearsal stage(with_contact("error/USER_BUSY"), Persistence::SavedEachTime);
  stage.call("q-support");

  stage.restart();
  stage.wait(milliseconds(200));

  EXPECT_EQ(first_failure(stage), "bridge-agent-fail ann USER_BUSY");
}

TEST(OfferFlow, RegisteredUserIsCalledAtTheSourceOfItsRegistration) {
  Rehearsal stage(with_contact("[leg_timeout=10]user/1001@default"));
  register_phone(stage, "sip:1001@10.0.0.9:5060;transport=udp");

  stage.call("q-support");

  const auto invite = stage.last<call::InviteLeg>();
  ASSERT_TRUE(invite.has_value());
  EXPECT_EQ(invite->request_uri, "sip:1001@10.0.0.9:5060;transport=udp");
  EXPECT_EQ(invite->next_hop, "127.0.0.1:5071");
  EXPECT_EQ(invite->from_host, "default");
  stage.forget();
  stage.wait(seconds(11));
  EXPECT_EQ(first_failure(stage), "bridge-agent-fail ann ALLOTTED_TIMEOUT");
}

TEST(OfferFlow, ExpiredRegistrationIsNotCalled) {
  Rehearsal stage(with_contact("user/1001@default"));
  register_phone(stage, "sip:1001@127.0.0.1:5071", 60);

  stage.wait(seconds(60));
  stage.call("q-support");

  EXPECT_THAT(stage.all<call::InviteLeg>(), IsEmpty());
  EXPECT_EQ(first_failure(stage), "bridge-agent-fail ann USER_NOT_REGISTERED");
}

TEST(OfferFlow, OriginationVariablesAndHeadersOfTheContactCount) {
  Rehearsal stage(with_contact(
      "{origination_caller_id_name='Front, Desk',origination_caller_id_number=7000,"
      "sip_h_X-Caller=${caller_id_number},sip_h_Bad Name=x}sofia/internal/a@127.0.0.1"));

  stage.call("q-support");

  const auto invite = stage.last<call::InviteLeg>();
  EXPECT_EQ(invite->from_display, "Front, Desk");
  EXPECT_EQ(invite->from_user, "7000");
  EXPECT_THAT(invite->headers, ElementsAre(::testing::Pair("X-Caller", "6001")));
}

TEST(OfferFlow, LineBreaksInVariablesDoNotReachTheMessage) {
  Rehearsal stage(with_contact("[sip_h_X-Note=${caller_id_name}]sofia/internal/a@127.0.0.1"));

  stage.call("q-support", "6001", "Eve\r\nX-Evil: 1");

  EXPECT_EQ(stage.last<call::InviteLeg>()->from_display, "Eve  X-Evil: 1");
  EXPECT_EQ(stage.last<call::InviteLeg>()->headers[0].second, "Eve  X-Evil: 1");
}

TEST(OfferFlow, FunctionInTheContactThatHangsEverybodyUpIsSurvived) {
  Rehearsal stage(with_contact("sofia/internal/a${hupall()}@127.0.0.1"));

  stage.call("q-support");

  EXPECT_THAT(stage.all<call::InviteLeg>(), IsEmpty());
  EXPECT_EQ(stage.core().floor(stage.now()).legs, 0u);
  EXPECT_EQ(stage.core().floor(stage.now()).waiting, 0u);
}

TEST(OfferFlow, AnswerThatNobodyUnderstandsIsEndedWithABye) {
  Rehearsal stage(with_contact("sofia/internal/a@127.0.0.1"));
  stage.call("q-support");
  const base::LegId agent = stage.last<call::InviteLeg>()->leg;
  call::LegAnswered answered;
  answered.leg = agent;
  answered.facts.local_tag = "a";
  answered.facts.remote_tag = "b";

  stage.feed(answered);

  EXPECT_EQ(stage.all<call::HangUpLeg>().front().leg, agent);
  EXPECT_EQ(first_failure(stage), "bridge-agent-fail ann INCOMPATIBLE_DESTINATION");
}

TEST(OfferFlow, PortThatCannotBeHadFailsTheOffer) {
  Rehearsal stage(with_contact("sofia/internal/a@127.0.0.1"));
  stage.call("q-nowhere");
  stage.set_stagehands(Stagehands::Idle);
  const base::LegId caller = stage.call("q-support");
  stage.feed(call::MediaOpened{caller, 20'500});
  stage.forget();

  stage.feed(call::MediaFailed{base::LegId{2}, "all ports are taken"});

  EXPECT_EQ(first_failure(stage), "bridge-agent-fail ann NORMAL_TEMPORARY_FAILURE");
  EXPECT_THAT(stage.all<LogLine>(), SizeIs(1));
}

TEST(OfferFlow, MediaThatFailsForACallerIsRefusedWith503) {
  Rehearsal stage(stage_configuration());
  stage.set_stagehands(Stagehands::Idle);
  const base::LegId caller = stage.call("q-support");

  stage.feed(call::MediaFailed{caller, "all ports are taken"});

  EXPECT_EQ(stage.last<call::HangUpLeg>()->final_status, 503);
}

TEST(OfferFlow, AgentLoggedOutWhileRingingIsCancelled) {
  Rehearsal stage(with_contact("sofia/internal/a@127.0.0.1"));
  stage.call("q-support");
  stage.forget();

  stage.api("callcenter_config agent set status ann 'Logged Out'");

  EXPECT_EQ(stage.last<call::HangUpLeg>()->reason, "SIP;cause=487;text=\"ORIGINATOR_CANCEL\"");
  EXPECT_EQ(first_failure(stage), "bridge-agent-fail ann ORIGINATOR_CANCEL");
}

TEST(OfferFlow, RegistrationIsRefusedWhenItsUserIsUnknown) {
  Rehearsal stage(stage_configuration());

  register_phone(stage, "sip:1001@127.0.0.1:5071");

  ASSERT_THAT(stage.all<call::RefuseRegistration>(), SizeIs(1));
  EXPECT_EQ(stage.all<call::RefuseRegistration>()[0].status, 403);
}

TEST(OfferFlow, RegistrationOutOfOrderIsRefused) {
  Rehearsal stage(with_contact("user/1001@default"));
  register_phone(stage, "sip:1001@127.0.0.1:5071");

  register_phone(stage, "sip:1001@127.0.0.1:5071", 0);

  EXPECT_THAT(stage.all<call::AcceptRegistration>(), SizeIs(1));
  EXPECT_THAT(stage.all<call::RefuseRegistration>(), SizeIs(1));
}

}  // namespace
}  // namespace core
