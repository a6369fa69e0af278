#include "dialplan/applications.h"

#include <gtest/gtest.h>

namespace dialplan {
namespace {

TEST(Applications, AreKnownByNameInAnyCase) {
  EXPECT_EQ(application_support("callcenter"), ApplicationSupport::Runs);
  EXPECT_EQ(application_support("CallCenter"), ApplicationSupport::Runs);
  EXPECT_EQ(application_support("voicemail"), ApplicationSupport::NotYet);
  EXPECT_EQ(application_support("calcenter"), std::nullopt);
  EXPECT_EQ(application_support(""), std::nullopt);
}

}  // namespace
}  // namespace dialplan
