// The plane over IPv6: the same rules between sockets of the other family.
#include <gtest/gtest.h>
#include <poll.h>

#include <memory>
#include <optional>
#include <vector>

#include "media/testing/plane_test.h"

namespace media {
namespace {

constexpr const char* kLoopback6 = "::1";

class PlaneIpv6 : public testing::PlaneTest {
 protected:
  void SetUp() override {
    auto socket = UdpSocket::bind(*Endpoint::parse(kLoopback6, 0));
    if (!socket) GTEST_SKIP() << "this machine has no IPv6";
    socket_.emplace(std::move(*socket));
    Endpoint name;
    socklen_t size = Endpoint::kCapacity;
    ASSERT_EQ(::getsockname(socket_->fd(), name.writable(), &size), 0);
    phone_port_ = name.port();

    start();
    post(call::OpenMedia{.leg = {1}, .address = kLoopback6});
    port_ = wait_for<call::MediaOpened>().port;
    post(call::ConnectMedia{.leg = {1},
                            .address = kLoopback6,
                            .port = phone_port_,
                            .codec = {0, "PCMU", 8000, ""},
                            .digits_payload_type = 101});
  }

  // The next packet at the phone's socket.
  std::optional<RtpHeader> hear() {
    pollfd poll{.fd = socket_->fd(), .events = POLLIN, .revents = 0};
    const auto patience = std::chrono::milliseconds(testing::kPatience).count();
    if (::poll(&poll, 1, static_cast<int>(patience)) != 1) return std::nullopt;
    if (batch_->receive(*socket_) == 0) return std::nullopt;
    EXPECT_EQ(batch_->from(0), *Endpoint::parse(kLoopback6, port_));
    const auto packet = parse_rtp(batch_->datagram(0));
    return packet ? std::optional(packet->header) : std::nullopt;
  }

  std::optional<UdpSocket> socket_;
  std::unique_ptr<ReceiveBatch> batch_ = std::make_unique<ReceiveBatch>();
  std::uint16_t phone_port_ = 0;
  std::uint16_t port_ = 0;
};

TEST_F(PlaneIpv6, SoundIsHeard) {
  play(1, testing::kMusic);

  const auto header = hear();

  ASSERT_TRUE(header);
  EXPECT_EQ(header->payload_type, 0);
}

TEST_F(PlaneIpv6, KeysAreTold) {
  const std::vector<std::uint8_t> key = {5, 0x8a, 0, 160};
  std::vector<std::uint8_t> header(kRtpHeaderBytes);
  write_rtp_header({.payload_type = 101, .marker = true, .sequence = 7, .timestamp = 9, .ssrc = 3},
                   std::span<std::uint8_t, kRtpHeaderBytes>(header));

  EXPECT_TRUE(socket_->send(*Endpoint::parse(kLoopback6, port_), header, key));

  EXPECT_EQ(wait_for<call::DigitReceived>().digit, "5");
}

}  // namespace
}  // namespace media
