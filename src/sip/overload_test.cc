// New calls are turned away when there is more work than can be done; calls that are up are served.
#include <gtest/gtest.h>

#include <atomic>

#include "sip/testing/rig.h"

namespace sip {
namespace {

using testing::Draft;
using testing::kOffer;
using testing::Message;
using testing::Rig;

Draft new_call(const std::string& id) {
  return Draft{.call_id = id, .branch = "z9hG4bK-" + id, .body = kOffer};
}

TEST(Overload, NewCallsAreRefusedWhileTheCoreIsBusy) {
  std::atomic<int> percent{0};
  StackOptions options = Rig::options_of(testing::test_profile());
  options.core_load = [&percent] { return CoreLoad{.inbox_percent = percent, .lag = {}}; };
  Rig rig(std::move(options));
  const Rig::Call call = rig.inbound_call();

  percent = 81;
  rig.send(new_call("more"));

  const Message refused = rig.peer.response("INVITE");
  EXPECT_EQ(refused.status(), 503);
  EXPECT_FALSE(refused.header("Retry-After").empty());
  EXPECT_EQ(rig.stack->refused_calls().by_inbox, 1U);
  rig.send(Draft{.method = "INFO", .to = call.to, .cseq = 2, .branch = "z9hG4bK-info"});
  EXPECT_EQ(rig.peer.response("INFO").status(), 200);
  rig.send(Draft{.to = call.to, .cseq = 3, .branch = "z9hG4bK-hold", .body = kOffer});
  rig.reports.find<call::LegReinvited>();
  percent = 0;
  rig.send(new_call("again"));
  rig.reports.find<call::LegInvited>();
}

TEST(Overload, SessionsPerSecondAreCounted) {
  StackOptions options = Rig::options_of(testing::test_profile());
  options.limits.sessions_per_second = 1;
  Rig rig(std::move(options));

  // All three come within one second, or another one or two are let in.
  for (const char* id : {"a", "b", "c"}) rig.send(new_call(id));

  rig.reports.expect<call::LegInvited>();
  rig.settle();
  EXPECT_EQ(rig.stack->refused_calls().by_rate + rig.reports.waiting(), 2U);
}

TEST(Overload, MaxSessionsAreCounted) {
  StackOptions options = Rig::options_of(testing::test_profile());
  options.limits.sessions_max = 1;
  Rig rig(std::move(options));
  rig.inbound_call();

  rig.send(new_call("more"));

  EXPECT_EQ(rig.peer.response("INVITE").status(), 503);
  EXPECT_EQ(rig.stack->refused_calls().by_sessions, 1U);
}

}  // namespace
}  // namespace sip
