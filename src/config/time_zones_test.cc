#include "config/time_zones.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/files_testing.h"

namespace config {
namespace {

using ::testing::AllOf;
using testing::Files;
using ::testing::HasSubstr;
using ::testing::Pair;
using testing::Reading;
using ::testing::UnorderedElementsAre;

// As much of a TZif file as is looked at.
std::string zone_file(const std::string& rule) {
  return "TZif2" + std::string(200, '\0') + "\n" + rule + "\n";
}

TEST(TimeZones, OfTheSystemAreThoseFilesThatAreZones) {
  const Files files;
  files.write("Europe/Berlin", zone_file("CET-1CEST,M3.5.0,M10.5.0/3"));
  files.write("UTC", zone_file("UTC0"));
  files.write("posix/UTC", zone_file("UTC0"));
  files.write("right/UTC", zone_file("UTC0"));
  files.write("zone.tab", "DE\t+5230+01322\tEurope/Berlin\n");
  files.write("old", "TZif" + std::string(1, '\0'));
  files.write("odd", zone_file("nothing"));
  files.write("cut", "TZif2");
  files.write("empty", "");

  EXPECT_THAT(system_time_zones(files.path()),
              UnorderedElementsAre(Pair("Europe/Berlin", "CET-1CEST,M3.5.0,M10.5.0/3"),
                                   Pair("UTC", "UTC0")));
}

TEST(TimeZones, NoFolderHasNone) {
  const Files files;

  EXPECT_TRUE(system_time_zones(files.path() / "none").empty());
}

TEST(TimeZones, TheHostsOwnIsThatOfItsEnvironmentOrFile) {
  const Files files;
  files.write("localtime", zone_file("GMT0BST,M3.5.0/1,M10.5.0"));
  const auto file = files.path() / "localtime";
  const std::map<std::string, std::string> zones = {{"Asia/Tokyo", "JST-9"}};

  EXPECT_EQ(local_time_zone(nullptr, zones, file), "GMT0BST,M3.5.0/1,M10.5.0");
  EXPECT_EQ(local_time_zone("", zones, file), "GMT0BST,M3.5.0/1,M10.5.0");
  EXPECT_EQ(local_time_zone("CET-1CEST", zones, file), "CET-1CEST");
  EXPECT_EQ(local_time_zone(":Asia/Tokyo", zones, file), "JST-9");
  EXPECT_EQ(local_time_zone("Moon/Base", zones, file), "");
  EXPECT_EQ(local_time_zone(nullptr, zones, files.path() / "none"), "");
}

TEST(TimeZones, OfTheConfigurationGoBefore) {
  Reading reading(
      "<configuration>\n<timezones><zone name=\"GMT\" value=\"GMT0\"/>\n"
      "<zone name=\"Mars\" value=\"red\"/>\n<zones/></timezones>\n<settings/></configuration>");
  std::map<std::string, std::string> zones = {{"GMT", "UTC0"}, {"Asia/Tokyo", "JST-9"}};

  read_time_zones(reading.root(), zones, reading.problems());

  EXPECT_THAT(zones, UnorderedElementsAre(Pair("GMT", "GMT0"), Pair("Asia/Tokyo", "JST-9")));
  EXPECT_THAT(reading.shown(),
              AllOf(HasSubstr("x:3: warning: time zones: the rule of Mars is \"red\""),
                    HasSubstr("x:4: warning: time zones: <zones> is ignored"),
                    HasSubstr("x:5: warning: time zones: unknown element <settings>")));
}

}  // namespace
}  // namespace config
