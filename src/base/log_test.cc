#include "base/log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <sstream>

#include "base/call_names.h"

namespace base {
namespace {

using testing::HasSubstr;
using testing::Not;

// A log in a file for the length of a test.
class Log : public testing::Test {
 protected:
  void SetUp() override { std::remove(path_.c_str()); }
  void TearDown() override {
    configure_log({});
    std::remove(path_.c_str());
  }
  void open(LogFormat format) { configure_log({.format = format, .path = path_}); }
  std::string text() const {
    std::ostringstream all;
    all << std::ifstream(path_).rdbuf();
    return all.str();
  }

 private:
  const std::string path_ = testing::TempDir() + "ringmaster_log_test.log";
};

TEST_F(Log, AreasHaveLevelsOfTheirOwn) {
  open(LogFormat::Text);
  set_log_level(LogArea::Media, LogLevel::Error);
  set_log_level(LogArea::Sip, LogLevel::Debug);

  log_warning({LogArea::Media}, "quiet");
  log_debug({LogArea::Sip}, "loud");
  log_debug({LogArea::Calls}, "as before");
  log_error("end");

  EXPECT_THAT(text(), HasSubstr("loud"));
  EXPECT_THAT(text(), Not(HasSubstr("quiet")));
  EXPECT_THAT(text(), Not(HasSubstr("as before")));
}

TEST_F(Log, ALineAboutACallCarriesItsUuid) {
  call_names().learn(LegId{77}, {.uuid = "uuid-77", .call = "uuid-77", .member = {}});
  open(LogFormat::Text);

  log_info({LogArea::Sip, LegId{77}}, "leg {}: text", 77);
  log_info({LogArea::Calls, {}, "uuid-x"}, "of the core");

  EXPECT_THAT(text(), HasSubstr("uuid-77 leg 77: text\n"));
  EXPECT_THAT(text(), HasSubstr("uuid-x of the core\n"));
}

TEST_F(Log, JsonLinesHaveAreaAndUuid) {
  call_names().learn(LegId{77}, {.uuid = "uuid-77", .call = "uuid-77", .member = {}});
  open(LogFormat::Json);

  log_info({LogArea::Sip, LegId{77}}, "say \"{}\"", "x\n");
  log_info("plain");

  EXPECT_THAT(text(), HasSubstr(R"("area":"sip","uuid":"uuid-77","text":"say \"x \""})"));
  EXPECT_THAT(text(), HasSubstr(R"("area":"server","text":"plain"})"));
}

TEST(LogWords, AreReadInAnyCase) {
  for (const LogArea area : kLogAreas) EXPECT_EQ(parse_log_area(to_text(area)), area);
  EXPECT_EQ(parse_log_level("WARNING"), LogLevel::Warning);
  EXPECT_FALSE(parse_log_level("loud").has_value());
  EXPECT_FALSE(parse_log_area("").has_value());
}

TEST(CallNames, LegsThatAreOverAreForgottenLast) {
  CallNames names;
  names.learn(LegId{1}, {.uuid = "one", .call = "one", .member = {}});
  names.let_go(LegId{1});
  names.let_go(LegId{3});
  EXPECT_TRUE(names.find(LegId{1}).has_value());

  for (std::uint64_t i = 0; i < CallNames::kGoneMax; ++i) {
    names.learn(LegId{i + 10}, {});
    names.let_go(LegId{i + 10});
  }

  EXPECT_FALSE(names.find(LegId{1}).has_value());
  EXPECT_TRUE(names.find(LegId{10}).has_value());
}

}  // namespace
}  // namespace base
