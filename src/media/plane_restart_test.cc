// One process ends and the next goes on: same ports, same streams.
#include <gtest/gtest.h>

#include <fstream>
#include <utility>
#include <vector>

#include "media/testing/plane_test.h"

namespace media {
namespace {

using testing::kMusic;
using testing::Phone;

class PlaneRestart : public testing::PlaneTest {};

TEST_F(PlaneRestart, MusicGoesOnInTheSameStream) {
  Phone phone;
  start();
  const std::uint16_t port = open_and_connect(1, phone);
  play(1, kMusic);
  auto before = phone.hear(10);
  stop();
  for (auto& packet : phone.heard_so_far()) before.push_back(std::move(packet));
  phone.say(1000, port);  // Nobody listens: the peer does not know.
  start();

  EXPECT_EQ(open(1, port), port);
  connect(1, phone);
  play(1, kMusic);
  const auto after = phone.hear(10);

  std::vector<testing::Packet> all(before);
  all.insert(all.end(), after.begin(), after.end());
  ASSERT_GE(all.size(), 20u);
  testing::expect_one_stream(all);
  EXPECT_TRUE(after[0].header.marker);
  EXPECT_FALSE(after[1].header.marker);
}

TEST_F(PlaneRestart, TimestampsShowHowLongNothingWasSent) {
  Phone phone;
  start();
  const std::uint16_t port = open_and_connect(1, phone);
  play(1, kMusic);
  auto stopped = phone.hear(3);
  stop();
  for (auto& packet : phone.heard_so_far()) stopped.push_back(std::move(packet));
  start();
  // A sound to another leg passes the time.
  open(3);
  play(3, "silence_stream://400");
  wait_for<call::PlaybackEnded>();

  open(1, port);
  connect(1, phone);
  play(1, kMusic);
  const auto next = phone.hear();

  ASSERT_TRUE(next);
  ASSERT_FALSE(stopped.empty());
  const std::uint32_t samples = next->header.timestamp - stopped.back().header.timestamp;
  const auto passed = next->at - stopped.back().at;
  const auto shown = std::chrono::milliseconds(samples / kSamplesPerMs);
  EXPECT_GE(shown, std::chrono::milliseconds(400));
  EXPECT_LE(shown, passed + std::chrono::seconds(2));
}

TEST_F(PlaneRestart, ConversationsGoOnAndKeysAreTold) {
  Phone caller;
  Phone agent;
  start();
  const std::uint16_t caller_port = open_and_connect(1, caller);
  const std::uint16_t agent_port = open_and_connect(2, agent);
  bridge(1, 2);
  settle(1);
  caller.say(1000, caller_port);
  const auto before = agent.hear(1);
  stop();
  start();

  open(1, caller_port);
  open(2, agent_port);
  connect(1, caller);
  connect(2, agent);
  bridge(1, 2);
  settle(1);
  for (int n = 0; n < 5; ++n) caller.say(1000, caller_port);
  const auto after = agent.hear(5);
  await_all_heard(agent, agent_port);

  std::vector<testing::Packet> all(before);
  all.insert(all.end(), after.begin(), after.end());
  ASSERT_EQ(all.size(), 6u);
  testing::expect_one_stream(all);
}

TEST_F(PlaneRestart, PortsOfLegsThatMayComeBackAreTheLastToBeGiven) {
  start();
  const std::uint16_t port = open(1);
  stop();
  options_.first_port = port;
  options_.last_port = static_cast<std::uint16_t>(port + 100);
  start();

  EXPECT_NE(open(3), port);
  EXPECT_EQ(open(1, port), port);
  stop();
  options_.last_port = port;
  start();

  EXPECT_EQ(open(5), port);
}

TEST_F(PlaneRestart, ANewLegWithAnOldNumberIsANewStream) {
  Phone phone;
  start();
  open_and_connect(1, phone);
  play(1, kMusic);
  const auto before = phone.hear();
  stop();
  phone.heard_so_far();
  start();

  open_and_connect(1, phone);
  play(1, kMusic);
  const auto after = phone.hear();

  ASSERT_TRUE(before && after);
  EXPECT_NE(after->header.ssrc, before->header.ssrc);
}

TEST_F(PlaneRestart, WithoutALedgerThePortsAreKeptAllTheSame) {
  Phone phone;
  start();
  const std::uint16_t port = open_and_connect(1, phone);
  stop();
  std::ofstream(options_.ledger, std::ios::trunc) << "torn";
  start();

  EXPECT_EQ(open(1, port), port);
  connect(1, phone);
  play(1, kMusic);

  EXPECT_TRUE(phone.hears_tone(450));
}

TEST_F(PlaneRestart, TwoPlanesCannotShareALedger) {
  start();

  const auto second = Plane::start(options_, [](const call::MediaReport&) { return true; });

  ASSERT_FALSE(second);
  EXPECT_NE(second.error().find("in use by another process"), std::string::npos);
}

}  // namespace
}  // namespace media
