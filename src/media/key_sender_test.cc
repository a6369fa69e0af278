#include "media/key_sender.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace media {
namespace {

// One letter a tick: the first packet of a key, those while it is held, its ends, and nothing.
std::string ticks(KeySender& keys, int count) {
  std::string text;
  for (int tick = 0; tick < count; ++tick) {
    const auto packet = keys.next();
    text += !packet ? '.' : packet->event.ended ? 'e' : packet->is_first ? 'f' : 'h';
  }
  return text;
}

TEST(KeySender, TellsTheEndThreeTimesAndThenPauses) {
  KeySender keys;
  keys.press('5');
  keys.press('6');

  EXPECT_EQ(ticks(keys, 30), "fhhhhhhheee...fhhhhhhheee.....");
}

TEST(KeySender, DurationGrowsWhileTheKeyIsHeldAndStaysAtItsEnd) {
  KeySender keys;
  keys.press('#');

  std::vector<int> durations;
  while (const auto packet = keys.next()) {
    EXPECT_EQ(packet->event.code, 11);
    durations.push_back(packet->event.duration);
  }

  EXPECT_EQ(durations,
            (std::vector<int>{160, 320, 480, 640, 800, 960, 1120, 1280, 1280, 1280, 1280}));
}

TEST(KeySender, HasTheStreamOnlyWhileAKeyIsSent) {
  KeySender keys;
  EXPECT_FALSE(keys.is_busy());
  keys.press('1');
  EXPECT_FALSE(keys.is_busy());
  keys.next();
  EXPECT_TRUE(keys.is_busy());
  ticks(keys, 10);

  EXPECT_FALSE(keys.is_busy());
}

TEST(KeySender, LeavesOutWhatIsNoKeyAndWhatIsTooMuch) {
  KeySender keys;
  keys.press('x');
  EXPECT_FALSE(keys.next());
  for (std::size_t count = 0; count < KeySender::kWaitingMax + 5; ++count) keys.press('1');

  std::size_t pressed = 0;
  for (int tick = 0; tick < 1000; ++tick) {
    const auto packet = keys.next();
    pressed += packet && packet->is_first ? 1 : 0;
  }

  EXPECT_EQ(pressed, KeySender::kWaitingMax);
}

TEST(KeySender, PayloadReadsBackAsTheKey) {
  for (const char key : {'0', '9', '*', '#', 'A', 'D'}) {
    const auto code = key_code(key);
    ASSERT_TRUE(code);
    DigitWatch watch;
    const auto payload = telephone_event_payload({.code = *code, .ended = true, .duration = 1280});
    EXPECT_EQ(watch.take({.payload_type = 101, .sequence = 1, .timestamp = 8, .ssrc = 9}, payload),
              key);
    EXPECT_EQ(parse_telephone_event(payload)->duration, 1280);
  }
}

}  // namespace
}  // namespace media
