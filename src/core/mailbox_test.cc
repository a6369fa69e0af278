// Listening to messages by phone: pin, counts, keys, and hang-ups at each step. Each also with the
// core saved and restored before every input.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/call_flow_testing.h"

namespace core {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Mailbox : public CallFlow {
 protected:
  static Configuration with_boxes() {
    Configuration configuration = stage_configuration();
    configuration.globals["voicemail_dir"] = "/vm";
    configuration.voicemail["default"] = {};
    call::DirectoryUser user;
    user.id = "2001";
    user.domain = "default";
    user.voicemail_password = "4711";
    configuration.directory.add(user);
    user.id = "2002";
    user.voicemail_password.clear();
    configuration.directory.add(user);
    const dialplan::Action next{"playback", "next.wav"};
    add_extension(configuration, "^leave$",
                  {{"set", "skip_greeting=true"},
                   {"set", "skip_instructions=true"},
                   {"voicemail", "default default 2001"}});
    add_extension(configuration, "^check$", {{"voicemail", "check default default 2001"}, next});
    add_extension(configuration, "^check-pinless$",
                  {{"voicemail", "check default default 2002"}, next});
    add_extension(configuration, "^check-any$", {{"voicemail", "check default default"}, next});
    add_extension(configuration, "^check-mine$",
                  {{"voicemail", "check auth default default 2001"}, next});
    return configuration;
  }
  static void leave(Rehearsal& stage, std::string_view from) {
    const base::LegId caller = stage.call("leave", from);
    stage.sound_ends(caller);
    stage.wait(seconds(5));
    stage.hang_up(caller);
  }
  static void type(Rehearsal& stage, base::LegId leg, std::string_view digits) {
    for (const char digit : digits) stage.press(leg, std::string(1, digit));
  }
  // Hears on until this begins. Returns: what was heard before.
  static std::vector<std::string> hear_until(Rehearsal& stage, base::LegId leg,
                                             std::string_view sound) {
    std::vector<std::string> heard;
    while (!stage.hears(leg).empty() && stage.hears(leg).find(sound) == std::string::npos) {
      heard.push_back(stage.hears(leg));
      stage.sound_ends(leg);
    }
    EXPECT_THAT(stage.hears(leg), HasSubstr(sound));
    return heard;
  }
  // Everything, until nothing more comes.
  static std::vector<std::string> hear_all(Rehearsal& stage, base::LegId leg) {
    std::vector<std::string> heard;
    while (!stage.hears(leg).empty()) {
      heard.push_back(stage.hears(leg));
      stage.sound_ends(leg);
    }
    return heard;
  }
  static base::LegId let_in(Rehearsal& stage) {
    const base::LegId owner = stage.call("check", "2001");
    type(stage, owner, "4711#");
    return owner;
  }
  static std::string counts(Rehearsal& stage) { return stage.api("vm_boxcount 2001@default|all"); }
};

INSTANTIATE_TEST_SUITE_P(, Mailbox, both_persistences(), name_of_persistence);

TEST_P(Mailbox, SaysHowManyMessagesThereAreAndPlaysTheNewOnes) {
  Rehearsal stage(with_boxes(), GetParam());
  leave(stage, "6001");
  const std::string path = stage.last<call::StartRecording>()->path;
  const base::LegId owner = let_in(stage);

  EXPECT_THAT(hear_until(stage, owner, "message_number"),
              ElementsAre("voicemail/vm-you_have.wav", "digits/1.wav", "voicemail/vm-new.wav",
                          "voicemail/vm-message.wav"));
  EXPECT_THAT(
      hear_until(stage, owner, path),
      ElementsAre("voicemail/vm-message_number.wav", "digits/1.wav", "voicemail/vm-from.wav",
                  "digits/6.wav", "digits/0.wav", "digits/0.wav", "digits/1.wav",
                  "voicemail/vm-received.wav", "time/today.wav", "time/at.wav", "digits/3.wav",
                  "time/oh.wav", "digits/4.wav", "time/a-m.wav"));
  EXPECT_EQ(counts(stage), "1:0:0:0");
  stage.sound_ends(owner);
  EXPECT_EQ(counts(stage), "0:1:0:0");
  EXPECT_THAT(hear_all(stage, owner), Contains("voicemail/vm-delete_message.wav"));
}

TEST_P(Mailbox, DeletesSavesAndRepeatsByKeys) {
  Rehearsal stage(with_boxes(), GetParam());
  leave(stage, "6001");
  leave(stage, "6002");
  const base::LegId owner = let_in(stage);
  hear_until(stage, owner, "/vm/");
  const std::string first = stage.hears(owner);

  stage.press(owner, "1");
  hear_until(stage, owner, "/vm/");
  EXPECT_EQ(stage.hears(owner), first);
  stage.press(owner, "7");
  EXPECT_EQ(stage.last<call::RemoveRecording>()->path, first);
  EXPECT_EQ(stage.hears(owner), "voicemail/vm-message_deleted.wav");
  hear_until(stage, owner, "/vm/");
  stage.press(owner, "2");

  EXPECT_EQ(counts(stage), "0:1:0:0");
  EXPECT_EQ(stage.hears(owner), "voicemail/vm-message_saved.wav");
  const auto rest = hear_all(stage, owner);
  EXPECT_THAT(rest, Contains("voicemail/vm-no_more_messages.wav"));
  stage.press(owner, "2");
  hear_until(stage, owner, "/vm/");
  stage.press(owner, "#");
  hear_all(stage, owner);
  stage.press(owner, "#");
  EXPECT_EQ(stage.hears(owner), "voicemail/vm-goodbye.wav");
  stage.sound_ends(owner);
  EXPECT_EQ(stage.hears(owner), "next.wav");
}

TEST_P(Mailbox, SkipsToTheNextMessageAndLeavesThisOneNew) {
  Rehearsal stage(with_boxes(), GetParam());
  leave(stage, "6001");
  leave(stage, "6002");
  const base::LegId owner = let_in(stage);
  hear_until(stage, owner, "message_number");
  stage.press(owner, "*");
  const std::string first = stage.hears(owner);
  EXPECT_THAT(first, HasSubstr("/vm/"));
  stage.press(owner, "3");
  hear_until(stage, owner, "/vm/");

  EXPECT_NE(stage.hears(owner), first);
  EXPECT_EQ(counts(stage), "2:0:0:0");
}

TEST_P(Mailbox, LetsNobodyInAfterThreeWrongPins) {
  Rehearsal stage(with_boxes(), GetParam());
  const base::LegId caller = stage.call("check", "2001");
  EXPECT_EQ(stage.hears(caller), "voicemail/vm-enter_pass.wav");
  type(stage, caller, "1#");
  EXPECT_EQ(stage.hears(caller), "voicemail/vm-fail_auth.wav");
  type(stage, caller, "47111#");
  type(stage, caller, "#");

  EXPECT_THAT(hear_until(stage, caller, "next.wav"),
              ElementsAre("voicemail/vm-abort.wav", "voicemail/vm-goodbye.wav"));
}

TEST_P(Mailbox, WithoutAPinIsClosed) {
  Rehearsal stage(with_boxes(), GetParam());
  const base::LegId caller = stage.call("check-pinless");
  type(stage, caller, "#");

  EXPECT_EQ(stage.hears(caller), "voicemail/vm-fail_auth.wav");
  EXPECT_THAT(stage.last<LogLine>()->text, HasSubstr("the user has no vm-password"));
}

TEST_P(Mailbox, AsksForItsNumberWhereNoneIsNamed) {
  Rehearsal stage(with_boxes(), GetParam());
  const base::LegId caller = stage.call("check-any");
  EXPECT_THAT(
      hear_all(stage, caller),
      ElementsAre("voicemail/vm-hello.wav", "voicemail/vm-enter_id.wav", "digits/pound.wav"));
  type(stage, caller, "2001#");
  EXPECT_EQ(stage.hears(caller), "voicemail/vm-enter_pass.wav");
  type(stage, caller, "4711#");

  EXPECT_EQ(stage.hears(caller), "voicemail/vm-you_have.wav");
}

TEST_P(Mailbox, NeedsNoPinFromWhoIsKnown) {
  Rehearsal stage(with_boxes(), GetParam());
  const base::LegId caller = stage.call("check-mine");

  EXPECT_THAT(hear_all(stage, caller),
              ElementsAre("voicemail/vm-you_have.wav", "digits/0.wav", "voicemail/vm-new.wav",
                          "voicemail/vm-messages.wav", "voicemail/vm-to_exit.wav",
                          "voicemail/vm-press.wav", "digits/pound.wav"));
}

TEST_P(Mailbox, TakesAPinWithoutItsLastKeyAndLeavesWhoIsSilent) {
  Rehearsal stage(with_boxes(), GetParam());
  const base::LegId caller = stage.call("check", "2001");
  type(stage, caller, "4711");
  stage.wait(seconds(11));
  EXPECT_EQ(stage.hears(caller), "voicemail/vm-you_have.wav");

  for (int i = 0; i < 3; ++i) {
    hear_all(stage, caller);
    stage.wait(seconds(11));
  }
  EXPECT_EQ(stage.hears(caller), "voicemail/vm-goodbye.wav");
}

TEST_P(Mailbox, IsLeftAsItIsByAHangUpAtEachStep) {
  for (const int sounds : {0, 1, 4, 8, 20, 25, 60}) {
    Rehearsal stage(with_boxes(), GetParam());
    leave(stage, "6001");
    const base::LegId owner = let_in(stage);
    for (int i = 0; i < sounds && !stage.hears(owner).empty(); ++i) stage.sound_ends(owner);

    stage.hang_up(owner);

    EXPECT_EQ(stage.core().floor(stage.now()).legs, 0u) << sounds;
    EXPECT_THAT(counts(stage), ::testing::AnyOf("1:0:0:0", "0:1:0:0")) << sounds;
    EXPECT_FALSE(stage.core().next_deadline()) << sounds;
  }
}

TEST_P(Mailbox, GoesOnAfterARestart) {
  Rehearsal stage(with_boxes(), GetParam());
  leave(stage, "6001");
  const base::LegId owner = let_in(stage);
  hear_until(stage, owner, "/vm/");
  const std::string heard = stage.hears(owner);

  stage.restart();

  EXPECT_EQ(stage.hears(owner), heard);
  stage.sound_ends(owner);
  EXPECT_EQ(counts(stage), "0:1:0:0");
  stage.press(owner, "7");
  EXPECT_EQ(counts(stage), "0:0:0:0");
}

TEST_P(Mailbox, IsLeftByATransfer) {
  Rehearsal stage(with_boxes(), GetParam());
  const base::LegId owner = let_in(stage);
  hear_all(stage, owner);
  std::string uuid;
  for (const Publish& publish : stage.all<Publish>()) {
    if (publish.event.name == "CHANNEL_CREATE") uuid = publish.event.get("Unique-ID");
  }

  EXPECT_EQ(stage.api("uuid_transfer " + uuid + " check-mine"), "+OK\n");

  EXPECT_EQ(stage.hears(owner), "voicemail/vm-you_have.wav");
}

}  // namespace
}  // namespace core
