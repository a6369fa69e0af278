// For tests: a plane on the loopback, its reports, and the orders that every test gives.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/inbox.h"
#include "media/plane.h"
#include "media/testing/phone.h"
#include "media/testing/scratch_dir.h"

namespace media::testing {

inline constexpr const char* kMusic = "tone_stream://%(10000,0,450);loops=-1";

class PlaneTest : public ::testing::Test {
 protected:
  void start() {
    auto plane = Plane::start(
        options_, [this](call::MediaReport report) { return reports_.put(std::move(report)); });
    ASSERT_TRUE(plane) << plane.error();
    plane_ = std::move(*plane);
  }
  void stop() { plane_.reset(); }

  void post(call::MediaOrder order) { EXPECT_TRUE(plane_->post(std::move(order))); }

  // The next report of this kind; others before it are kept for later.
  template <class T>
  T wait_for() {
    const TimePoint deadline = Clock::now() + kPatience;
    while (true) {
      for (auto report = told_.begin(); report != told_.end(); ++report) {
        if (!std::holds_alternative<T>(*report)) continue;
        T found = std::get<T>(std::move(*report));
        told_.erase(report);
        return found;
      }
      auto some = reports_.take(deadline);
      if (some.empty()) {
        ADD_FAILURE() << "no " << T::kName;
        return {};
      }
      std::move(some.begin(), some.end(), std::back_inserter(told_));
    }
  }
  template <class T>
  bool was_told() {
    auto some = reports_.take_now();
    std::move(some.begin(), some.end(), std::back_inserter(told_));
    return std::any_of(told_.begin(), told_.end(),
                       [](const auto& report) { return std::holds_alternative<T>(report); });
  }

  // Opens a leg. Returns: its RTP port.
  std::uint16_t open(std::uint64_t leg, std::uint16_t port = 0) {
    post(call::OpenMedia{.leg = {leg}, .address = kLoopback, .port = port});
    const auto opened = wait_for<call::MediaOpened>();
    EXPECT_EQ(opened.leg.value, leg);
    return opened.port;
  }
  // Returns when all orders so far were carried out: an open leg that is opened again says so.
  void settle(std::uint64_t leg) { open(leg); }

  // What of the default connection a test changes.
  struct Terms {
    call::Codec codec{0, "PCMU", 8000, ""};
    int digits = 101;
    call::MediaDirection direction = call::MediaDirection::SendReceive;
    std::string address = kLoopback;
    int packet_ms = 20;
    int silence_seconds = 0;
    std::vector<call::Codec> hears = {};
  };
  void connect(std::uint64_t leg, const Phone& phone, const Terms& terms) {
    post(call::ConnectMedia{.leg = {leg},
                            .address = terms.address,
                            .port = phone.port(),
                            .codec = terms.codec,
                            .digits_payload_type = terms.digits,
                            .hears = terms.hears,
                            .packet_ms = terms.packet_ms,
                            .direction = terms.direction,
                            .silence_seconds = terms.silence_seconds});
  }
  void connect(std::uint64_t leg, const Phone& phone) { connect(leg, phone, Terms{}); }
  std::uint16_t open_and_connect(std::uint64_t leg, const Phone& phone) {
    const std::uint16_t port = open(leg);
    connect(leg, phone);
    return port;
  }

  void play(std::uint64_t leg, const std::string& sound, std::uint64_t playback = 1) {
    post(call::PlaySound{.leg = {leg}, .playback = {playback}, .sound = sound, .loop = false});
  }
  void play_looping(std::uint64_t leg, const std::string& sound, std::uint64_t playback = 1) {
    post(call::PlaySound{.leg = {leg}, .playback = {playback}, .sound = sound, .loop = true});
  }
  void bridge(std::uint64_t first, std::uint64_t second) {
    post(call::BridgeMedia{.first = {first}, .second = {second}});
  }

  // Returns when all that this phone sent to the leg before has been dealt with: the plane tells
  // the key that is pressed last. Requires: telephone-event is 101 there.
  void await_all_heard(Phone& phone, std::uint16_t port) {
    phone.tap(11, port);
    EXPECT_EQ(wait_for<call::DigitReceived>().digit, "#");
  }

  ScratchDir scratch_;
  // Within this range the plane itself finds ports that no other test uses.
  PlaneOptions options_{.first_port = 20000,
                        .last_port = 30000,
                        .ledger = scratch_ / "ledger",
                        .sounds = {.sound_prefix = scratch_.path(), .streams = {}}};
  base::Inbox<call::MediaReport> reports_{10'000};
  std::vector<call::MediaReport> told_;
  std::unique_ptr<Plane> plane_;
};

// Each packet follows the one before it: one source, sequence numbers without a gap, and
// timestamps that only go forward, by whole frames.
inline void expect_one_stream(const std::vector<Packet>& packets) {
  for (std::size_t n = 1; n < packets.size(); ++n) {
    const RtpHeader& last = packets[n - 1].header;
    const RtpHeader& next = packets[n].header;
    EXPECT_EQ(next.ssrc, last.ssrc) << n;
    EXPECT_EQ(next.sequence, static_cast<std::uint16_t>(last.sequence + 1)) << n;
    const std::uint32_t forward = next.timestamp - last.timestamp;
    EXPECT_EQ(forward % kFrameSamples, 0u) << n;
    // Usually one frame; a machine under load may stall us for a while, not for a minute.
    EXPECT_GE(forward, kFrameSamples) << n;
    EXPECT_LT(forward, 60u * kSampleRate) << n;
  }
}

}  // namespace media::testing
