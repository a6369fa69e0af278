#include "app/turn_watch.h"

#include <gtest/gtest.h>

#include <thread>

namespace app {
namespace {

using std::chrono::milliseconds;

TEST(TurnWatch, NothingIsLateBetweenTurns) {
  TurnWatch watch;
  EXPECT_EQ(watch.lag(false), milliseconds(0));
  EXPECT_EQ(watch.lag(true), milliseconds(0));
}

TEST(TurnWatch, ATurnThatRunsIsLateForAsLongAsItRuns) {
  TurnWatch watch;
  watch.begin();
  while (watch.lag(false) < milliseconds(3)) std::this_thread::yield();
  watch.end(1);
  EXPECT_EQ(watch.lag(false), milliseconds(0));
}

TEST(TurnWatch, WhatWaitsBehindALongTurnIsLate) {
  TurnWatch watch;
  watch.begin();
  while (watch.lag(false) < milliseconds(3)) std::this_thread::yield();
  watch.end(1);
  EXPECT_GE(watch.lag(true), milliseconds(3));
}

}  // namespace
}  // namespace app
