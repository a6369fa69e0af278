#include "app/command_text.h"

#include <gtest/gtest.h>

#include <string>

namespace app {
namespace {

TEST(CommandText, OfAConfigurationHasNoPasswordInIt) {
  core::Configured configured;
  configured.configuration.globals["default_password"] = "secret";

  const std::string line = line_of(configured);

  EXPECT_EQ(line.find("secret"), std::string::npos) << line;
  EXPECT_EQ(line.rfind("Configured (", 0), 0U) << line;
}

TEST(CommandText, OfAnInputSaysAllOfItUnlessItIsLong) {
  EXPECT_EQ(line_of(core::ApiRequested{base::Ticket{3}, "status", ""}).find('\n'),
            std::string::npos);
  const std::string line = line_of(core::ApiRequested{base::Ticket{3}, std::string(400, 'x'), ""});
  EXPECT_NE(line.find(" bytes)"), std::string::npos) << line;
  EXPECT_LT(line.size(), 400U);
}

}  // namespace
}  // namespace app
