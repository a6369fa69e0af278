#include <gtest/gtest.h>

#include <atomic>
#include <optional>
#include <string>

#include "media/testing/plane_test.h"

namespace media {
namespace {

using testing::kLoopback;

std::optional<UdpSocket> occupy(std::uint16_t port) {
  auto socket = UdpSocket::bind(*Endpoint::parse(kLoopback, port));
  if (!socket) return std::nullopt;
  return std::move(*socket);
}

class PlanePorts : public testing::PlaneTest {
 protected:
  // Makes the range two ports that are free now, the first of which is taken by the test.
  void take_first_of_two() {
    for (std::uint16_t port = 30100; port < 32000; port = static_cast<std::uint16_t>(port + 4)) {
      const auto next = static_cast<std::uint16_t>(port + 2);
      taken_ = occupy(port);
      if (!taken_ || !occupy(next)) continue;
      options_.first_port = port;
      options_.last_port = next;
      return;
    }
    FAIL() << "no two free ports";
  }

  std::string why_not(std::uint64_t leg, const std::string& address, std::uint16_t port = 0) {
    post(call::OpenMedia{.leg = {leg}, .address = address, .port = port});
    const auto failed = wait_for<call::MediaFailed>();
    EXPECT_EQ(failed.leg.value, leg);
    return failed.why;
  }

  std::optional<UdpSocket> taken_;
};

TEST_F(PlanePorts, AreEvenAndOfTheRangeAndNeverTwiceTheSame) {
  start();

  const std::uint16_t first = open(1);
  const std::uint16_t second = open(3);

  for (const std::uint16_t port : {first, second}) {
    EXPECT_EQ(port % 2, 0);
    EXPECT_GE(port, options_.first_port);
    EXPECT_LE(port, options_.last_port);
  }
  EXPECT_NE(first, second);
}

TEST_F(PlanePorts, OneInUseIsSkipped) {
  take_first_of_two();
  start();

  EXPECT_EQ(open(1), options_.last_port);
}

TEST_F(PlanePorts, AnExhaustedRangeIsReported) {
  take_first_of_two();
  start();
  open(1);

  const std::string why = why_not(3, kLoopback);

  EXPECT_EQ(why, "no free RTP port in " + std::to_string(options_.first_port) + "-" +
                     std::to_string(options_.last_port) + " on 127.0.0.1");
}

TEST_F(PlanePorts, AClosedLegGivesItsPortBack) {
  take_first_of_two();
  start();
  const std::uint16_t port = open(1);

  post(call::CloseMedia{.leg = {1}});

  EXPECT_EQ(open(3), port);
}

TEST_F(PlanePorts, ThePortThatIsOrderedIsTheOneOrNone) {
  take_first_of_two();
  start();

  EXPECT_EQ(open(1, options_.last_port), options_.last_port);
  EXPECT_EQ(why_not(3, kLoopback, options_.first_port),
            "127.0.0.1:" + std::to_string(options_.first_port) + ": Address already in use");
}

TEST_F(PlanePorts, AnAddressThatIsNotOursIsReported) {
  start();

  EXPECT_EQ(why_not(1, "not an address"), "'not an address' is not an IP address");
  // TEST-NET-1 (RFC 5737) is nobody's.
  EXPECT_NE(why_not(3, "192.0.2.1").find("Cannot assign requested address"), std::string::npos);
  EXPECT_EQ(why_not(0, kLoopback), "no leg is named");
}

TEST_F(PlanePorts, OpeningAnOpenLegTellsItsPortAgain) {
  start();

  EXPECT_EQ(open(1), open(1));
}

TEST_F(PlanePorts, ARangeWithoutAPortDoesNotStart) {
  options_.first_port = 5001;
  options_.last_port = 5001;

  const auto plane = Plane::start(options_, [](const call::MediaReport&) { return true; });

  ASSERT_FALSE(plane);
  EXPECT_EQ(plane.error(), "RTP ports 5001-5001 hold no even port");
}

TEST_F(PlanePorts, OrdersForLegsThatAreNotThereAreIgnored) {
  const testing::Phone phone;
  start();
  open(1);
  post(call::CloseMedia{.leg = {1}});

  connect(1, phone);
  play(1, testing::kMusic);
  bridge(1, 3);
  bridge(5, 5);
  post(call::UnbridgeMedia{.first = {1}, .second = {3}});
  post(call::StopSound{.leg = {1}, .playback = {1}});
  post(call::CloseMedia{.leg = {1}});

  settle(3);
  EXPECT_FALSE(was_told<call::PlaybackEnded>());
}

TEST_F(PlanePorts, ReportsAreOfferedAgainUntilTheyAreTaken) {
  std::atomic<int> refusals{3};
  auto plane = Plane::start(options_, [&](const call::MediaReport& report) {
    if (refusals-- > 0) return false;
    return reports_.put(report);
  });
  ASSERT_TRUE(plane);
  plane_ = std::move(*plane);

  open(1);
  open(3);
}

}  // namespace
}  // namespace media
