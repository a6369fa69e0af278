#include "media/reception.h"

#include <gtest/gtest.h>

namespace media {
namespace {

using std::chrono::milliseconds;

constexpr TimePoint kStart{std::chrono::hours(1)};

// A peer that sends 20 ms packets.
class Sender {
 public:
  explicit Sender(Reception& reception) : reception_(reception) {}

  void send(int number, milliseconds late = milliseconds(0), std::uint32_t ssrc = 9) {
    reception_.take({.payload_type = 0,
                     .marker = false,
                     .sequence = static_cast<std::uint16_t>(65'530 + number),
                     .timestamp = static_cast<std::uint32_t>(number) * 160,
                     .ssrc = ssrc},
                    kStart + number * kFrameLength + late);
  }

 private:
  Reception& reception_;
};

TEST(Reception, SaysNothingBeforeSomethingCame) {
  Reception reception;
  EXPECT_FALSE(reception.report());
  EXPECT_EQ(reception.lost(), 0u);
}

TEST(Reception, CountsLossesOverTheWrapOfSequenceNumbers) {
  Reception reception;
  Sender sender(reception);
  for (int number = 0; number < 20; ++number) {
    if (number % 4 != 3) sender.send(number);
  }

  const auto block = reception.report();

  ASSERT_TRUE(block);
  EXPECT_EQ(block->highest, 65'530u + 18u);
  EXPECT_EQ(block->lost, 4);
  EXPECT_EQ(block->fraction_lost, 4 * 256 / 19);
  EXPECT_EQ(reception.report()->fraction_lost, 0);
  EXPECT_EQ(reception.lost(), 4u);
}

TEST(Reception, DisorderIsNoLoss) {
  Reception reception;
  Sender sender(reception);
  for (const int number : {0, 2, 1, 3, 3}) sender.send(number);

  EXPECT_EQ(reception.lost(), 0u);
}

TEST(Reception, EvenPaceHasNoJitterAndUnevenHas) {
  Reception even;
  Reception uneven;
  Sender calm(even);
  Sender nervous(uneven);
  for (int number = 0; number < 200; ++number) {
    calm.send(number);
    nervous.send(number, milliseconds(number % 2 * 10));
  }

  EXPECT_EQ(even.jitter_ms(), 0);
  // Each packet is 10 ms early or late against the one before it.
  EXPECT_GE(uneven.jitter_ms(), 9);
  EXPECT_LE(uneven.jitter_ms(), 10);
}

TEST(Reception, ANewStreamIsCountedOn) {
  Reception reception;
  Sender sender(reception);
  for (const int number : {0, 5}) sender.send(number);
  for (const int number : {100, 102}) sender.send(number, milliseconds(0), 10);

  EXPECT_EQ(reception.ssrc(), 10u);
  EXPECT_EQ(reception.report()->lost, 1);
  EXPECT_EQ(reception.lost(), 5u);
}

}  // namespace
}  // namespace media
