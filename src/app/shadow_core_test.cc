#include "app/shadow_core.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <condition_variable>
#include <future>
#include <mutex>

#include "app/doctor_command.h"
#include "app/recovery.h"

namespace app {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

// Keeps the snapshots that are delivered; nothing else is asked of it.
class DeliveryDesk final : public store::Journal {
 public:
  store::Recovered take_recovered() override { return {}; }
  void append(std::vector<store::JournalRecord>) override {}
  void save_snapshot(store::Snapshot) override {}
  void announce_snapshot(std::uint64_t) override {}
  void deliver_snapshot(store::Snapshot snapshot) override {
    {
      const std::lock_guard lock(mutex_);
      delivered_.push_back(std::move(snapshot));
    }
    arrived_.notify_all();
  }
  void set_value(std::string, std::string) override {}
  base::Result<void> flush() override { return {}; }

  // Waits until there are this many. Returns: all of them; fewer when it took too long.
  std::vector<store::Snapshot> wait_for(std::size_t count) {
    std::unique_lock lock(mutex_);
    arrived_.wait_for(lock, std::chrono::seconds(30), [&] { return delivered_.size() >= count; });
    return delivered_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::vector<store::Snapshot> delivered_;
};

class ShadowCoreTest : public testing::Test {
 protected:
  ShadowCoreTest() {
    apply(core::Founded{.seed = 7, .unix_ms_at_origin = 1'700'000'000'000});
    core::Configuration configuration;
    configuration.call_center.queues.resize(1);
    configuration.call_center.queues[0].name = "support@default";
    apply(core::Configured{configuration});
  }

  ShadowCore::Step apply(const core::Input& input) {
    core::Commands ignored;
    at_ += base::Duration(10);
    core_.handle(input, at_, ignored);
    return {.number = ++number_, .at = at_, .input = input};
  }
  ShadowCore::Step command(const std::string& text) {
    return apply(core::ApiRequested{.ticket = {number_}, .command = text, .job_uuid = ""});
  }
  store::Snapshot state() const {
    return {.number = number_, .instant_ms = base::to_ms(at_), .body = encode(core_)};
  }

  DeliveryDesk desk_;
  core::Core core_;
  std::uint64_t number_ = 0;
  base::Instant at_ = base::instant_ms(1'000);
};

TEST_F(ShadowCoreTest, DeliversTheStateThatTheLoopHadAtThatRecord) {
  ShadowCore shadow(desk_, [](const core::Input&) {});
  shadow.begin(state());
  std::vector<ShadowCore::Step> steps;
  for (int i = 0; i < 50; ++i) {
    steps.push_back(command("callcenter_config agent add a" + std::to_string(i) + " callback"));
  }
  shadow.follow(std::move(steps));
  shadow.follow({command("callcenter_config tier add support@default a7 1 1")});
  shadow.save();
  const store::Snapshot wanted = state();
  shadow.follow({command("callcenter_config agent del a7")});
  shadow.save();

  const auto delivered = desk_.wait_for(2);

  ASSERT_EQ(delivered.size(), 2U);
  EXPECT_EQ(delivered[0].number, wanted.number);
  EXPECT_EQ(delivered[0].instant_ms, wanted.instant_ms);
  EXPECT_EQ(delivered[0].body, wanted.body);
  EXPECT_EQ(delivered[1].body, state().body);
}

TEST_F(ShadowCoreTest, StartsAgainFromAnotherState) {
  ShadowCore shadow(desk_, [](const core::Input&) {});
  shadow.begin(state());
  command("callcenter_config agent add lost callback");

  shadow.begin(state());
  shadow.follow({command("callcenter_config agent add kept callback")});
  shadow.save();

  const auto delivered = desk_.wait_for(1);
  ASSERT_EQ(delivered.size(), 1U);
  EXPECT_EQ(delivered[0].body, state().body);
}

TEST_F(ShadowCoreTest, WhatStaysWrongIsReportedToTheLoop) {
  std::promise<core::Input> reported;
  ShadowCore shadow(desk_,
                    [&reported](core::Input input) { reported.set_value(std::move(input)); });
  shadow.begin(state());
  shadow.follow({command("callcenter_config agent add ann callback"),
                 command("callcenter_config agent set state ann Receiving")});
  const auto health_at = [&shadow](base::Instant now) {
    std::promise<ShadowCore::Health> told;
    shadow.examine(now, [&told](const ShadowCore::Health& health) { told.set_value(health); });
    return told.get_future().get();
  };

  EXPECT_THAT(doctor_reply(health_at(at_), true), StartsWith("+OK healthy: 1 looks, 0 violations"));
  const ShadowCore::Health health = health_at(at_ + std::chrono::minutes(1));

  const core::Input input = reported.get_future().get();
  EXPECT_EQ(std::get<core::ViolationSeen>(input).violation.kind,
            core::Violation::Kind::AgentWithoutOffer);
  EXPECT_EQ(health.violations, 1u);
  EXPECT_THAT(doctor_reply(health, true), StartsWith("-ERR 2 looks, 1 violations"));
  EXPECT_THAT(doctor_reply(health, true),
              HasSubstr("\nann is busy with a call that there is not\n"));

  // What the loop does about it is what the shadow does.
  shadow.follow({apply(input)});
  EXPECT_THAT(health_at(at_ + std::chrono::minutes(2)).present, IsEmpty());
}

TEST_F(ShadowCoreTest, WithoutAStateThereIsNothingToLookAt) {
  ShadowCore shadow(desk_, [](const core::Input&) {});
  std::promise<ShadowCore::Health> told;
  shadow.examine(at_, [&told](const ShadowCore::Health& health) { told.set_value(health); });

  EXPECT_THAT(doctor_reply(told.get_future().get(), true), StartsWith("-ERR there is no state"));
}

TEST_F(ShadowCoreTest, IsStaleWithoutAStateItCanRead) {
  ShadowCore shadow(desk_, [](const core::Input&) {});
  EXPECT_TRUE(shadow.is_stale());

  shadow.begin({.number = 1, .instant_ms = 0, .body = "{"});
  shadow.save();
  while (shadow.is_saving()) std::this_thread::yield();

  EXPECT_TRUE(shadow.is_stale());
  EXPECT_FALSE(shadow.is_saving());
}

}  // namespace
}  // namespace app
