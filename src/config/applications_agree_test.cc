#include <gtest/gtest.h>

#include "call/applications.h"
#include "dialplan/applications.h"

namespace config {
namespace {

// What an operator is told about a dialplan is what calls will find.
TEST(Applications, ThoseSaidToRunAreThoseThatRun) {
  for (const std::string_view name : dialplan::application_names()) {
    const bool runs = dialplan::application_support(name) == dialplan::ApplicationSupport::Runs;
    EXPECT_EQ(runs, call::find_application(name) != nullptr) << name;
  }
}

}  // namespace
}  // namespace config
