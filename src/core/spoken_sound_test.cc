// The applications say and phrase, and the sources say: and phrase: wherever a sound is played.
#include <gtest/gtest.h>

#include "core/call_flow_testing.h"

namespace core {
namespace {

class SpokenSound : public CallFlow {
 protected:
  static Configuration configuration() {
    Configuration made = stage_configuration();
    call::PhraseInput input{"^(.*)$",
                            {{call::PhraseAction::Kind::PlayFile, "you-have.wav"},
                             {call::PhraseAction::Kind::Say, "$1", "items", "pronounced"}},
                            {},
                            false};
    made.phrases["count"] = {"", {input}};
    add_extension(made, "^say-number$",
                  {{"answer", ""}, {"say", "en number pronounced 21"}, {"playback", "bye.wav"}});
    add_extension(made, "^count$",
                  {{"answer", ""}, {"phrase", "count,3"}, {"playback", "bye.wav"}});
    add_extension(made, "^nonsense$",
                  {{"answer", ""}, {"phrase", "nobody,3"}, {"playback", "bye.wav"}});
    add_extension(
        made, "^time$",
        {{"answer", ""}, {"set", "timezone=UTC0"}, {"say", "en current_time pronounced"}});
    return made;
  }
};

INSTANTIATE_TEST_SUITE_P(, SpokenSound, both_persistences(), name_of_persistence);

TEST_P(SpokenSound, NumberIsPlayedFromItsWordsAndTheDialplanGoesOn) {
  Rehearsal stage(configuration(), GetParam());
  const base::LegId caller = stage.call("say-number");
  EXPECT_EQ(stage.hears(caller), "file_string://digits/20.wav!digits/1.wav");

  stage.sound_ends(caller);

  EXPECT_EQ(stage.hears(caller), "bye.wav");
}

TEST_P(SpokenSound, MacroIsPlayedWithItsData) {
  Rehearsal stage(configuration(), GetParam());
  const base::LegId caller = stage.call("count");

  EXPECT_EQ(stage.hears(caller), "file_string://you-have.wav!digits/3.wav");
}

TEST_P(SpokenSound, MissingMacroIsALogLineAndTheDialplanGoesOn) {
  Rehearsal stage(configuration(), GetParam());

  const base::LegId caller = stage.call("nonsense");

  EXPECT_EQ(stage.hears(caller), "bye.wav");
  ASSERT_TRUE(stage.last<LogLine>());
  EXPECT_NE(stage.last<LogLine>()->text.find(
                "cannot play phrase:nobody,3: there is no phrase macro \"nobody\""),
            std::string::npos);
}

TEST_P(SpokenSound, MusicOfAQueueMayBeAPhrase) {
  Configuration with_phrase = configuration();
  for (auto& queue : with_phrase.call_center.queues) queue.moh_sound = "phrase:count:7";
  Rehearsal stage(with_phrase, GetParam());

  const base::LegId caller = stage.call("q-support");

  EXPECT_EQ(stage.hears(caller), "file_string://you-have.wav!digits/7.wav");
  EXPECT_TRUE(stage.last<call::PlaySound>()->loop);
}

TEST_P(SpokenSound, BroadcastSpellsItOut) {
  Rehearsal stage(configuration(), GetParam());
  const base::LegId caller = stage.call("q-support");
  std::string uuid;
  for (const Publish& publish : stage.all<Publish>()) {
    if (publish.event.name == "CHANNEL_CREATE") uuid = publish.event.get("Unique-ID");
  }

  stage.api("uuid_broadcast " + uuid + " phrase:count:5 aleg");

  EXPECT_EQ(stage.hears(caller), "file_string://you-have.wav!digits/5.wav");
  stage.sound_ends(caller);
  EXPECT_EQ(stage.hears(caller), kMusic);
}

TEST_P(SpokenSound, SoundIsSpelledOutAnewAfterARestart) {
  Rehearsal stage(configuration(), GetParam());
  const base::LegId caller = stage.call("count");

  stage.restart();

  EXPECT_EQ(stage.hears(caller), "file_string://you-have.wav!digits/3.wav");
}

TEST_P(SpokenSound, TimeIsTheCallersTime) {
  Rehearsal stage(configuration(), GetParam());

  const base::LegId caller = stage.call("time");

  const std::string heard = stage.hears(caller);
  EXPECT_EQ(heard.substr(0, heard.find("digits")), "file_string://");
  EXPECT_TRUE(heard.ends_with("time/a-m.wav") || heard.ends_with("time/p-m.wav")) << heard;
}

}  // namespace
}  // namespace core
