// What legs and peers tell of their streams: RTCP, silence, and the count at the end.
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "media/rtcp_packet.h"
#include "media/testing/plane_test.h"

namespace media {
namespace {

using std::chrono::milliseconds;
using testing::kMusic;
using testing::Phone;

class PlaneReports : public testing::PlaneTest {
 protected:
  PlaneReports() { options_.report_interval = milliseconds(100); }
};

// A phone whose RTCP port stands where RFC 3550 §11 puts it.
class ReportingPhone {
 public:
  ReportingPhone() {
    auto socket = UdpSocket::bind(*Endpoint::parse(testing::kLoopback, port_of_rtcp()));
    // The port behind a free one is nearly always free as well; if not, another phone has it.
    while (!socket) {
      phones_.push_back(std::make_unique<Phone>());
      socket = UdpSocket::bind(*Endpoint::parse(testing::kLoopback, port_of_rtcp()));
    }
    socket_ = std::make_unique<UdpSocket>(std::move(*socket));
  }

  Phone& phone() { return *phones_.back(); }

  // The next report; nullopt and a failure when none comes.
  std::optional<RtcpReport> hear() {
    pollfd poll{.fd = socket_->fd(), .events = POLLIN, .revents = 0};
    const auto patience = milliseconds(testing::kPatience).count();
    EXPECT_EQ(::poll(&poll, 1, static_cast<int>(patience)), 1) << "no report";
    if (batch_->receive(*socket_) == 0) return std::nullopt;
    return parse_rtcp(batch_->datagram(0));
  }
  void send(const RtcpReport& report, std::uint16_t to) {
    EXPECT_TRUE(
        socket_->send(*Endpoint::parse(testing::kLoopback, to), write_rtcp(report, "phone"), {}));
  }

 private:
  std::uint16_t port_of_rtcp() { return static_cast<std::uint16_t>(phones_.back()->port() + 1); }

  std::vector<std::unique_ptr<Phone>> phones_ = [] {
    std::vector<std::unique_ptr<Phone>> phones;
    phones.push_back(std::make_unique<Phone>());
    return phones;
  }();
  std::unique_ptr<UdpSocket> socket_;
  std::unique_ptr<ReceiveBatch> batch_ = std::make_unique<ReceiveBatch>();
};

TEST_F(PlaneReports, PeersAreToldWhatCameAndWhatWasSent) {
  ReportingPhone peer;
  start();
  const std::uint16_t port = open_and_connect(1, peer.phone());
  play(1, kMusic);
  const auto first = peer.phone().hear();
  ASSERT_TRUE(first);
  for (int n = 0; n < 10; ++n) {
    if (n == 5) ++peer.phone().sequence;  // One is lost.
    peer.phone().say(1000, port);
  }

  std::optional<RtcpReport> report;
  do {
    report = peer.hear();
    ASSERT_TRUE(report);
  } while (!report->sender || report->blocks.empty() || report->blocks[0].lost == 0);

  EXPECT_EQ(report->ssrc, first->header.ssrc);
  EXPECT_GT(report->sender->packets, 0u);
  EXPECT_EQ(report->sender->bytes, report->sender->packets * kFrameSamples);
  EXPECT_EQ(report->blocks[0].ssrc, peer.phone().ssrc);
  EXPECT_EQ(report->blocks[0].lost, 1);
}

TEST_F(PlaneReports, TheCountAtTheEndHoldsBothSides) {
  ReportingPhone peer;
  start();
  const std::uint16_t port = open_and_connect(1, peer.phone());
  play(1, kMusic);
  const auto first = peer.phone().hear();
  ASSERT_TRUE(first);
  for (int n = 0; n < 4; ++n) peer.phone().say(1000, port);
  peer.phone().sequence = static_cast<std::uint16_t>(peer.phone().sequence + 2);
  peer.phone().say(1000, port);
  await_all_heard(peer.phone(), port);
  const auto ours = peer.hear();
  ASSERT_TRUE(ours && ours->sender);
  peer.send({.ssrc = peer.phone().ssrc,
             .blocks = {{.ssrc = first->header.ssrc,
                         .lost = 7,
                         .jitter = 80,
                         .last_report = static_cast<std::uint32_t>(ours->sender->ntp_time >> 16)}}},
            static_cast<std::uint16_t>(port + 1));
  // The reply to it comes to where it came from, so it has been read.
  ASSERT_TRUE(peer.hear());
  ASSERT_TRUE(peer.hear());

  post(call::CloseMedia{.leg = {1}});
  const auto counted = wait_for<call::MediaClosed>().statistics;

  EXPECT_EQ(counted.in_packets, 5u);
  EXPECT_EQ(counted.in_bytes, 5 * kFrameSamples);
  EXPECT_EQ(counted.in_digit_packets, 1u);
  EXPECT_EQ(counted.in_lost, 2u);
  EXPECT_GT(counted.out_packets, 0u);
  EXPECT_EQ(counted.rtcp_packets, 1u);
  EXPECT_EQ(counted.out_lost, 7);
  EXPECT_EQ(counted.out_jitter_ms, 10);
}

TEST_F(PlaneReports, ReportsOfStrangersAreNotRead) {
  ReportingPhone peer;
  start();
  const std::uint16_t port = open(1);
  peer.send({.ssrc = 1}, static_cast<std::uint16_t>(port + 1));  // Not connected yet.
  settle(1);
  connect(1, peer.phone());
  ASSERT_TRUE(peer.hear());

  post(call::CloseMedia{.leg = {1}});

  EXPECT_LE(wait_for<call::MediaClosed>().statistics.rtcp_packets, 1u);
}

TEST_F(PlaneReports, SilenceIsToldOnceAndOnlyWhereItCounts) {
  Phone silent;
  Phone patient;
  start();
  open_and_connect(2, patient);
  open(1);
  connect(1, silent, {.silence_seconds = 1});

  EXPECT_EQ(wait_for<call::MediaTimedOut>().leg.value, 1u);

  connect(1, silent, {.silence_seconds = 1});
  EXPECT_EQ(wait_for<call::MediaTimedOut>().leg.value, 1u);
  EXPECT_FALSE(was_told<call::MediaTimedOut>());
}

TEST_F(PlaneReports, WhoSendsIsNotSilent) {
  Phone speaker;
  Phone silent;
  start();
  const std::uint16_t port = open(1);
  connect(1, speaker, {.silence_seconds = 2});
  open(2);
  connect(2, silent, {.silence_seconds = 3});

  // The speaker goes on until the other, who has a longer time, has been silent for too long.
  play(2, "tone_stream://%(10000,0,450)", 2);
  while (!was_told<call::MediaTimedOut>()) {
    speaker.say(1000, port);
    silent.hear(5);
  }

  EXPECT_EQ(wait_for<call::MediaTimedOut>().leg.value, 2u);
}

}  // namespace
}  // namespace media
