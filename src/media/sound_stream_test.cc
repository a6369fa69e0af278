#include "media/sound_stream.h"

#include <gtest/gtest.h>

#include "media/clip.h"
#include "media/silence_source.h"

namespace media {
namespace {

using State = SoundStream::State;

TEST(SoundStream, EndsWithTheTickBehindTheLastFrame) {
  MediaCounters counters;
  SoundStream stream(counters);
  stream.begin(std::make_unique<SilenceSource>(320));

  EXPECT_EQ(stream.advance(1), State::Playing);
  EXPECT_EQ(stream.advance(2), State::Playing);
  EXPECT_EQ(stream.advance(3), State::Ended);
  EXPECT_EQ(stream.advance(4), State::Ended);
}

TEST(SoundStream, RestOfTheLastFrameIsSilent) {
  MediaCounters counters;
  SoundStream stream(counters);
  Clip clip{std::vector<std::int16_t>(161, 32767)};
  stream.begin(std::make_unique<ClipSource>(std::make_shared<const Clip>(clip), Ending::Stops));

  ASSERT_EQ(stream.advance(1), State::Playing);
  EXPECT_EQ(stream.payload(AudioCodec::Pcmu)[159], 0x80);
  ASSERT_EQ(stream.advance(2), State::Playing);
  EXPECT_EQ(stream.payload(AudioCodec::Pcmu)[0], 0x80);
  EXPECT_EQ(stream.payload(AudioCodec::Pcmu)[1], 0xff);
  EXPECT_EQ(stream.advance(3), State::Ended);
}

TEST(SoundStream, EncodesOncePerTickAndCodec) {
  MediaCounters counters;
  SoundStream stream(counters);
  stream.begin(std::make_unique<SilenceSource>(std::nullopt));

  for (Tick tick = 1; tick <= 3; ++tick) {
    for (int listener = 0; listener < 100; ++listener) {
      stream.advance(tick);
      EXPECT_EQ(stream.payload(AudioCodec::Pcmu).front(), 0xff);
    }
  }
  EXPECT_EQ(counters.figures().encoded_frames, 3u);

  EXPECT_EQ(stream.payload(AudioCodec::Pcma).front(), 0xd5);
  EXPECT_EQ(counters.figures().encoded_frames, 4u);
}

TEST(SoundStream, LoadsBeforeItPlaysOrFails) {
  MediaCounters counters;
  SoundStream good(counters);
  SoundStream bad(counters);

  EXPECT_EQ(good.advance(1), State::Loading);
  good.begin(std::make_unique<SilenceSource>(160));
  EXPECT_EQ(good.advance(2), State::Playing);

  bad.fail("no such file");
  EXPECT_EQ(bad.advance(1), State::Failed);
  EXPECT_EQ(bad.why(), "no such file");
}

}  // namespace
}  // namespace media
