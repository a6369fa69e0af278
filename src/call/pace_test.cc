#include "call/pace.h"

#include <gtest/gtest.h>

#include <chrono>

namespace call {
namespace {

using std::chrono::seconds;

base::Instant at(std::int64_t second) {
  return base::instant_ms(second * 1000);
}

// One answer every so many seconds to callers who all wait since the beginning.
Pace steady(int every, int count) {
  Pace pace;
  for (int answer = 1; answer <= count; ++answer) {
    pace.answered(at(0), std::nullopt, at(every * answer));
  }
  return pace;
}

TEST(Pace, FewAnswersGiveNoEstimate) {
  EXPECT_EQ(steady(10, 2).estimate(1, at(20), at(20)), std::nullopt);
  EXPECT_EQ(steady(10, 3).estimate(1, at(30), at(30)), seconds(10));
}

TEST(Pace, EstimateGrowsWithThePlace) {
  EXPECT_EQ(steady(30, 5).estimate(4, at(150), at(150)), seconds(120));
}

TEST(Pace, TimeWithoutAnybodyInLineIsNoInterval) {
  Pace pace = steady(10, 3);

  // An hour of nothing, then somebody who is answered in ten seconds.
  pace.answered(at(3600), std::nullopt, at(3610));

  EXPECT_EQ(pace.mean_interval(), seconds(10));
}

TEST(Pace, NewerAnswersWeighMore) {
  Pace pace = steady(10, 20);
  for (int answer = 1; answer <= 20; ++answer) {
    pace.answered(at(0), std::nullopt, at(200 + 60 * answer));
  }

  EXPECT_GT(pace.mean_interval(), seconds(50));
  EXPECT_LE(pace.mean_interval(), seconds(60));
}

TEST(Pace, LineThatHasStoppedIsEstimatedSlower) {
  const Pace pace = steady(10, 8);

  EXPECT_EQ(pace.estimate(1, at(80), at(85)), seconds(10));
  EXPECT_EQ(pace.estimate(1, at(80), at(80 + 90)), seconds(20));
}

TEST(Pace, ErrorsOfEstimatesAreMeasured) {
  Pace pace = steady(10, 3);

  pace.answered(at(100), seconds(10), at(116));
  pace.answered(at(100), seconds(20), at(116));

  EXPECT_EQ(pace.compared(), 2);
  EXPECT_EQ(pace.mean_error(), seconds(5));
  EXPECT_EQ(pace.mean_bias(), seconds(1));
}

TEST(Pace, ClocksFarApartStayInBounds) {
  Pace pace = steady(1, 3);

  pace.answered(at(0), base::Duration(0), at(2'000'000'000));

  ASSERT_TRUE(pace.estimate(std::size_t{1} << 60, at(0), at(2'000'000'000)));
  EXPECT_LE(pace.mean_interval(), std::chrono::hours(24));
}

}  // namespace
}  // namespace call
