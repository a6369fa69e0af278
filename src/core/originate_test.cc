// originate: calls that commands make.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "core/rehearsal.h"

namespace core {
namespace {

using std::chrono::seconds;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

constexpr const char* kPhone = "sofia/internal/1000@127.0.0.1:5070";

class Originate : public ::testing::TestWithParam<Persistence> {
 protected:
  // Asks, with a ticket of its own, and does not wait.
  void ask(const std::string& words, const std::string& job = "") {
    stage_.feed(ApiRequested{base::Ticket{900}, "originate " + words, job});
  }
  std::vector<std::string> replies() const {
    std::vector<std::string> texts;
    for (const ApiReply& reply : stage_.all<ApiReply>()) {
      if (reply.ticket == base::Ticket{900}) texts.push_back(reply.text);
    }
    return texts;
  }
  std::vector<base::LegId> called() const {
    std::vector<base::LegId> legs;
    for (const auto& order : stage_.all<call::InviteLeg>()) legs.push_back(order.leg);
    return legs;
  }
  std::vector<std::string> names() const { return stage_.events(); }

  Rehearsal stage_{stage_configuration(), GetParam()};
};

INSTANTIATE_TEST_SUITE_P(, Originate,
                         ::testing::Values(Persistence::Continuous, Persistence::SavedEachTime));

TEST_P(Originate, ThePhoneThatAnswersRunsTheApplication) {
  ask(std::string("{origination_caller_id_name='Big Boss'}") + kPhone + " &park()");
  ASSERT_THAT(called(), SizeIs(1));
  EXPECT_EQ(stage_.last<call::InviteLeg>()->from_display, "Big Boss");
  EXPECT_EQ(stage_.last<call::InviteLeg>()->from_user, "0000000000");
  EXPECT_THAT(replies(), IsEmpty());

  stage_.answer(called().front());

  ASSERT_THAT(replies(), ElementsAre(StartsWith("+OK ")));
  const std::string uuid = replies().front().substr(4, 36);
  EXPECT_EQ(stage_.api("uuid_exists " + uuid), "true");
  EXPECT_THAT(names(), Contains("CHANNEL_PARK"));
}

TEST_P(Originate, AnExtensionIsWhereTheLegGoes) {
  ask(std::string(kPhone) + " q-support XML default 'Front Desk' 4711");
  EXPECT_EQ(stage_.last<call::InviteLeg>()->from_display, "Front Desk");
  EXPECT_EQ(stage_.last<call::InviteLeg>()->from_user, "4711");

  stage_.answer(called().front());

  EXPECT_THAT(names(), Contains(StartsWith("member-queue-start")));
  EXPECT_EQ(stage_.core().floor(stage_.now()).waiting, 1u);
}

TEST_P(Originate, OneThatRefusesIsTold) {
  ask(std::string(kPhone) + " &park()");
  stage_.refuse(called().front(), 486);
  EXPECT_THAT(replies(), ElementsAre("-ERR USER_BUSY\n"));
}

TEST_P(Originate, InTheBackgroundTheOutcomeIsAnEvent) {
  ask(std::string(kPhone) + " &park()", "job-1");
  stage_.answer(called().front());

  int jobs = 0;
  for (const Publish& publish : stage_.all<Publish>()) {
    if (publish.event.name != "BACKGROUND_JOB") continue;
    ++jobs;
    EXPECT_EQ(publish.event.get("Job-UUID"), "job-1");
    EXPECT_THAT(publish.event.body, StartsWith("+OK "));
  }
  EXPECT_EQ(jobs, 1);
}

TEST_P(Originate, OfSeveralPhonesTheFirstAnswerCounts) {
  ask(std::string(kPhone) + ",sofia/internal/1001@127.0.0.1:5071 &park()");
  ASSERT_THAT(called(), SizeIs(2));
  stage_.answer(called()[1]);

  ASSERT_THAT(stage_.all<call::HangUpLeg>(), SizeIs(1));
  EXPECT_EQ(stage_.last<call::HangUpLeg>()->leg, called()[0]);
  EXPECT_THAT(replies(), ElementsAre(StartsWith("+OK ")));
}

TEST_P(Originate, NobodyRingsForLongerThanWasAsked) {
  ask(std::string(kPhone) + " &park() XML default undef undef 5");
  stage_.wait(seconds(7));
  EXPECT_THAT(replies(), ElementsAre("-ERR NO_ANSWER\n"));
  EXPECT_THAT(stage_.all<call::HangUpLeg>(), SizeIs(1));
}

TEST_P(Originate, OneThatCannotBeCalledIsToldAtOnce) {
  ask("user/nobody &park()");
  EXPECT_THAT(replies(), ElementsAre("-ERR SUBSCRIBER_ABSENT\n"));
  EXPECT_THAT(called(), IsEmpty());
}

TEST_P(Originate, WordsThatAreWrongCallNobody) {
  ask(kPhone);
  ask(std::string(kPhone) + " &juggle(3)");
  EXPECT_THAT(replies(), ElementsAre(HasSubstr("-USAGE: <call url> <exten>|&<application_name>"),
                                     "-ERR unknown application juggle(3)\n"));
  EXPECT_THAT(called(), IsEmpty());
}

TEST_P(Originate, ADialplanCannotWaitForIt) {
  EXPECT_THAT(stage_.api(std::string("eval ${originate(") + kPhone + " &park())}"),
              HasSubstr("-ERR nobody can wait"));
  EXPECT_THAT(called(), IsEmpty());
}

TEST_P(Originate, OneThatRingsIsGivenUpByARestart) {
  ask(std::string(kPhone) + " &park()", "job-2");
  stage_.restart();
  stage_.wait(seconds(2));

  EXPECT_THAT(replies(), ElementsAre("-ERR ORIGINATOR_CANCEL\n"));
  EXPECT_EQ(stage_.core().floor(stage_.now()).legs, 0u);
}

TEST_P(Originate, OneThatIsKilledWhileItRingsIsTold) {
  ask(std::string(kPhone) + " &park()");
  stage_.api("hupall");
  EXPECT_THAT(replies(), ElementsAre("-ERR MANAGER_REQUEST\n"));
}

}  // namespace
}  // namespace core
