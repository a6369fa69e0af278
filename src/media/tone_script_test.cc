#include "media/tone_script.h"

#include <gtest/gtest.h>

#include <string>

namespace media {
namespace {

Tone tone(std::int64_t on_ms, std::int64_t off_ms, std::vector<double> frequencies) {
  return {.on_samples = on_ms * 8,
          .off_samples = off_ms * 8,
          .frequencies = std::move(frequencies),
          .level_dbm0 = -7,
          .times = 1};
}

Tone at_level(Tone made, double level) {
  made.level_dbm0 = level;
  return made;
}

Tone repeated(Tone made, std::int64_t times) {
  made.times = times;
  return made;
}

TEST(ToneScript, ReadsWhatSamplesUse) {
  struct Case {
    std::string text;
    ToneScript script;
  };
  const Case cases[] = {
      {"%(10000,0,450);loops=-1", {{tone(10000, 0, {450})}, ToneScript::kForEver}},
      {"%(1000,0,1200)", {{tone(1000, 0, {1200})}, 1}},
      {"%(400,200,700);loops=3", {{tone(400, 200, {700})}, 3}},
      {"%(2000,4000,440,480)", {{tone(2000, 4000, {440, 480})}, 1}},
      {"%(274,0,913.8);%(274,0,1370.6);%(380,0,1776.7)",
       {{tone(274, 0, {913.8}), tone(274, 0, {1370.6}), tone(380, 0, {1776.7})}, 1}},
      {"L=3;%(100,100,350,440)", {{tone(100, 100, {350, 440})}, 3}},
      {"L=2;%(100,100,350);loops=4", {{tone(100, 100, {350})}, 8}},
      {"L=2;%(100,100,350);loops=-1", {{tone(100, 100, {350})}, ToneScript::kForEver}},
      {"v=-13;%(100,0,350);v=-20;%(100,0,440)",
       {{at_level(tone(100, 0, {350}), -13), at_level(tone(100, 0, {440}), -20)}, 1}},
      {"l=2;%(100,0,350);l=1;%(100,0,440)",
       {{repeated(tone(100, 0, {350}), 2), tone(100, 0, {440})}, 1}},
      {"v=-7;%(100,0,941.0,1477.0);v=-7;>=2;+=.1;%(1400,0,350,440)",
       {{tone(100, 0, {941, 1477}), tone(1400, 0, {350, 440})}, 1}},
      {" %( 100 , 50 , 350 ) ; ", {{tone(100, 50, {350})}, 1}},
      {"%(0.5,0,350)", {{{4, 0, {350}, -7, 1}}, 1}},
      {"v=4000;>=0;+=2;#(60,0);v=2000;%(940,0,350,440)",
       {{tone(60, 0, {941, 1477}), tone(940, 0, {350, 440})}, 1}},
      {"d=100;w=20;r=8000;c=1;1D(60,30);loops=2",
       {{tone(100, 20, {697, 1209}), tone(60, 30, {941, 1633})}, 2}},
      {"5", {{tone(250, 50, {770, 1336})}, 1}},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.text);
    const auto script = parse_tone_script(one.text);
    ASSERT_TRUE(script) << script.error();
    EXPECT_EQ(*script, one.script);
  }
}

TEST(ToneScript, RefusesWhatIsNoneAndNamesTheItem) {
  const std::pair<std::string, std::string> cases[] = {
      {"", "no tone of any length"},
      {"loops=3", "'loops=3' is neither"},
      {"%(100,0,350);loops=0", "'loops=0' has a wrong value"},
      {"%(100,0,350);loops=", "'loops=' has a wrong value"},
      {"%(100,0,350", "'%(100,0,350' is neither"},
      {"%(100,0)", "'%(100,0)' is not %(on,off,frequency,…)"},
      {"%()", "is not %(on,off"},
      {"%(0,0,350)", "no tone of any length"},
      {"%(-1,0,350)", "wrong length"},
      {"%(1e99,0,350)", "wrong length"},
      {"%(nan,0,350)", "wrong length"},
      {"%(100,0,4001)", "wrong frequency"},
      {"%(100,0,abc)", "wrong frequency"},
      {"%(100,0,)", "wrong frequency"},
      {"v=;%(100,0,350)", "'v=' has a wrong value"},
      {"l=-1;%(100,0,350)", "'l=-1' has a wrong value"},
      {"x;%(100,0,350)", "'x' is neither a tone nor an option"},
      {"12x", "'12x' is neither a tone nor an option"},
      {"#(60)", "'#(60)' has a wrong length"},
      {"#(60,0", "'#(60,0' has a wrong length"},
      {"#(", "'#(' has a wrong length"},
      {"d=x;1", "'d=x' has a wrong value"},
  };
  for (const auto& [text, why] : cases) {
    const auto script = parse_tone_script(text);
    ASSERT_FALSE(script) << text;
    EXPECT_NE(script.error().find(why), std::string::npos) << text << ": " << script.error();
  }
}

TEST(ToneScript, HasALimitOfTones) {
  std::string text;
  for (int count = 0; count < 64; ++count) text += "%(10,0,350);";
  EXPECT_TRUE(parse_tone_script(text));

  text += "%(10,0,350)";
  EXPECT_FALSE(parse_tone_script(text));
  EXPECT_TRUE(parse_tone_script(std::string(64, '5')));
  EXPECT_FALSE(parse_tone_script(std::string(100'000, '5')));
}

}  // namespace
}  // namespace media
