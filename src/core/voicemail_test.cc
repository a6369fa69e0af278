// Leaving a message: what the caller hears, what becomes of the message at each way out, and who is
// told. Each also with the core saved and restored before every input.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/call_flow_testing.h"

namespace core {
namespace {

using call::NotifyPhone;
using call::RecordingEnded;
using call::StartRecording;
using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

constexpr const char* kTone = "tone_stream://%(1000, 0, 640)";

class Voicemail : public CallFlow {
 protected:
  static Configuration with_boxes() {
    Configuration configuration = stage_configuration();
    configuration.globals["voicemail_dir"] = "/data/voicemail";
    configuration.voicemail["default"].operator_key = "9";
    configuration.voicemail["default"].operator_extension = "operator";
    call::DirectoryUser user;
    user.id = "2001";
    user.domain = "default";
    configuration.directory.add(user);
    const dialplan::Action next{"playback", "next.wav"};
    add_extension(configuration, "^vm-quick$",
                  {{"set", "skip_greeting=true"},
                   {"set", "skip_instructions=true"},
                   {"voicemail", "default default 2001"},
                   next,
                   {"park", ""}});
    add_extension(configuration, "^vm-word$",
                  {{"set", "skip_greeting=true"},
                   {"set", "skip_instructions=true"},
                   {"voicemail", "default any.text callcenter"},
                   next});
    add_extension(configuration, "^vm$", {{"voicemail", "default default 2001"}, next});
    add_extension(configuration, "^vm-nowhere$", {{"voicemail", "no default 2001"}, next});
    add_extension(configuration, "^vm-evil$",
                  {{"set", "skip_greeting=true"},
                   {"set", "skip_instructions=true"},
                   {"voicemail", "default ../../etc ..%2f/../x"},
                   next});
    add_extension(configuration, "^operator$", {{"playback", "operator.wav"}});
    return configuration;
  }
  // A message of so many seconds, ended by #.
  static base::LegId leave(Rehearsal& stage, base::Duration length,
                           std::string_view number = "vm-quick") {
    const base::LegId caller = stage.call(number);
    stage.sound_ends(caller);
    stage.wait(length);
    stage.press(caller, "#");
    return caller;
  }
  static void register_phone(Rehearsal& stage, std::uint32_t cseq = 1) {
    call::RegistrationReceived report;
    report.ticket = base::Ticket{99};
    report.profile = "internal";
    report.user = "2001";
    report.domain = "default";
    report.contacts = {{"sip:2001@127.0.0.1:5071", 3600}};
    report.source = "127.0.0.1:5071";
    report.call_id = "reg";
    report.cseq = cseq;
    stage.feed(report);
  }
  static std::string new_messages(Rehearsal& stage) {
    return stage.api("vm_boxcount 2001@default|new");
  }
};

INSTANTIATE_TEST_SUITE_P(, Voicemail, both_persistences(), name_of_persistence);

TEST_P(Voicemail, GoesStraightToTheToneAndRecordsUntilTheKey) {
  Rehearsal stage(with_boxes(), GetParam());
  const base::LegId caller = stage.call("vm-quick");

  EXPECT_TRUE(stage.last<call::AnswerLeg>());
  EXPECT_EQ(stage.hears(caller), kTone);
  EXPECT_THAT(stage.all<StartRecording>(), IsEmpty());
  stage.sound_ends(caller);
  const auto order = stage.last<StartRecording>();
  ASSERT_TRUE(order);
  EXPECT_THAT(order->path, StartsWith("/data/voicemail/default/default/2001/msg_"));
  EXPECT_EQ(order->milliseconds_max, 300'000);
  EXPECT_EQ(order->milliseconds_min, 3000);
  EXPECT_EQ(order->milliseconds_of_silence, 2000);
  stage.wait(seconds(5));
  stage.press(caller, "#");

  EXPECT_EQ(stage.hears(caller), "next.wav");
  EXPECT_EQ(new_messages(stage), "1");
  EXPECT_EQ(stage.api("vm_boxcount default/2001@default|all"), "1:0:0:0");
  EXPECT_THAT(stage.api("vm_list 2001@default"),
              AllOf(HasSubstr(":2001:default:inbox:" + order->path + ":"),
                    HasSubstr(":Ann Caller:6001:5\n")));
}

TEST_P(Voicemail, KeepsTheMessageOfACallerWhoHangsUp) {
  Rehearsal stage(with_boxes(), GetParam());
  const base::LegId caller = stage.call("vm-quick");
  stage.sound_ends(caller);
  stage.wait(seconds(4));

  stage.hang_up(caller);

  EXPECT_EQ(new_messages(stage), "1");
  EXPECT_EQ(stage.core().floor(stage.now()).legs, 0u);
}

TEST_P(Voicemail, KeepsNothingOfACallerWhoHangsUpBeforeTheMessage) {
  Rehearsal stage(with_boxes(), GetParam());
  stage.hang_up(stage.call("vm"));
  const base::LegId second = stage.call("vm-quick");
  stage.hang_up(second);

  EXPECT_EQ(new_messages(stage), "0");
  EXPECT_EQ(stage.core().floor(stage.now()).legs, 0u);
}

TEST_P(Voicemail, GreetsWithTheNumberWhereTheBoxHasNoGreeting) {
  Rehearsal stage(with_boxes(), GetParam());
  const base::LegId caller = stage.call("vm");

  EXPECT_EQ(stage.hears(caller), "/data/voicemail/default/default/2001/greeting_1.wav");
  const auto own = stage.last<call::PlaySound>();
  stage.forget();
  stage.feed(call::PlaybackEnded{caller, own->playback, call::PlaybackEnded::How::Unplayable,
                                 "no such file"});
  std::vector<std::string> heard;
  while (stage.hears(caller) != kTone) {
    heard.push_back(stage.hears(caller));
    stage.sound_ends(caller);
  }

  EXPECT_THAT(heard, ElementsAre("voicemail/vm-person.wav", "digits/2.wav", "digits/0.wav",
                                 "digits/0.wav", "digits/1.wav", "voicemail/vm-not_available.wav",
                                 "voicemail/vm-record_message.wav"));
  EXPECT_THAT(stage.all<LogLine>(), IsEmpty());
}

TEST_P(Voicemail, PlaysTheGreetingOfTheBox) {
  Rehearsal stage(with_boxes(), GetParam());
  const base::LegId caller = stage.call("vm");
  stage.sound_ends(caller);

  EXPECT_EQ(stage.hears(caller), "voicemail/vm-record_message.wav");
  stage.sound_ends(caller);
  EXPECT_EQ(stage.hears(caller), kTone);
}

TEST_P(Voicemail, LeavesTheGreetingByItsKeys) {
  Rehearsal stage(with_boxes(), GetParam());
  const base::LegId skips = stage.call("vm");
  stage.press(skips, "#");
  EXPECT_EQ(stage.hears(skips), kTone);

  const base::LegId asks = stage.call("vm");
  stage.press(asks, "9");
  EXPECT_EQ(stage.hears(asks), "operator.wav");

  const base::LegId owner = stage.call("vm");
  stage.press(owner, "*");
  EXPECT_EQ(stage.hears(owner), "voicemail/vm-enter_pass.wav");
}

TEST_P(Voicemail, TakesMessagesForABoxWithoutAUserWithAWarning) {
  Rehearsal stage(with_boxes(), GetParam());
  leave(stage, seconds(5), "vm-word");

  EXPECT_THAT(stage.all<LogLine>().front().text,
              HasSubstr("no user callcenter@any.text is in the directory"));
  EXPECT_EQ(stage.api("vm_boxcount callcenter@any.text"), "1");
}

TEST_P(Voicemail, RunsTheNextActionWhereTheProfileIsUnknown) {
  Rehearsal stage(with_boxes(), GetParam());
  const base::LegId caller = stage.call("vm-nowhere");

  EXPECT_EQ(stage.last<LogLine>()->level, LogLine::Level::Error);
  EXPECT_THAT(stage.last<LogLine>()->text, HasSubstr("there is no profile no"));
  EXPECT_EQ(stage.hears(caller), "next.wav");
}

TEST_P(Voicemail, OfEvilNamesStaysInItsFolder) {
  Rehearsal stage(with_boxes(), GetParam());
  stage.sound_ends(stage.call("vm-evil"));

  EXPECT_THAT(stage.last<StartRecording>()->path,
              StartsWith("/data/voicemail/default/_._.._etc/_.%2f_.._x/msg_"));
}

TEST_P(Voicemail, ThatIsTooShortIsNotKept) {
  Rehearsal stage(with_boxes(), GetParam());
  const base::LegId caller = stage.call("vm-quick");
  stage.sound_ends(caller);
  stage.feed(RecordingEnded{.leg = caller,
                            .recording = stage.last<StartRecording>()->recording,
                            .how = RecordingEnded::How::TooShort,
                            .milliseconds = 900});

  EXPECT_EQ(new_messages(stage), "0");
  EXPECT_EQ(stage.hears(caller), "next.wav");
}

TEST_P(Voicemail, OnAFullDiskIsSaidToBeLostAndTheDialplanGoesOn) {
  Rehearsal stage(with_boxes(), GetParam());
  const base::LegId caller = stage.call("vm-quick");
  stage.sound_ends(caller);
  RecordingEnded failed{.leg = caller,
                        .recording = stage.last<StartRecording>()->recording,
                        .how = RecordingEnded::How::Failed,
                        .why = "No space left on device"};
  stage.feed(failed);

  EXPECT_EQ(new_messages(stage), "0");
  EXPECT_EQ(stage.hears(caller), "next.wav");
  EXPECT_EQ(stage.last<LogLine>()->level, LogLine::Level::Error);
  EXPECT_THAT(stage.last<LogLine>()->text,
              HasSubstr("voicemail of 2001@default: no message is taken: No space left"));

  const base::LegId second = stage.call("vm-quick");
  stage.sound_ends(second);
  failed.leg = second;
  failed.recording = stage.last<StartRecording>()->recording;
  failed.milliseconds = 8000;
  stage.feed(failed);

  EXPECT_EQ(new_messages(stage), "1");  // What was written is kept.
}

TEST_P(Voicemail, GoesOnInTheSameFileAfterARestart) {
  Rehearsal stage(with_boxes(), GetParam());
  const base::LegId caller = stage.call("vm-quick");
  stage.sound_ends(caller);
  const std::string path = stage.last<StartRecording>()->path;
  stage.wait(seconds(2));

  stage.restart();
  EXPECT_EQ(stage.last<StartRecording>()->path, path);
  EXPECT_EQ(stage.last<StartRecording>()->milliseconds_min, 1000);
  stage.wait(seconds(2));
  stage.hang_up(caller);

  EXPECT_EQ(new_messages(stage), "1");
  EXPECT_THAT(stage.api("vm_list 2001@default"), HasSubstr(path));
}

TEST_P(Voicemail, KeepsAMessageWhoseCallerHungUpAsTheServerDied) {
  Rehearsal stage(with_boxes(), GetParam());
  const base::LegId caller = stage.call("vm-quick");
  stage.sound_ends(caller);
  stage.wait(seconds(7));
  stage.set_stagehands(Stagehands::Idle);
  stage.feed(call::LegHungUp{caller, call::LegHungUp::How::Bye, std::nullopt});

  stage.restart_after(seconds(60));
  stage.wait(seconds(5));

  EXPECT_EQ(new_messages(stage), "1");
  EXPECT_THAT(stage.api("vm_list 2001@default"), HasSubstr(":6001:7\n"));
}

TEST_P(Voicemail, TellsThePhonesOfTheOwner) {
  Rehearsal stage(with_boxes(), GetParam());
  register_phone(stage);
  EXPECT_THAT(stage.all<NotifyPhone>(), IsEmpty());

  leave(stage, seconds(5));
  const auto told = stage.last<NotifyPhone>();
  ASSERT_TRUE(told);
  EXPECT_EQ(told->request_uri, "sip:2001@127.0.0.1:5071");
  EXPECT_EQ(told->next_hop, "127.0.0.1:5071");
  EXPECT_EQ(told->event, "message-summary");
  EXPECT_EQ(told->body,
            "Messages-Waiting: yes\r\nMessage-Account: sip:2001@default\r\n"
            "Voice-Message: 1/0 (0/0)\r\n");

  stage.forget();
  register_phone(stage, 2);
  EXPECT_THAT(stage.all<NotifyPhone>(), SizeIs(1));
  EXPECT_EQ(stage.api("vm_delete 2001@default"), "+OK\n");
  EXPECT_THAT(stage.last<NotifyPhone>()->body, HasSubstr("Messages-Waiting: no"));
  EXPECT_THAT(stage.all<call::RemoveRecording>(), SizeIs(1));
  EXPECT_EQ(new_messages(stage), "0");
}

TEST_P(Voicemail, TellsProgramsByEvents) {
  Rehearsal stage(with_boxes(), GetParam());
  leave(stage, seconds(5));

  std::vector<std::string> told;
  for (const Publish& publish : stage.all<Publish>()) {
    const auto& event = publish.event;
    if (event.subclass == "vm::maintenance") told.emplace_back(event.get("VM-Action"));
    if (event.name == "MESSAGE_WAITING") told.emplace_back(event.get("MWI-Voice-Message"));
  }
  EXPECT_THAT(told, ElementsAre("leave-message", "mwi-update", "1/0 (0/0)"));
}

TEST_P(Voicemail, IsCountedAndMarkedByCommands) {
  Rehearsal stage(with_boxes(), GetParam());
  for (std::size_t i = 0; i < 3; ++i) leave(stage, seconds(4));

  EXPECT_EQ(new_messages(stage), "3");
  EXPECT_EQ(stage.api("vm_read 2001@default read"), "+OK\n");
  EXPECT_EQ(stage.api("vm_boxcount 2001@default|all"), "0:3:0:0");
  EXPECT_EQ(stage.api("vm_delete 2001@default nosuch"), "-ERR no such message\n");
  EXPECT_THAT(stage.api("vm_delete nonsense"), StartsWith("-USAGE"));
}

}  // namespace
}  // namespace core
