#include "sip/trace/ring.h"

#include <gtest/gtest.h>

namespace sip::trace {
namespace {

MessagePtr message(const std::string& text) {
  Message one;
  one.text = text;
  return std::make_shared<const Message>(std::move(one));
}

TEST(TraceRing, TheOldestMakesRoom) {
  Ring ring({.messages = 2, .bytes = 100'000});

  for (const char* text : {"a", "b", "c"}) ring.add(message(text));

  const Messages kept = ring.copy();
  ASSERT_EQ(kept.size(), 2U);
  EXPECT_EQ(kept[0]->text, "b");
  EXPECT_EQ(kept[1]->text, "c");
}

TEST(TraceRing, BytesAreBoundedToo) {
  Ring ring({.messages = 100, .bytes = 4'000});

  for (int i = 0; i < 5; ++i) ring.add(message(std::string(1'000, 'x')));

  EXPECT_EQ(ring.copy().size(), 2U);
}

}  // namespace
}  // namespace sip::trace
