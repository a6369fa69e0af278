#include "config/globals.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace config {
namespace {

TEST(Globals, AreReplacedOnceWhereTheyStand) {
  Globals globals({{"a", "one"}, {"b", "$${a}"}}, {});
  Problems problems;

  EXPECT_EQ(globals.replace("x$${a}y$${b}$", {}, problems), "xoney$${a}$");
  EXPECT_EQ(globals.replace("${a} $$ $${a", {}, problems), "${a} $$ $${a");
  EXPECT_EQ(globals.replace("", {}, problems), "");
  EXPECT_TRUE(problems.take().empty());
}

TEST(Globals, UnknownOnesAreWarnedOfAndGiveNothing) {
  const Globals globals({}, {});
  Problems problems;

  EXPECT_EQ(globals.replace("[$${missing}]", {"v.xml", 7}, problems), "[]");
  EXPECT_THAT(describe(problems.take()),
              ::testing::StartsWith("v.xml:7: warning: $${missing} is not set"));
}

TEST(Globals, OverridesWin) {
  Globals globals({{"a", "1"}, {"b", "1"}}, {{"b", "override"}, {"c", "override"}});

  for (const char* const name : {"a", "b", "c", "d"}) globals.set(name, "set");

  EXPECT_EQ(globals.values(),
            (Globals::Values{{"a", "set"}, {"b", "override"}, {"c", "override"}, {"d", "set"}}));
}

TEST(Globals, PredefinedOnesExist) {
  const auto values = predefined_globals("/srv/ringmaster/conf/");

  for (const char* const name :
       {"base_dir", "conf_dir", "sounds_dir", "recordings_dir", "script_dir", "log_dir", "db_dir",
        "storage_dir", "hostname", "domain", "local_ip_v4"}) {
    ASSERT_TRUE(values.contains(name)) << name;
    EXPECT_FALSE(values.at(name).empty()) << name;
  }
  EXPECT_EQ(values.at("conf_dir"), "/srv/ringmaster/conf");
  EXPECT_EQ(values.at("sounds_dir"), "/srv/ringmaster/sounds");
}

}  // namespace
}  // namespace config
