#include "call/mailboxes.h"

#include <gtest/gtest.h>

namespace call {
namespace {

const BoxName kBox{.domain = "default", .box = "2001"};

VoiceMessage message(const std::string& uuid) {
  VoiceMessage made;
  made.uuid = uuid;
  return made;
}

TEST(Mailboxes, CountNewAndSavedMessages) {
  Mailboxes boxes;
  EXPECT_FALSE(boxes.is_known(kBox));
  boxes.add(kBox, message("a"));
  boxes.add(kBox, message("b"));

  EXPECT_TRUE(boxes.mark_read(kBox, "a", 17));
  EXPECT_FALSE(boxes.mark_read(kBox, "c", 17));

  EXPECT_EQ(boxes.count(kBox).fresh, 1u);
  EXPECT_EQ(boxes.count(kBox).saved, 1u);
  EXPECT_EQ(boxes.find(kBox, "a")->read_at, 17);
  EXPECT_EQ(boxes.count({.domain = "other", .box = "2001"}).fresh, 0u);
}

TEST(Mailboxes, AreKnownAfterTheirLastMessageIsGone) {
  Mailboxes boxes;
  boxes.add(kBox, message("a"));
  boxes.add(kBox, message("b"));

  EXPECT_EQ(boxes.remove(kBox, "a").size(), 1u);
  EXPECT_EQ(boxes.remove(kBox, "a").size(), 0u);
  EXPECT_EQ(boxes.remove(kBox, "").size(), 1u);

  EXPECT_TRUE(boxes.is_known(kBox));
  EXPECT_EQ(boxes.size(), 0u);
}

TEST(Mailboxes, HaveRoomForSoManyMessages) {
  Mailboxes boxes;
  for (std::size_t i = 0; i < kMessagesPerBoxMax; ++i) {
    EXPECT_TRUE(boxes.has_room(kBox));
    boxes.add(kBox, message(std::to_string(i)));
  }

  EXPECT_FALSE(boxes.has_room(kBox));
  EXPECT_TRUE(boxes.has_room({.domain = "default", .box = "2002"}));
}

}  // namespace
}  // namespace call
