#include "dialplan/applications.h"

#include <gtest/gtest.h>

namespace dialplan {
namespace {

TEST(Applications, AreKnownByNameInAnyCase) {
  EXPECT_EQ(application_support("callcenter"), ApplicationSupport::Runs);
  EXPECT_EQ(application_support("CallCenter"), ApplicationSupport::Runs);
  EXPECT_EQ(application_support("presence"), ApplicationSupport::NotYet);
  EXPECT_EQ(application_support("calcenter"), std::nullopt);
  EXPECT_EQ(application_support(""), std::nullopt);
}

TEST(Applications, OnlyThoseThatTakeNoTimeRunInline) {
  EXPECT_TRUE(can_run_at_once("Set"));
  EXPECT_FALSE(can_run_at_once("playback"));
  for (const std::string_view name : application_names()) {
    EXPECT_TRUE(!can_run_at_once(name) || application_support(name)) << name;
  }
}

}  // namespace
}  // namespace dialplan
