// Recordings: what a queue records by itself, what dialplans and commands ask for, and what a
// restart makes of them. Each also with the core saved and restored before every input.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <tuple>

#include "core/call_flow_testing.h"

namespace core {
namespace {

using call::RecordingEnded;
using call::StartRecording;
using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Recordings : public CallFlow {
 protected:
  static Configuration with_template(std::string_view text) {
    Configuration configuration = with_agents({"ann"});
    configuration.globals["recordings_dir"] = "/rec";
    for (queue::QueueSettings& queue : configuration.call_center.queues) {
      queue.record_template = text;
    }
    add_extension(configuration, "^records$",
                  {{"answer", ""}, {"record_session", "dir/a b.wav +60"}, {"park", ""}});
    add_extension(configuration, "^records-(.+)$",
                  {{"answer", ""}, {"set", "$1=true"}, {"record_session", "x.wav"}, {"park", ""}});
    return configuration;
  }
  // Of the only leg there is, or the first.
  static std::string uuid_of(const Rehearsal& stage, base::LegId) {
    const auto created = event(stage, "CHANNEL_CREATE");
    return created ? std::string(created->get("Unique-ID")) : std::string();
  }
  static std::optional<base::EslEvent> event(const Rehearsal& stage, std::string_view name) {
    for (const Publish& publish : stage.all<Publish>()) {
      if (publish.event.name == name) return publish.event;
    }
    return std::nullopt;
  }
  // The events of recordings, bridges and ends, in their order.
  static std::vector<std::string> in_order(const Rehearsal& stage) {
    std::vector<std::string> names;
    for (const std::string& name : stage.events()) {
      for (const char* known : {"RECORD_START", "RECORD_STOP", "CHANNEL_BRIDGE", "CHANNEL_UNBRIDGE",
                                "CHANNEL_HANGUP_COMPLETE"}) {
        if (name == known) names.push_back(name);
      }
    }
    return names;
  }
};

INSTANTIATE_TEST_SUITE_P(, Recordings, both_persistences(), name_of_persistence);

TEST_P(Recordings, OfAQueueLastFromTheBridgeToItsEnd) {
  Rehearsal stage(with_template("/rec/${caller_id_number}-${cc_queue}.wav"), GetParam());
  const Pair pair = talk(stage, "after-support");

  const auto started = stage.all<StartRecording>();
  ASSERT_THAT(started, SizeIs(1));
  EXPECT_EQ(started[0].leg, pair.caller);
  EXPECT_EQ(started[0].path, "/rec/6001-support@default.wav");
  EXPECT_EQ(started[0].channels, StartRecording::Channels::Mixed);
  EXPECT_EQ(variable(event(stage, "CHANNEL_BRIDGE"), "cc_record_filename"),
            "/rec/6001-support@default.wav");
  EXPECT_EQ(event(stage, "RECORD_START")->get("Record-File-Path"), "/rec/6001-support@default.wav");

  stage.hang_up(pair.agent);

  EXPECT_THAT(stage.all<call::StopRecording>(), SizeIs(1));
  const auto order = in_order(stage);
  EXPECT_THAT(std::vector(order.begin(), order.begin() + 3),
              ElementsAre("CHANNEL_BRIDGE", "RECORD_START", "CHANNEL_UNBRIDGE"));
  const auto stopped = event(stage, "RECORD_STOP");
  ASSERT_TRUE(stopped);
  EXPECT_EQ(stopped->get("Record-File-Path"), "/rec/6001-support@default.wav");
  EXPECT_EQ(variable(stopped, "record_ms"), "2500");
  EXPECT_EQ(variable(stopped, "record_seconds"), "2");
}

TEST_P(Recordings, EndBeforeTheLastEventOfACallerWhoHangsUp) {
  Rehearsal stage(with_template("${cc_member_uuid}.wav"), GetParam());
  const Pair pair = talk(stage, "q-support");

  stage.hang_up(pair.caller);

  const auto order = in_order(stage);
  const auto stop = std::find(order.begin(), order.end(), "RECORD_STOP");
  ASSERT_NE(stop, order.end());
  EXPECT_THAT(std::vector(stop, order.end()), Contains("CHANNEL_HANGUP_COMPLETE"));
  const auto ended = stage.hangup_of("inbound");
  EXPECT_EQ(variable(ended, "record_ms"), "2500");
  EXPECT_EQ(variable(ended, "record_completion_cause"), "hangup");
  EXPECT_EQ(stage.core().floor(stage.now()).legs, 0u);
}

TEST_P(Recordings, AreNotMadeOfAnEmptyTemplate) {
  Rehearsal stage(with_template(" "), GetParam());
  talk(stage, "q-support");

  EXPECT_THAT(stage.all<StartRecording>(), IsEmpty());
  EXPECT_EQ(variable(event(stage, "CHANNEL_BRIDGE"), "cc_record_filename"), "");
}

TEST_P(Recordings, OfCallersWithEvilNamesStayInTheirFolder) {
  Rehearsal stage(with_template("/rec/${caller_id_name}/${caller_id_number}.wav"), GetParam());
  stage.call("q-support", "/../6001", "../../etc/cron.d");
  stage.answer(stage.last<call::InviteLeg>()->leg);

  EXPECT_EQ(stage.last<StartRecording>()->path, "/rec/_._.._etc_cron.d/_.._6001.wav");
}

TEST_P(Recordings, ThatLeadUpAreNotMadeAndTheCallGoesOn) {
  Rehearsal stage(with_template("/rec/../${uuid}.wav"), GetParam());
  const Pair pair = talk(stage, "q-support");

  EXPECT_THAT(stage.all<StartRecording>(), IsEmpty());
  EXPECT_THAT(stage.last<LogLine>()->text, HasSubstr("is not recorded: "));
  EXPECT_EQ(stage.hears(pair.caller), "leg " + std::to_string(pair.agent.value));
}

TEST_P(Recordings, ThatFailAreToldAndTheCallGoesOn) {
  Rehearsal stage(with_template("x.wav"), GetParam());
  const Pair pair = talk(stage, "q-support");
  const auto recording = stage.last<StartRecording>()->recording;
  stage.feed(
      RecordingEnded{pair.caller, recording, RecordingEnded::How::Failed, "no space left", 1200});

  EXPECT_THAT(stage.last<LogLine>()->text, HasSubstr("no space left"));
  const auto stopped = event(stage, "RECORD_STOP");
  EXPECT_EQ(variable(stopped, "record_ms"), "1200");
  EXPECT_EQ(variable(stopped, "record_completion_cause"), "uri-failure");
  stage.hang_up(pair.caller);
  EXPECT_EQ(stage.core().floor(stage.now()).legs, 0u);
}

TEST_P(Recordings, AreWaitedForAtMostASecondBehindTheCall) {
  Rehearsal stage(with_template("x.wav"), GetParam());
  const Pair pair = talk(stage, "q-support");
  stage.set_stagehands(Stagehands::Idle);
  stage.hang_up(pair.caller);
  stage.feed(call::MediaClosed{pair.caller});
  EXPECT_FALSE(stage.hangup_of("inbound"));

  stage.wait(seconds(1));

  EXPECT_TRUE(event(stage, "RECORD_STOP"));
  EXPECT_TRUE(stage.hangup_of("inbound"));
}

TEST_P(Recordings, AreMadeByTheDialplan) {
  Rehearsal stage(with_template(""), GetParam());
  const base::LegId leg = stage.call("records");

  EXPECT_EQ(stage.last<StartRecording>()->path, "/rec/dir/a b.wav");
  EXPECT_EQ(stage.last<StartRecording>()->milliseconds_max, 60'000);
  stage.feed(RecordingEnded{leg, stage.last<StartRecording>()->recording,
                            RecordingEnded::How::ReachedLimit, "", 60'000});
  EXPECT_EQ(variable(event(stage, "RECORD_STOP"), "record_completion_cause"), "success-maxtime");
}

TEST_P(Recordings, AreOfTheFormThatVariablesSay) {
  using Channels = StartRecording::Channels;
  using Sides = StartRecording::Sides;
  using Existing = StartRecording::Existing;
  const std::tuple<const char*, Channels, Sides, Existing> cases[] = {
      {"STEREO", Channels::Stereo, Sides::Both, Existing::Replaced},
      {"STEREO_SWAP", Channels::SwappedStereo, Sides::Both, Existing::Replaced},
      {"READ_ONLY", Channels::Mixed, Sides::Said, Existing::Replaced},
      {"WRITE_ONLY", Channels::Mixed, Sides::Heard, Existing::Replaced},
      {"APPEND", Channels::Mixed, Sides::Both, Existing::Continued},
      {"NOTHING", Channels::Mixed, Sides::Both, Existing::Replaced},
  };
  for (const auto& [name, channels, sides, existing] : cases) {
    Rehearsal stage(with_template(""), GetParam());
    stage.call(std::string("records-RECORD_") + name);
    const auto order = stage.last<StartRecording>();
    ASSERT_TRUE(order) << name;
    EXPECT_EQ(order->path, "/rec/x.wav");
    EXPECT_EQ(order->channels, channels) << name;
    EXPECT_EQ(order->sides, sides) << name;
    EXPECT_EQ(order->existing, existing) << name;
  }
}

TEST_P(Recordings, AreMadeMaskedAndStoppedByCommands) {
  Rehearsal stage(with_template(""), GetParam());
  const base::LegId leg = stage.call("q-sales");
  const std::string uuid = uuid_of(stage, leg);

  EXPECT_EQ(stage.api("uuid_record " + uuid + " start /tmp/x.wav 30"), "+OK Success\n");
  EXPECT_EQ(stage.last<StartRecording>()->path, "/tmp/x.wav");
  EXPECT_EQ(stage.last<StartRecording>()->milliseconds_max, 30'000);
  EXPECT_EQ(stage.api("uuid_record " + uuid + " start /tmp/x.wav"),
            "-ERR Cannot record session!\n");
  EXPECT_EQ(stage.api("uuid_record " + uuid + " mask /tmp/x.wav"), "+OK Success\n");
  EXPECT_TRUE(stage.last<call::MaskRecording>()->is_masked);
  EXPECT_EQ(stage.api("uuid_record " + uuid + " unmask all"), "+OK Success\n");
  EXPECT_FALSE(stage.last<call::MaskRecording>()->is_masked);
  EXPECT_EQ(stage.api("uuid_record " + uuid + " mask /tmp/y.wav"),
            "-ERR Cannot mask recording session!\n");
  EXPECT_EQ(stage.api("uuid_record " + uuid + " start /tmp/y.wav"), "+OK Success\n");

  EXPECT_EQ(stage.api("uuid_record " + uuid + " stop /tmp/x.wav"), "+OK Success\n");
  EXPECT_EQ(stage.all<call::StopRecording>().size(), 1u);
  EXPECT_EQ(stage.api("uuid_record " + uuid + " stop all"), "+OK Success\n");
  EXPECT_EQ(stage.all<call::StopRecording>().size(), 2u);
  EXPECT_EQ(stage.api("uuid_record " + uuid + " stop all"), "-ERR Cannot stop record session!\n");
}

TEST_P(Recordings, OfNobodyAndWithoutAPathAreRefused) {
  Rehearsal stage(with_template(""), GetParam());
  const std::string uuid = uuid_of(stage, stage.call("q-sales"));

  EXPECT_EQ(stage.api("uuid_record nobody start /tmp/x.wav"), "-ERR Cannot locate session!\n");
  EXPECT_EQ(stage.api("uuid_record " + uuid + " start ../x.wav"), "-ERR Cannot record session!\n");
  for (const std::string& arguments : {std::string(), uuid, uuid + " start", uuid + " go x.wav"}) {
    EXPECT_THAT(stage.api("uuid_record " + arguments), HasSubstr("-USAGE: <uuid> [start|stop|"));
  }
  for (int n = 0; n < 8; ++n) {
    EXPECT_EQ(stage.api("uuid_record " + uuid + " start x" + std::to_string(n)), "+OK Success\n");
  }
  EXPECT_EQ(stage.api("uuid_record " + uuid + " start x9"), "-ERR Cannot record session!\n");
}

TEST_P(Recordings, GoOnInTheirFilesAfterARestart) {
  Rehearsal stage(with_template("x.wav"), GetParam());
  const Pair pair = talk(stage, "q-support");
  const std::string uuid = uuid_of(stage, pair.caller);
  stage.api("uuid_record " + uuid + " start y.wav 60");
  stage.api("uuid_record " + uuid + " mask y.wav");
  stage.wait(seconds(10));
  stage.forget();

  stage.restart();

  const auto orders = stage.all<StartRecording>();
  ASSERT_THAT(orders, SizeIs(2));
  EXPECT_EQ(orders[0].path, "/rec/x.wav");
  EXPECT_EQ(orders[0].existing, StartRecording::Existing::Continued);
  EXPECT_EQ(orders[1].path, "/rec/y.wav");
  EXPECT_EQ(orders[1].milliseconds_max, 50'000);
  EXPECT_EQ(stage.last<call::MaskRecording>()->recording, orders[1].recording);
  EXPECT_THAT(in_order(stage), IsEmpty());

  stage.wait(seconds(5));
  stage.hang_up(pair.agent);
  EXPECT_EQ(variable(event(stage, "RECORD_STOP"), "record_ms"), "17500");
}

TEST_P(Recordings, WhoseEndNobodyTellsAnyMoreEndAtARestart) {
  Rehearsal stage(with_template(""), GetParam());
  const std::string uuid = uuid_of(stage, stage.call("q-sales"));
  stage.api("uuid_record " + uuid + " start x.wav");
  stage.set_stagehands(Stagehands::Idle);
  stage.api("uuid_record " + uuid + " stop x.wav");
  stage.forget();

  stage.restart();

  EXPECT_THAT(stage.all<StartRecording>(), IsEmpty());
  EXPECT_THAT(in_order(stage), ElementsAre("RECORD_STOP"));
}

}  // namespace
}  // namespace core
