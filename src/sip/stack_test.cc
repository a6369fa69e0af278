#include "sip/stack.h"

#include <gtest/gtest.h>

#include <future>

#include "sip/testing/rig.h"

namespace sip {
namespace {

using testing::Rig;

TEST(Stack, NamesProfileAddressAndPortThatAreTaken) {
  Rig first;
  call::SipProfile profile = testing::test_profile();
  profile.name = "external";
  profile.sip_port = first.port;

  const auto second =
      Stack::start(Rig::options_of(profile), [](const call::SipReport&) { return true; });

  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error(), "SIP profile 'external': cannot listen on UDP 127.0.0.1:" +
                                std::to_string(first.port) + ": Address already in use");
}

TEST(Stack, RefusesAnAddressThatIsNotOurs) {
  call::SipProfile profile = testing::test_profile();
  profile.sip_ip = "192.0.2.1";
  const auto stack =
      Stack::start(Rig::options_of(profile), [](const call::SipReport&) { return true; });
  ASSERT_FALSE(stack.has_value());
  EXPECT_NE(stack.error().find("'internal'"), std::string::npos);
  EXPECT_NE(stack.error().find("192.0.2.1:0"), std::string::npos);
}

TEST(Stack, CarriesSeveralProfiles) {
  StackOptions options = Rig::options_of(testing::test_profile());
  options.profiles.push_back(testing::test_profile());
  options.profiles.back().name = "external";
  Rig rig(std::move(options));
  ASSERT_EQ(rig.stack->bound().size(), 2U);
  EXPECT_EQ(rig.stack->bound()[1].name, "external");
  EXPECT_EQ(rig.stack->bound()[1].address, "127.0.0.1");
  EXPECT_NE(rig.stack->bound()[0].port, rig.stack->bound()[1].port);

  rig.peer.send(text_of(testing::Draft{.body = testing::kOffer}, rig.peer),
                rig.stack->bound()[1].port);

  EXPECT_EQ(rig.reports.expect<call::LegInvited>().profile, "external");
}

TEST(Stack, NamesTheLegsThatItDoesNotKnow) {
  Rig rig;
  rig.stack->post(rig.invitation());
  const base::LegId known = rig.invitation().leg;
  std::promise<std::vector<base::LegId>> told;

  rig.stack->look_for({known}, [](const auto&) { ADD_FAILURE() << "it knows that one"; });
  rig.stack->look_for({known, base::LegId{4711}},
                      [&told](const auto& unknown) { told.set_value(unknown); });

  EXPECT_EQ(told.get_future().get(), std::vector{base::LegId{4711}});
}

TEST(Stack, SettingsChangeWhileItRuns) {
  Rig rig;
  call::SipProfile changed = testing::test_profile();
  changed.user_agent = "Another";
  changed.sip_port = 1;  // Stays as it is.
  rig.stack->use_settings({changed});
  std::promise<void> done;  // Orders are taken one after the other.
  rig.stack->after_reading_trace([&done] { done.set_value(); });
  done.get_future().wait();

  rig.send(testing::Draft{.method = "OPTIONS"});

  EXPECT_EQ(rig.peer.response("OPTIONS").header("Server"), "Another");
}

TEST(Stack, HandsOutOddIdsFromTheFirst) {
  StackOptions options = Rig::options_of(testing::test_profile());
  options.first_leg = base::LegId{41};
  Rig rig(std::move(options));
  for (const std::uint64_t expected : {41U, 43U}) {
    const std::string unique = std::to_string(expected);
    rig.send(testing::Draft{.call_id = unique, .branch = "z9hG4bK-" + unique});
    EXPECT_EQ(rig.reports.expect<call::LegInvited>().leg.value, expected);
  }
}

TEST(Stack, StopsAfterTheOrdersBefore) {
  Rig rig;
  rig.outbound_call();
  rig.stack->post(call::HangUpLeg{base::LegId{2}, 480, ""});
  rig.stack.reset();
  rig.peer.request("BYE");
}

}  // namespace
}  // namespace sip
