// For tests: the far end of one leg, a UDP socket on the loopback that speaks and hears RTP.
//
// Hearing waits for a packet, up to a time that only a broken plane exceeds.
#pragma once

#include <gtest/gtest.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <deque>
#include <iterator>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "media/endpoint.h"
#include "media/frame.h"
#include "media/g711.h"
#include "media/rtp_packet.h"
#include "media/testing/goertzel.h"
#include "media/udp_socket.h"

namespace media::testing {

inline constexpr const char* kLoopback = "127.0.0.1";
inline constexpr std::chrono::seconds kPatience{20};

struct Packet {
  RtpHeader header;
  std::vector<std::uint8_t> payload;
  TimePoint at;
};

class Phone {
 public:
  Phone() : socket_(bound()), batch_(std::make_unique<ReceiveBatch>()) {
    Endpoint name;
    socklen_t size = Endpoint::kCapacity;
    EXPECT_EQ(::getsockname(socket_.fd(), name.writable(), &size), 0);
    port_ = name.port();
  }

  std::uint16_t port() const { return port_; }

  // The next packet; nullopt and a failure of the test when none comes.
  std::optional<Packet> hear() {
    if (waiting_.empty()) {
      pollfd poll{.fd = socket_.fd(), .events = POLLIN, .revents = 0};
      const auto patience = std::chrono::milliseconds(kPatience).count();
      EXPECT_EQ(::poll(&poll, 1, static_cast<int>(patience)), 1) << "nothing is heard";
    }
    if (waiting_.empty()) take_some();
    if (waiting_.empty()) return std::nullopt;
    Packet first = std::move(waiting_.front());
    waiting_.pop_front();
    return first;
  }
  std::vector<Packet> hear(std::size_t count) {
    std::vector<Packet> packets;
    while (packets.size() < count) {
      auto packet = hear();
      if (!packet) break;
      packets.push_back(std::move(*packet));
    }
    return packets;
  }
  // What has come already.
  std::vector<Packet> heard_so_far() {
    while (take_some() > 0) continue;
    std::vector<Packet> packets(std::move_iterator(waiting_.begin()),
                                std::move_iterator(waiting_.end()));
    waiting_.clear();
    return packets;
  }
  // Listens until 100 ms in a row are this tone, and little else.
  ::testing::AssertionResult hears_tone(double frequency) {
    std::vector<std::int16_t> last;
    const TimePoint deadline = Clock::now() + kPatience;
    while (Clock::now() < deadline) {
      const auto packet = hear();
      if (!packet) break;
      if (packet->header.payload_type != 0) continue;
      const auto samples = decoded_ulaw(packet->payload);
      last.insert(last.end(), samples.begin(), samples.end());
      if (last.size() < 5 * kFrameSamples) continue;
      last.erase(last.begin(), last.end() - 5 * kFrameSamples);
      if (tone_share(last, frequency) > 0.95) return ::testing::AssertionSuccess();
    }
    return ::testing::AssertionFailure() << "no " << frequency << " Hz";
  }

  // Speaks 20 ms, or another time, of a tone to an RTP port of the plane.
  void say(double frequency, std::uint16_t to, std::size_t length = kFrameSamples) {
    const auto samples = sine(frequency, length);
    std::vector<std::uint8_t> payload;
    for (const std::int16_t sample : samples) payload.push_back(ulaw_of(sample));
    send({.payload_type = 0, .sequence = ++sequence, .timestamp = timestamp, .ssrc = ssrc}, payload,
         to);
    timestamp += static_cast<std::uint32_t>(length);
  }
  // Presses a key: three packets while it is held, three at its end.
  void press(int code, std::uint16_t to) {
    for (int step = 0; step < 6; ++step) send_key(code, std::min(step + 1, 4), step >= 3, to);
    timestamp += 4 * kFrameSamples;
  }
  // A press of which only one packet arrives.
  void tap(int code, std::uint16_t to) {
    send_key(code, 1, true, to);
    timestamp += kFrameSamples;
  }
  void send(const RtpHeader& header, std::span<const std::uint8_t> payload, std::uint16_t to) {
    std::array<std::uint8_t, kRtpHeaderBytes> bytes{};
    write_rtp_header(header, bytes);
    send_raw(bytes, payload, to);
  }
  void send_raw(std::span<const std::uint8_t> first, std::span<const std::uint8_t> second,
                std::uint16_t to) {
    EXPECT_TRUE(socket_.send(*Endpoint::parse(kLoopback, to), first, second));
  }

  std::uint16_t sequence = 65'530;  // So that it wraps soon.
  std::uint32_t timestamp = 4'000'000'000;
  std::uint32_t ssrc = 0xabcdef01;

 private:
  static UdpSocket bound() {
    auto socket = UdpSocket::bind(*Endpoint::parse(kLoopback, 0));
    EXPECT_TRUE(socket);
    return std::move(*socket);
  }
  void send_key(int code, int frames, bool ended, std::uint16_t to) {
    const auto duration = frames * static_cast<int>(kFrameSamples);
    send({.payload_type = 101,
          .marker = frames == 1,
          .sequence = ++sequence,
          .timestamp = timestamp,
          .ssrc = ssrc},
         std::vector<std::uint8_t>{
             static_cast<std::uint8_t>(code), static_cast<std::uint8_t>((ended ? 0x80 : 0) | 10),
             static_cast<std::uint8_t>(duration >> 8), static_cast<std::uint8_t>(duration)},
         to);
  }
  // Takes one batch of what waits at the socket. Returns: how many datagrams.
  std::size_t take_some() {
    const std::size_t count = batch_->receive(socket_);
    for (std::size_t index = 0; index < count; ++index) {
      const auto bytes = batch_->datagram(index);
      const auto packet = parse_rtp(bytes);
      EXPECT_TRUE(packet) << "not RTP";
      if (!packet) continue;
      const auto payload = bytes.subspan(packet->payload_offset, packet->payload_size);
      waiting_.push_back({packet->header, {payload.begin(), payload.end()}, Clock::now()});
    }
    return count;
  }

  UdpSocket socket_;
  std::unique_ptr<ReceiveBatch> batch_;
  std::uint16_t port_ = 0;
  std::deque<Packet> waiting_;
};

}  // namespace media::testing
