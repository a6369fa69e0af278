#include "call/spoken.h"

#include <gtest/gtest.h>

namespace call {
namespace {

struct Known : dialplan::Lookup {
  std::optional<std::string> variable(std::string_view name) override {
    if (name == "mood") return "glad";
    return std::nullopt;
  }
  std::string function(std::string_view, std::string_view) override { return "called"; }
};

PhraseAction play(std::string data) {
  return {PhraseAction::Kind::PlayFile, std::move(data)};
}

PhraseAction say_number_of(std::string data) {
  return {PhraseAction::Kind::Say, std::move(data), "number", "pronounced"};
}

// Two inputs: one for numbers of messages, one for anything.
Phrases some_phrases() {
  PhraseInput one{"^1:(.*)$", {play("one.wav")}, {}, true};
  PhraseInput many{"^([0-9]+):(new|saved)$",
                   {play("you_have.wav"),
                    say_number_of("$1"),
                    {PhraseAction::Kind::Sleep, "100"},
                    play("$2-${mood}.wav")},
                   {play("what.wav")},
                   false};
  return {{"count", {"", {one, many}}},
          {"voice", {"/voices/ann", {{".*", {play("hi.wav"), play("/x.wav")}, {}, false}}}},
          {"quiet", {"", {{"^a$", {play("a.wav")}, {}, false}}}},
          {"speak", {"", {{"^(.*)$", {say_number_of("$1")}, {}, false}}}}};
}

std::string spelled(const std::string& source) {
  const Phrases phrases = some_phrases();
  const SayClock clock{0, [](std::int64_t) { return dialplan::LocalTime(); }};
  Known known;
  auto made = spell_out(source, {phrases, clock, known});
  return made ? *made : "cannot: " + made.error();
}

TEST(Spoken, TellsWhatMediaCannotPlay) {
  EXPECT_TRUE(is_spoken("phrase:x"));
  EXPECT_TRUE(is_spoken("SAY:12"));
  EXPECT_TRUE(is_spoken("file_string://a.wav!phrase:x:1!b.wav"));
  EXPECT_FALSE(is_spoken("phrases/x.wav"));
  EXPECT_FALSE(is_spoken("file_string://a.wav!b.wav"));
  EXPECT_FALSE(is_spoken("tone_stream://%(100,0,400)"));
}

TEST(Spoken, SayTakesItsWordsApartByBlanksOrColons) {
  const std::string two = "file_string://digits/40.wav!digits/2.wav";

  EXPECT_EQ(spelled("say:en number pronounced 42"), two);
  EXPECT_EQ(spelled("say:en NUMBER PRONOUNCED FEMININE 42"), two);
  EXPECT_EQ(spelled("say:en:number:pronounced:42"), two);
  EXPECT_EQ(spelled("say:42"), two);
  EXPECT_EQ(spelled("say:7"), "digits/7.wav");
}

TEST(Spoken, TextToSpeechIsNotThere) {
  EXPECT_EQ(spelled("say:good morning everybody"),
            "cannot: there is no text to speech; expected `en TYPE METHOD TEXT`");
  EXPECT_EQ(spelled("say:de number pronounced 3"), "cannot: the language de is not there, only en");
}

TEST(Spoken, MacroPlaysWhatItsInputMatches) {
  EXPECT_EQ(spelled("phrase:count:12:new"),
            "file_string://you_have.wav!digits/12.wav!silence_stream://100!new-glad.wav");
}

TEST(Spoken, MacroEndsAtAMatchThatSaysSo) {
  EXPECT_EQ(spelled("phrase:count:1:new"), "one.wav");
}

TEST(Spoken, MacroPlaysNomatchOtherwise) {
  EXPECT_EQ(spelled("phrase:count:many"), "what.wav");
}

TEST(Spoken, LanguagesPrefixGoesBeforeRelativeNames) {
  EXPECT_EQ(spelled("phrase:voice"), "file_string:///voices/ann/hi.wav!/x.wav");
}

TEST(Spoken, ApplicationsCommaSeparatesToo) {
  EXPECT_EQ(spelled("phrase:count,1:saved"), "one.wav");
}

TEST(Spoken, PartsOfAFileStringAreSpelledOut) {
  EXPECT_EQ(spelled("file_string://a.wav!say:3!phrase:quiet:a"),
            "file_string://a.wav!digits/3.wav!a.wav");
}

TEST(Spoken, WhatComesFromACallerIsNeverExpanded) {
  EXPECT_EQ(spelled("phrase:speak:${system(x)}"), "cannot: \"${system(x)}\" is not a number");
}

TEST(Spoken, ProblemsAreKnownBeforeAnyCall) {
  const Phrases phrases = some_phrases();

  EXPECT_EQ(problem_of_spoken("phrase:count:3", phrases), "");
  EXPECT_EQ(problem_of_spoken("say:en number pronounced 3", phrases), "");
  EXPECT_EQ(problem_of_spoken("phrase:nobody", phrases), "there is no phrase macro \"nobody\"");
  EXPECT_EQ(problem_of_spoken("say:hello there", phrases),
            "there is no text to speech; expected `en TYPE METHOD TEXT`");
}

TEST(Spoken, WhatIsMissingIsNamed) {
  EXPECT_EQ(spelled("phrase:nobody"), "cannot: there is no phrase macro \"nobody\"");
  EXPECT_EQ(spelled("phrase:quiet:b"), "cannot: phrase macro quiet plays nothing for \"b\"");
}

}  // namespace
}  // namespace call
