// Same seed, same inputs: byte-identical commands, whether or not the core is saved on the way.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/random.h"
#include "core/rehearsal.h"

namespace core {
namespace {

using std::chrono::milliseconds;

// A day in small: callers come and go, agents answer, refuse, or let it ring.
class Day {
 public:
  Day(std::uint64_t seed, Persistence persistence)
      : dice_(seed), stage_(configuration(), persistence, seed) {}

  void run(int steps) {
    for (int i = 0; i < steps; ++i) {
      step();
      stage_.wait(milliseconds(dice_.below(3'000)));
    }
  }
  const Rehearsal& stage() const { return stage_; }

 private:
  static Configuration configuration() {
    Configuration configuration = stage_configuration();
    for (const char* name : {"ann", "bob", "cat"}) add_stage_agent(configuration, name);
    add_stage_agent(configuration, "dan", "sales@default");
    return configuration;
  }

  void step() {
    switch (dice_.below(9)) {
      case 0:
      case 1:
        callers_.push_back(stage_.call(dice_.below(2) == 0 ? "exit-support" : "chain-support-sales",
                                       "60" + std::to_string(dice_.below(90))));
        return;
      case 2:
      case 3:
      case 4:
        if (const auto leg = ringing()) stage_.answer(*leg);
        return;
      case 5:
        if (const auto leg = ringing()) stage_.refuse(*leg, dice_.below(2) == 0 ? 486 : 480);
        return;
      case 6:
        if (const auto leg = caller()) stage_.hang_up(*leg);
        return;
      case 7:
        if (const auto leg = caller()) stage_.press(*leg, "5");
        return;
      default:
        stage_.api("callcenter_config agent set status bob " +
                   std::string(dice_.below(2) == 0 ? "Available" : "'On Break'"));
    }
  }

  // One of all legs ever invited: reports about legs that are gone must do no harm either.
  std::optional<base::LegId> ringing() {
    const auto invites = stage_.all<call::InviteLeg>();
    if (invites.empty()) return std::nullopt;
    const std::size_t recent = std::min<std::size_t>(invites.size(), 4);
    return invites[invites.size() - 1 - dice_.below(recent)].leg;
  }
  std::optional<base::LegId> caller() {
    if (callers_.empty()) return std::nullopt;
    return callers_[dice_.below(callers_.size())];
  }

  base::Random dice_;
  Rehearsal stage_;
  std::vector<base::LegId> callers_;
};

class Determinism : public ::testing::TestWithParam<std::uint64_t> {};

INSTANTIATE_TEST_SUITE_P(, Determinism, ::testing::Values(1, 71934));

TEST_P(Determinism, SameSeedAndInputsGiveTheSameTrace) {
  Day once(GetParam(), Persistence::Continuous);
  Day again(GetParam(), Persistence::Continuous);
  once.run(60);
  again.run(60);

  EXPECT_EQ(once.stage().trace(), again.stage().trace());
  EXPECT_EQ(once.stage().saved(), again.stage().saved());
  EXPECT_THAT(once.stage().all<call::BridgeMedia>(), ::testing::Not(::testing::IsEmpty()));
}

TEST_P(Determinism, SavingOnTheWayChangesNothing) {
  Day straight(GetParam(), Persistence::Continuous);
  Day saved(GetParam(), Persistence::SavedEachTime);
  straight.run(20);
  saved.run(20);

  EXPECT_EQ(straight.stage().trace(), saved.stage().trace());
  EXPECT_EQ(straight.stage().saved(), saved.stage().saved());
}

TEST(OtherDeterminism, OtherSeedGivesOtherUuids) {
  Day one(1, Persistence::Continuous);
  Day two(2, Persistence::Continuous);
  one.run(10);
  two.run(10);

  EXPECT_NE(one.stage().trace(), two.stage().trace());
}

}  // namespace
}  // namespace core
