#include "media/sound_shelf.h"

#include <gtest/gtest.h>

#include <vector>

namespace media {
namespace {

using State = SoundStream::State;

class SoundShelfTest : public ::testing::Test {
 protected:
  std::shared_ptr<SoundStream> stream(const std::string& text, Ending ending) {
    auto made = shelf_.stream_of(text, ending);
    EXPECT_TRUE(made) << made.error();
    return made ? *made : nullptr;
  }
  void answer(std::uint64_t number, Clip clip) {
    shelf_.loaded({.number = number, .clip = std::make_shared<const Clip>(std::move(clip))});
  }

  MediaCounters counters_;
  std::vector<ClipRequest> asked_;
  bool loader_has_room_ = true;
  SoundShelf shelf_{[this](ClipRequest request) {
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
  EXPECT_EQ(asked_[0].name, "/music.wav");
  EXPECT_EQ(first->state(), State::Loading);

  answer(asked_[0].number, {{1, 2, 3}});

  EXPECT_EQ(first, second);
  EXPECT_EQ(first->advance(1), State::Playing);
}

TEST_F(SoundShelfTest, AFailedFileIsToldAndTriedAgainLater) {
  const auto first = stream("/music.wav", Ending::StartsOver);
  shelf_.loaded({.number = asked_[0].number, .clip = base::failure(std::string("gone"))});
  EXPECT_EQ(first->state(), State::Failed);
  EXPECT_EQ(first->why(), "gone");

  EXPECT_NE(stream("/music.wav", Ending::StartsOver), first);
  EXPECT_EQ(asked_.size(), 2u);
}

TEST_F(SoundShelfTest, AnswersThatNobodyWaitsForAreIgnored) {
  stream("/music.wav", Ending::Stops).reset();

  answer(asked_[0].number, {{1, 2, 3}});
  answer(asked_[0].number, {{1, 2, 3}});
  answer(99, {{1, 2, 3}});
}

TEST_F(SoundShelfTest, WhatTheLoaderHasNoRoomForCannotBePlayed) {
  loader_has_room_ = false;

  const auto made = shelf_.stream_of("/music.wav", Ending::Stops);

  ASSERT_FALSE(made);
  EXPECT_EQ(made.error(), "/music.wav: too many files are being opened");
}

TEST_F(SoundShelfTest, UnknownSourcesCannotBePlayed) {
  EXPECT_FALSE(shelf_.stream_of("local_stream://moh", Ending::StartsOver));
  EXPECT_TRUE(asked_.empty());
}

}  // namespace
}  // namespace media
