#include "api/text_list.h"

#include <gtest/gtest.h>

namespace api {
namespace {

TEST(TextList, AnEmptyListHasNoHeader) {
  EXPECT_EQ(TextList("a|b").reply(), "+OK\n");
  EXPECT_EQ(TextList("a|b", EmptyList::HeaderAnyway).reply(), "a|b\n+OK\n");
}

TEST(TextList, ValuesCannotBreakTheForm) {
  TextList list("a|b|c|d");

  list.add(RowMaker().text("x|y\nz").number(-3).flag(true).text_or_null("").take());

  EXPECT_EQ(list.reply(), "a|b|c|d\nx y z|-3|true|\n+OK\n");
}

TEST(TextList, WhatNeverHappenedIsZero) {
  TextList list("a|b");
  const base::WallAnchor anchor{.unix_ms_at_origin = 1'700'000'000'000};

  list.add(RowMaker().instant(std::nullopt, anchor).instant(base::instant_ms(1999), anchor).take());

  EXPECT_EQ(list.reply(), "a|b\n0|1700000001\n+OK\n");
}

}  // namespace
}  // namespace api
