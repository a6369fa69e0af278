// The application `record`: what ends it, and what a restart makes of it. Each also with the core
// saved and restored before every input.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/call_flow_testing.h"

namespace core {
namespace {

using call::RecordingEnded;
using call::StartRecording;
using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Record : public CallFlow {
 protected:
  static Configuration recorder(const char* data) {
    Configuration configuration = stage_configuration();
    configuration.globals["recordings_dir"] = "/rec";
    add_extension(configuration, "^record$",
                  {{"answer", ""}, {"record", data}, {"playback", "thanks.wav"}, {"park", ""}});
    add_extension(configuration, "^away$", {{"park", ""}});
    return configuration;
  }
  static std::string uuid_of(const Rehearsal& stage) {
    return std::string(stage.all<Publish>().front().event.get("Unique-ID"));
  }
};

INSTANTIATE_TEST_SUITE_P(, Record, both_persistences(), name_of_persistence);

TEST_P(Record, TakesWhatTheCallerSaysUntilATerminator) {
  Rehearsal stage(recorder("dir/a b.wav 60 200 4"), GetParam());
  const base::LegId caller = stage.call("record");

  const auto order = stage.last<StartRecording>();
  ASSERT_TRUE(order);
  EXPECT_EQ(order->path, "/rec/dir/a b.wav");
  EXPECT_EQ(order->sides, StartRecording::Sides::Said);
  EXPECT_EQ(order->milliseconds_max, 60'000);
  EXPECT_EQ(order->silence_threshold, 200);
  EXPECT_EQ(order->milliseconds_of_silence, 4000);
  stage.wait(milliseconds(2500));
  stage.press(caller, "5");
  EXPECT_THAT(stage.all<call::StopRecording>(), IsEmpty());
  stage.press(caller, "*");

  EXPECT_EQ(stage.hears(caller), "thanks.wav");
  EXPECT_EQ(stage.api("uuid_getvar " + uuid_of(stage) + " record_ms"), "2500");
  EXPECT_EQ(stage.api("uuid_getvar " + uuid_of(stage) + " playback_terminator_used"), "*");
}

TEST_P(Record, GoesOnWithTheDialplanWhenSilenceEndsIt) {
  Rehearsal stage(recorder("x.wav 60 200"), GetParam());
  const base::LegId caller = stage.call("record");
  EXPECT_EQ(stage.last<StartRecording>()->milliseconds_of_silence, 3000);

  stage.feed(RecordingEnded{.leg = caller,
                            .recording = stage.last<StartRecording>()->recording,
                            .how = RecordingEnded::How::Silent,
                            .milliseconds = 4000});

  EXPECT_EQ(stage.hears(caller), "thanks.wav");
  EXPECT_EQ(stage.api("uuid_getvar " + uuid_of(stage) + " record_completion_cause"),
            "success-silence");
}

TEST_P(Record, GoesOnWithTheDialplanWhenTheFileCannotBeWritten) {
  Rehearsal stage(recorder("x.wav"), GetParam());
  const base::LegId caller = stage.call("record");

  stage.feed(RecordingEnded{.leg = caller,
                            .recording = stage.last<StartRecording>()->recording,
                            .how = RecordingEnded::How::Failed,
                            .why = "/rec/x.wav: No space left on device"});

  EXPECT_EQ(stage.hears(caller), "thanks.wav");
  EXPECT_THAT(stage.last<LogLine>()->text, HasSubstr("No space left on device"));
}

TEST_P(Record, IsPassedOverWhereThePathLeadsElsewhere) {
  Rehearsal stage(recorder("../../etc/passwd 5"), GetParam());
  const base::LegId caller = stage.call("record");

  EXPECT_THAT(stage.all<StartRecording>(), IsEmpty());
  EXPECT_EQ(stage.hears(caller), "thanks.wav");
}

TEST_P(Record, EndsWithTheCall) {
  Rehearsal stage(recorder("x.wav"), GetParam());
  const base::LegId caller = stage.call("record");
  stage.wait(seconds(1));

  stage.hang_up(caller);

  EXPECT_EQ(variable(stage.hangup_of("inbound"), "record_ms"), "1000");
  EXPECT_EQ(stage.core().floor(stage.now()).legs, 0u);
}

TEST_P(Record, IsCompleteWhenTheCallIsSentElsewhere) {
  Rehearsal stage(recorder("x.wav"), GetParam());
  stage.call("record");

  EXPECT_EQ(stage.api("uuid_transfer " + uuid_of(stage) + " away"), "+OK\n");

  EXPECT_THAT(stage.all<call::StopRecording>(), SizeIs(1));
  stage.api("uuid_break " + uuid_of(stage));
  EXPECT_EQ(stage.core().floor(stage.now()).legs, 1u);
}

TEST_P(Record, IsBrokenOffByACommand) {
  Rehearsal stage(recorder("x.wav"), GetParam());
  const base::LegId caller = stage.call("record");

  stage.api("uuid_break " + uuid_of(stage));

  EXPECT_EQ(stage.hears(caller), "thanks.wav");
}

TEST_P(Record, GoesOnInItsFileAfterARestart) {
  Rehearsal stage(recorder("x.wav 60"), GetParam());
  const base::LegId caller = stage.call("record");
  stage.wait(seconds(10));

  stage.restart();

  const auto order = stage.last<StartRecording>();
  EXPECT_EQ(order->existing, StartRecording::Existing::Continued);
  EXPECT_EQ(order->milliseconds_max, 50'000);
  stage.press(caller, "*");
  EXPECT_EQ(stage.hears(caller), "thanks.wav");
}

TEST_P(Record, IsOverWhenItsTimeRanOutDuringARestart) {
  Rehearsal stage(recorder("x.wav 60"), GetParam());
  const base::LegId caller = stage.call("record");

  stage.restart_after(seconds(90));

  EXPECT_EQ(stage.hears(caller), "thanks.wav");
}

}  // namespace
}  // namespace core
