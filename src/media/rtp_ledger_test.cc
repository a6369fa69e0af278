#include "media/rtp_ledger.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <random>
#include <string>

#include "media/testing/scratch_dir.h"

namespace media {
namespace {

using base::LegId;

constexpr std::uint32_t kFew = 4;

RtpPosition place(std::uint32_t number, std::int64_t at_ms = 1000) {
  return {.ssrc = number,
          .sequence = static_cast<std::uint16_t>(number + 1),
          .timestamp = number + 2,
          .at_ms = at_ms,
          .port = static_cast<std::uint16_t>(number + 3)};
}

std::unique_ptr<RtpLedger> open(const std::filesystem::path& path, std::uint32_t slots = kFew) {
  auto ledger = RtpLedger::open(path, slots);
  EXPECT_TRUE(ledger) << ledger.error();
  return std::move(*ledger);
}

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(RtpLedger, WhatWasWrittenIsThereForTheNextProcess) {
  const testing::ScratchDir scratch;
  {
    const auto ledger = open(scratch / "ledger");
    ledger->write(LegId{7}, place(1));
    ledger->write(LegId{9}, place(2));
    ledger->write(LegId{7}, place(3));
  }

  const auto ledger = open(scratch / "ledger");

  EXPECT_EQ(ledger->take_over(LegId{7}), place(3));
  EXPECT_EQ(ledger->take_over(LegId{9}), place(2));
  EXPECT_EQ(ledger->take_over(LegId{11}), std::nullopt);
}

TEST(RtpLedger, FreedLegsAreForgotten) {
  const testing::ScratchDir scratch;
  {
    const auto ledger = open(scratch / "ledger");
    ledger->write(LegId{7}, place(1));
    ledger->free(LegId{7});
    ledger->free(LegId{8});
    EXPECT_EQ(ledger->take_over(LegId{7}), std::nullopt);
  }

  EXPECT_EQ(open(scratch / "ledger")->legs(), 0u);
}

TEST(RtpLedger, OldestLeftoverMakesRoomWhenAllSlotsAreUsed) {
  const testing::ScratchDir scratch;
  {
    const auto ledger = open(scratch / "ledger");
    for (const std::uint32_t leg : {1u, 2u, 3u, 4u}) {
      ledger->write(LegId{leg}, place(leg, 1000 - leg));
    }
  }
  const auto ledger = open(scratch / "ledger");
  ASSERT_TRUE(ledger->take_over(LegId{4}));

  EXPECT_TRUE(ledger->write(LegId{5}, place(5)));
  EXPECT_TRUE(ledger->write(LegId{6}, place(6)));

  EXPECT_EQ(ledger->take_over(LegId{3}), std::nullopt);
  EXPECT_EQ(ledger->take_over(LegId{2}), std::nullopt);
  EXPECT_EQ(ledger->take_over(LegId{1}), place(1, 999));
  EXPECT_EQ(ledger->take_over(LegId{4}), place(4, 996));
}

TEST(RtpLedger, AwaitsThePortsOfLegsThatMayComeBack) {
  const testing::ScratchDir scratch;
  {
    const auto ledger = open(scratch / "ledger");
    for (const std::uint32_t leg : {1u, 2u, 3u}) ledger->write(LegId{leg}, place(leg));
    EXPECT_FALSE(ledger->awaits(4));
  }
  const auto ledger = open(scratch / "ledger");
  EXPECT_TRUE(ledger->awaits(4));
  EXPECT_TRUE(ledger->awaits(5));
  EXPECT_TRUE(ledger->awaits(6));

  ledger->take_over(LegId{1});
  ledger->free(LegId{2});
  ledger->write(LegId{3}, place(30));

  EXPECT_FALSE(ledger->awaits(4));
  EXPECT_FALSE(ledger->awaits(5));
  EXPECT_FALSE(ledger->awaits(6));
}

TEST(RtpLedger, LivingLegsNeverMakeRoom) {
  const auto ledger = open("");
  for (const std::uint32_t leg : {1u, 2u, 3u, 4u}) {
    EXPECT_TRUE(ledger->write(LegId{leg}, place(leg)));
  }

  EXPECT_FALSE(ledger->write(LegId{5}, place(5)));
  ledger->free(LegId{2});
  EXPECT_TRUE(ledger->write(LegId{5}, place(5)));
  EXPECT_EQ(ledger->legs(), 4u);
}

TEST(RtpLedger, AFileThatIsNoneIsReplaced) {
  const testing::ScratchDir scratch;
  open(scratch / "ledger")->write(LegId{7}, place(1));
  const std::string good = bytes_of(scratch / "ledger");
  std::string other_magic = good;
  other_magic[0] = 'x';
  std::string other_version = good;
  other_version[8] = 99;

  for (const std::string& bytes :
       {std::string("not a ledger"), good.substr(0, good.size() / 2), other_magic, other_version,
        good + "x", std::string(good.size(), '\0'), std::string()}) {
    std::ofstream(scratch / "ledger", std::ios::binary | std::ios::trunc) << bytes;
    const auto ledger = open(scratch / "ledger");
    EXPECT_EQ(ledger->legs(), 0u);
    EXPECT_TRUE(ledger->write(LegId{3}, place(3)));
    EXPECT_EQ(ledger->take_over(LegId{3}), place(3));
  }
  EXPECT_EQ(open(scratch / "ledger", kFew * 2)->legs(), 0u);
}

TEST(RtpLedger, AnyContentOfTheSlotsIsSurvived) {
  const testing::ScratchDir scratch;
  open(scratch / "ledger")->write(LegId{7}, place(1));
  const std::string good = bytes_of(scratch / "ledger");
  std::minstd_rand random(4711);

  for (int round = 0; round < 200; ++round) {
    std::string bytes = good;
    for (std::size_t at = 32; at < bytes.size(); ++at) {
      if (random() % 2 == 0) bytes[at] = static_cast<char>(random() % 3);
    }
    std::ofstream(scratch / "ledger", std::ios::binary | std::ios::trunc) << bytes;
    const auto ledger = open(scratch / "ledger");
    EXPECT_LE(ledger->legs(), kFew);
    for (const std::uint32_t leg : {100u, 101u, 102u, 103u}) {
      EXPECT_TRUE(ledger->write(LegId{leg}, place(leg)));
    }
  }
}

TEST(RtpLedger, ASecondProcessIsKeptOut) {
  const testing::ScratchDir scratch;
  const auto ledger = open(scratch / "ledger");

  const auto second = RtpLedger::open(scratch / "ledger", kFew);

  ASSERT_FALSE(second);
  EXPECT_EQ(second.error(), (scratch / "ledger").string() + ": in use by another process");
}

TEST(RtpLedger, WithoutAFileItWorksInMemory) {
  const testing::ScratchDir scratch;
  const auto ledger = open(scratch / "no such folder/ledger");

  EXPECT_TRUE(ledger->write(LegId{7}, place(1)));
  EXPECT_EQ(ledger->take_over(LegId{7}), place(1));
}

}  // namespace
}  // namespace media
