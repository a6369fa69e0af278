#include "api/text_list.h"

#include <gtest/gtest.h>

namespace api {
namespace {

TEST(TextList, AnEmptyListHasNoHeader) {
  EXPECT_EQ(TextList("a|b").reply(), "+OK\n");
  EXPECT_EQ(TextList("a|b", EmptyList::HeaderAnyway).reply(), "a|b\n+OK\n");
}

TEST(TextList, ValuesCannotBreakTheForm) {
  TextList list("a|b|c");

  list.text("x|y\nz").number(-3).flag(true).end_row();

  EXPECT_EQ(list.reply(), "a|b|c\nx y z|-3|true\n+OK\n");
}

TEST(TextList, WhatNeverHappenedIsZero) {
  TextList list("a|b");
  const base::WallAnchor anchor{.unix_ms_at_origin = 1'700'000'000'000};

  list.instant(std::nullopt, anchor).instant(base::instant_ms(1999), anchor).end_row();

  EXPECT_EQ(list.reply(), "a|b\n0|1700000001\n+OK\n");
}

}  // namespace
}  // namespace api
