#include "app/journal_gate.h"

#include <gtest/gtest.h>

namespace app {
namespace {

using base::instant_ms;

core::Commands line(const char* text) {
  core::Commands commands;
  commands.push_back(core::LogLine{.text = text});
  return commands;
}

std::vector<std::string> texts(const core::Commands& commands) {
  std::vector<std::string> found;
  for (const auto& command : commands) found.push_back(std::get<core::LogLine>(command).text);
  return found;
}

using Texts = std::vector<std::string>;

TEST(JournalGate, CommandsLeaveInOrderWhenTheirRecordIsSafe) {
  JournalGate gate(0);
  core::Commands leaving;

  gate.hold(1, line("one"), instant_ms(0), leaving);
  gate.hold(2, line("two"), instant_ms(1), leaving);
  gate.hold(3, line("three"), instant_ms(2), leaving);
  EXPECT_TRUE(leaving.empty());
  gate.acknowledged(2, leaving);

  EXPECT_EQ(texts(leaving), (Texts{"one", "two"}));
}

TEST(JournalGate, AReadWaitsForTheWritesBeforeIt) {
  JournalGate gate(0);
  core::Commands leaving;
  gate.hold(1, line("write"), instant_ms(0), leaving);

  gate.hold(1, line("read"), instant_ms(0), leaving);
  EXPECT_TRUE(leaving.empty());
  gate.acknowledged(1, leaving);
  gate.hold(1, line("later read"), instant_ms(5), leaving);

  EXPECT_EQ(texts(leaving), (Texts{"write", "read", "later read"}));
}

TEST(JournalGate, PatienceCountsFromTheOldestCommand) {
  JournalGate gate(0);
  core::Commands leaving;
  EXPECT_FALSE(gate.deadline().has_value());

  gate.hold(1, line("one"), instant_ms(10), leaving);
  gate.hold(2, line("two"), instant_ms(20), leaving);

  EXPECT_EQ(gate.deadline(), instant_ms(10) + JournalGate::kPatience);
}

TEST(JournalGate, UnprotectedNothingWaitsUntilASnapshotIsSafe) {
  JournalGate gate(0);
  core::Commands leaving;
  gate.hold(1, line("held"), instant_ms(0), leaving);

  gate.unprotect(leaving);
  gate.hold(2, line("at once"), instant_ms(60), leaving);
  EXPECT_EQ(texts(leaving), (Texts{"held", "at once"}));
  EXPECT_FALSE(gate.is_protected());

  EXPECT_TRUE(gate.saved(2));
  gate.hold(3, line("held again"), instant_ms(70), leaving);
  EXPECT_EQ(leaving.size(), 2U);
  EXPECT_TRUE(gate.is_protected());
}

}  // namespace
}  // namespace app
