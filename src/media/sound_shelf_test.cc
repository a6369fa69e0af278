#include "media/sound_shelf.h"

#include <gtest/gtest.h>

#include <vector>

#include "media/clip.h"

namespace media {
namespace {

using State = SoundStream::State;

class SoundShelfTest : public ::testing::Test {
 protected:
  std::shared_ptr<SoundStream> stream(const std::string& text, Ending ending) {
    auto made = shelf_.stream_of({.text = text, .ending = ending});
    EXPECT_TRUE(made) << made.error();
    return made ? *made : nullptr;
  }
  // The loader has opened it: a source without an end, whose samples all have this value.
  void answer(std::uint64_t number, std::int16_t value) {
    auto clip = std::make_shared<const Clip>(Clip{{value}});
    shelf_.loaded({.number = number,
                   .source = std::make_unique<ClipSource>(std::move(clip), Ending::StartsOver)});
  }
  // What a stream gives to hear now.
  static std::int16_t heard(SoundStream& stream, Tick tick) {
    EXPECT_EQ(stream.advance(tick), State::Playing);
    return stream.frame()[0];
  }

  MediaCounters counters_;
  std::vector<SoundRequest> asked_;
  bool loader_has_room_ = true;
  SoundShelf shelf_{[this](SoundRequest request) {
                      asked_.push_back(std::move(request));
                      return loader_has_room_;
                    },
                    counters_};
};

TEST_F(SoundShelfTest, EndlessSoundsAreSharedWhileSomeoneListens) {
  auto first = stream("tone_stream://%(100,0,450);loops=-1", Ending::Stops);
  const auto second = stream("tone_stream://%(100,0,450);loops=-1", Ending::StartsOver);
  const auto other = stream("tone_stream://%(100,0,650);loops=-1", Ending::Stops);

  EXPECT_EQ(first, second);
  EXPECT_NE(first, other);
  EXPECT_EQ(shelf_.shared_streams(), 2u);
}

TEST_F(SoundShelfTest, AStreamIsGoneWithItsLastListener) {
  stream("tone_stream://%(100,0,450);loops=-1", Ending::Stops).reset();

  EXPECT_EQ(shelf_.shared_streams(), 0u);
}

TEST_F(SoundShelfTest, FiniteSoundsBeginForEach) {
  const auto first = stream("tone_stream://%(100,0,450)", Ending::Stops);
  const auto second = stream("tone_stream://%(100,0,450)", Ending::Stops);

  EXPECT_NE(first, second);
  EXPECT_EQ(shelf_.shared_streams(), 0u);
}

TEST_F(SoundShelfTest, AFiniteSoundThatLoopsIsShared) {
  EXPECT_EQ(stream("tone_stream://%(100,0,450)", Ending::StartsOver),
            stream("tone_stream://%(100,0,450)", Ending::StartsOver));
}

TEST_F(SoundShelfTest, MusicOfAFileIsLoadedOnceForAll) {
  const auto first = stream("/music.wav", Ending::StartsOver);
  const auto second = stream("/music.wav", Ending::StartsOver);
  ASSERT_EQ(asked_.size(), 1u);
  EXPECT_EQ(std::get<FileSound>(asked_[0].sound).name, "/music.wav");
  EXPECT_EQ(first->state(), State::Loading);

  answer(asked_[0].number, 1);

  EXPECT_EQ(first, second);
  EXPECT_EQ(first->advance(1), State::Playing);
}

TEST_F(SoundShelfTest, AFailedFileIsToldAndTriedAgainLater) {
  const auto first = stream("/music.wav", Ending::StartsOver);
  shelf_.loaded({.number = asked_[0].number, .source = base::failure(std::string("gone"))});
  EXPECT_EQ(first->state(), State::Failed);
  EXPECT_EQ(first->why(), "gone");

  EXPECT_NE(stream("/music.wav", Ending::StartsOver), first);
  EXPECT_EQ(asked_.size(), 2u);
}

TEST_F(SoundShelfTest, AnswersThatNobodyWaitsForAreIgnored) {
  stream("/music.wav", Ending::Stops).reset();

  answer(asked_[0].number, 1);
  answer(asked_[0].number, 1);
  answer(99, 1);
}

TEST_F(SoundShelfTest, WhatTheLoaderHasNoRoomForCannotBePlayed) {
  loader_has_room_ = false;

  const auto made = shelf_.stream_of({.text = "/music.wav"});

  ASSERT_FALSE(made);
  EXPECT_EQ(made.error(), "too many sounds are being opened");
}

TEST_F(SoundShelfTest, UnknownSourcesCannotBePlayed) {
  EXPECT_FALSE(shelf_.stream_of({.text = "vlc://moh", .ending = Ending::StartsOver}));
  EXPECT_TRUE(asked_.empty());
}

TEST_F(SoundShelfTest, NamesOfTwoFoldersAreTwoStreams) {
  const auto make = [&](const char* prefix) {
    return *shelf_.stream_of({.text = "music.wav", .ending = Ending::StartsOver, .prefix = prefix});
  };
  const auto first = make("/en");
  const auto second = make("/de");

  EXPECT_NE(first, second);
  EXPECT_EQ(make("/en"), first);
  ASSERT_EQ(asked_.size(), 2u);
  EXPECT_EQ(asked_[1].prefix, "/de");
}

TEST_F(SoundShelfTest, LocalStreamsAreSharedByTheirEntry) {
  shelf_.use({.streams = {{.name = "default", .path = "/d"}, {.name = "moh/8000", .path = "/m"}}});

  const auto first = stream("local_stream://moh", Ending::Stops);
  const auto second = stream("local_stream://moh/8000", Ending::StartsOver);
  const auto other = stream("local_stream://other", Ending::StartsOver);

  EXPECT_EQ(first, second);
  EXPECT_NE(first, other);
  ASSERT_EQ(asked_.size(), 2u);
  EXPECT_EQ(std::get<LocalStreamSound>(asked_[0].sound).name, "moh/8000");
  EXPECT_EQ(std::get<LocalStreamSound>(asked_[1].sound).name, "default");
}

TEST_F(SoundShelfTest, AnUnknownLocalStreamIsSilence) {
  const auto unknown = stream("local_stream://moh", Ending::Stops);

  EXPECT_EQ(heard(*unknown, 1), 0);
  EXPECT_TRUE(asked_.empty());
}

TEST_F(SoundShelfTest, ListenersHearAChangedLocalStreamAtOnce) {
  shelf_.use({.streams = {{.name = "moh", .path = "/old"}, {.name = "same", .path = "/s"}}});
  const auto moh = stream("local_stream://moh", Ending::Stops);
  const auto same = stream("local_stream://same", Ending::Stops);
  answer(asked_[0].number, 1);
  answer(asked_[1].number, 2);
  EXPECT_EQ(heard(*moh, 1), 1);

  shelf_.use({.streams = {{.name = "moh", .path = "/new"}, {.name = "same", .path = "/s"}}});
  ASSERT_EQ(asked_.size(), 3u);
  EXPECT_EQ(asked_[2].settings->streams[0].path, "/new");
  EXPECT_EQ(heard(*moh, 2), 1);
  answer(asked_[2].number, 3);

  EXPECT_EQ(heard(*moh, 3), 3);
  EXPECT_EQ(heard(*same, 3), 2);
  EXPECT_EQ(stream("local_stream://moh", Ending::Stops), moh);
}

TEST_F(SoundShelfTest, ListenersOfALocalStreamThatIsGoneHearTheDefaultElseSilence) {
  shelf_.use({.streams = {{.name = "moh/8000", .path = "/m"}, {.name = "default", .path = "/d"}}});
  const auto moh = stream("local_stream://moh", Ending::Stops);
  answer(asked_[0].number, 1);

  shelf_.use({.streams = {{.name = "default", .path = "/d"}}});
  ASSERT_EQ(asked_.size(), 2u);
  EXPECT_EQ(std::get<LocalStreamSound>(asked_[1].sound).name, "default");
  answer(asked_[1].number, 2);
  EXPECT_EQ(heard(*moh, 1), 2);

  shelf_.use({});
  EXPECT_EQ(heard(*moh, 2), 0);
}

}  // namespace
}  // namespace media
