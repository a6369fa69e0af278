#include "call/variables.h"

#include <gtest/gtest.h>

#include "base/json_archive.h"

namespace call {
namespace {

TEST(Variables, NamesMatchInAnyCase) {
  Variables variables;
  variables.set("Cc_Queue", "support");

  EXPECT_EQ(variables.get("cc_queue"), "support");
  variables.set("CC_QUEUE", "sales");
  EXPECT_EQ(variables.all().size(), 1u);
  EXPECT_EQ(variables.get("Cc_Queue"), "sales");
}

TEST(Variables, EmptyValueUnsets) {
  Variables variables;
  variables.set("a", "1");

  EXPECT_TRUE(variables.set("a", ""));
  EXPECT_EQ(variables.find("a"), nullptr);
}

TEST(Variables, LimitsRefuseAndChangeNothing) {
  Variables variables;
  for (std::size_t i = 0; i < kVariablesPerLegMax; ++i) {
    ASSERT_TRUE(variables.set("v" + std::to_string(i), "x"));
  }

  EXPECT_FALSE(variables.set("one_more", "x"));
  EXPECT_TRUE(variables.set("v1", "a known one may change"));
  EXPECT_FALSE(variables.set("v1", std::string(kVariableValueLengthMax + 1, 'x')));
  EXPECT_FALSE(variables.set(std::string(kVariableNameLengthMax + 1, 'n'), "x"));
  EXPECT_FALSE(variables.set("", "x"));
  EXPECT_EQ(variables.get("v1"), "a known one may change");
  EXPECT_EQ(variables.all().size(), kVariablesPerLegMax);
}

TEST(Variables, TrueIsWhatPeopleWriteForIt) {
  Variables variables;
  variables.set("yes", "true");
  variables.set("no", "false");

  EXPECT_TRUE(variables.is_true("yes"));
  EXPECT_FALSE(variables.is_true("no"));
  EXPECT_FALSE(variables.is_true("missing"));
}

TEST(Variables, SurviveSaving) {
  Variables variables;
  variables.set("b", "2");
  variables.set("A", "1");

  const auto restored = base::from_json<Variables>(base::to_json(variables));

  EXPECT_EQ(restored.all(), variables.all());
}

}  // namespace
}  // namespace call
