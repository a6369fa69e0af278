#include "config/phrases_section.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/files_testing.h"

namespace config {
namespace {

using ::testing::HasSubstr;
using testing::Reading;
using Kind = call::PhraseAction::Kind;

struct Outcome {
  call::Phrases phrases;
  std::string problems;
};

Outcome read(const std::string& inside) {
  Reading reading("<section name=\"phrases\">\n" + inside + "</section>");
  Outcome outcome;
  read_phrases(reading.root(), outcome.phrases, reading.problems());
  outcome.problems = reading.shown();
  return outcome;
}

Outcome read_actions(const std::string& actions) {
  return read("<macros><macro name=\"m\"><input pattern=\".*\"><match>" + actions +
              "</match></input></macro></macros>");
}

TEST(PhrasesSection, EverythingWrittenIsThere) {
  const auto outcome = read(
      "<macros><macro name=\"count\"><input pattern=\"^(\\d+)$\" break_on_match=\"true\">"
      "<match><action function=\"play-file\" data=\"have.wav\"/>"
      "<action function=\"say\" data=\"$1\" type=\"items\" method=\"pronounced\"/>"
      "<action function=\"sleep\" data=\"200\"/></match>"
      "<nomatch><action function=\"execute\" data=\"sleep(100)\"/></nomatch>"
      "</input></macro></macros>");

  const call::PhraseInput input{"^(\\d+)$",
                                {{Kind::PlayFile, "have.wav"},
                                 {Kind::Say, "$1", "items", "pronounced"},
                                 {Kind::Sleep, "200"}},
                                {{Kind::Sleep, "100"}},
                                true};
  EXPECT_EQ(outcome.phrases, (call::Phrases{{"count", {"", {input}}}}));
  EXPECT_EQ(outcome.problems, "");
}

TEST(PhrasesSection, MacrosOfALanguageKnowWhereItsSoundsLie) {
  const auto outcome = read(
      "<language name=\"en\" sound-prefix=\"/sounds/en\"><phrases><macros>"
      "<macro name=\"a\"/></macros></phrases></language>");

  EXPECT_EQ(outcome.phrases.at("a").sound_prefix, "/sounds/en");
}

TEST(PhrasesSection, TextToSpeechIsToldOnce) {
  const auto outcome = read_actions(
      "\n<action function=\"speak-text\" data=\"a\"/>\n<action function=\"speak-text\" "
      "data=\"b\"/>");

  EXPECT_TRUE(outcome.phrases.at("m").inputs.at(0).match.empty());
  EXPECT_THAT(outcome.problems, HasSubstr(":3: warning: 2 actions of phrase macros want text"));
}

TEST(PhrasesSection, WhatIsWrongIsNamedWithItsLine) {
  EXPECT_THAT(read("<macro/>").problems, HasSubstr(":2: error: <macro> without name="));
  EXPECT_THAT(read("<macro name=\"m\"><input pattern=\"(\"/></macro>").problems,
              HasSubstr(":2: error: macro m: pattern (: "));
  EXPECT_THAT(read("<macro name=\"m\"/><macro name=\"m\"/>").problems,
              HasSubstr("macro m is defined twice"));
  EXPECT_THAT(read_actions("<action function=\"say\" type=\"colour\" data=\"1\"/>").problems,
              HasSubstr("say of type \"colour\" is not known"));
  EXPECT_THAT(read_actions("<action function=\"dance\"/>").problems,
              HasSubstr("function dance is left out"));
  EXPECT_THAT(read_actions("<action function=\"sleep\" data=\"long\"/>").problems,
              HasSubstr("expected milliseconds"));
  EXPECT_THAT(read("<tune/>").problems, HasSubstr("<tune> in <section> is ignored"));
}

}  // namespace
}  // namespace config
