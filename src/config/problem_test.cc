#include "config/problem.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace config {
namespace {

TEST(Problems, AreDescribedAsCompilersDo) {
  Problems problems;
  problems.error({"a/b.xml", 12}, "no name");
  problems.warning({"c.xml", 3}, "odd");
  problems.note({"d.xml", 0}, "left out");

  EXPECT_EQ(describe(problems.take()),
            "a/b.xml:12: error: no name\nc.xml:3: warning: odd\nd.xml: note: left out\n");
}

TEST(Problems, OnlyErrorsRefuse) {
  Problems problems;
  problems.warning({"a", 1}, "odd");
  EXPECT_FALSE(problems.has_errors());

  problems.error({"a", 1}, "wrong");
  EXPECT_TRUE(problems.has_errors());
}

TEST(Problems, ManyAreCountedAndAnErrorAmongThemIsNotLost) {
  Problems problems;
  for (std::size_t i = 0; i < Problems::kKeptMax; ++i) problems.warning({"a", 1}, "odd");
  problems.warning({"a", 1}, "odd");
  problems.error({"a", 2}, "wrong");

  const auto taken = problems.take();

  ASSERT_EQ(taken.size(), Problems::kKeptMax + 1);
  EXPECT_EQ(taken.back().severity, Severity::Error);
  EXPECT_THAT(taken.back().text, ::testing::HasSubstr("2 more"));
}

}  // namespace
}  // namespace config
