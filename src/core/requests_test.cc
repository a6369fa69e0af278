// What programs ask of legs that are doing something else: transfers, sounds, applications, events.
// Each also with the core saved and restored before every input.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/rehearsal.h"

namespace core {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr const char* kMusic = "tone_stream://%(10000,0,450);loops=-1";
constexpr const char* kPrompt = "tone_stream://%(1500,0,1200)";

class Requests : public ::testing::TestWithParam<Persistence> {
 protected:
  Requests() : stage_(with_ann(), GetParam()) {}

  static Configuration with_ann() {
    Configuration configuration = stage_configuration();
    add_stage_agent(configuration, "ann");
    return configuration;
  }

  // A caller of an empty queue, and what its leg is called.
  std::string wait_in_sales() {
    caller_ = stage_.call("q-sales");
    return uuid_of("6001");
  }
  // A caller and ann.
  std::string talk(std::string_view number) {
    caller_ = stage_.call(number);
    agent_ = stage_.last<call::InviteLeg>()->leg;
    stage_.wait(milliseconds(500));
    stage_.answer(agent_);
    return uuid_of("6001");
  }
  std::string uuid_of(std::string_view number) {
    for (const auto& publish : stage_.all<Publish>()) {
      const auto& event = publish.event;
      if (event.name == "CHANNEL_CREATE" && event.get("Caller-Caller-ID-Number") == number) {
        return std::string(event.get("Unique-ID"));
      }
    }
    return {};
  }
  std::string agent_uuid() { return stage_.api("callcenter_config agent get uuid ann"); }
  std::string state_of_ann() { return stage_.api("callcenter_config agent get state ann"); }
  std::string variable(const std::string& uuid, std::string_view name) {
    return stage_.api("uuid_getvar " + uuid + " " + std::string(name));
  }
  std::string send(const std::string& uuid, base::Headers headers, std::string body = {}) {
    stage_.feed(MessageSent{{77}, uuid, std::move(headers), std::move(body)});
    return stage_.last<ApiReply>()->text;
  }

  Rehearsal stage_;
  base::LegId caller_;
  base::LegId agent_;
};

INSTANTIATE_TEST_SUITE_P(, Requests,
                         ::testing::Values(Persistence::Continuous, Persistence::SavedEachTime),
                         [](const auto& mode) {
                           return mode.param == Persistence::Continuous ? "Continuous"
                                                                        : "SavedEachTime";
                         });

// ---- uuid_transfer ------------------------------------------------------------------------------

TEST_P(Requests, ATransferTakesACallerOutOfItsQueue) {
  const std::string uuid = wait_in_sales();
  stage_.forget();

  EXPECT_EQ(stage_.api("uuid_transfer " + uuid + " sleepy XML default"), "+OK\n");

  EXPECT_THAT(stage_.queue_events(),
              ElementsAre(HasSubstr("member-queue-end"), HasSubstr("members-count")));
  EXPECT_EQ(variable(uuid, "cc_cancel_reason"), "BREAK_OUT");
  EXPECT_EQ(variable(uuid, "destination_number"), "sleepy");
  EXPECT_EQ(stage_.hears(caller_), "");
  stage_.wait(seconds(3));
  EXPECT_EQ(stage_.hangup_of("inbound")->get("Hangup-Cause"), "NORMAL_CLEARING");
}

TEST_P(Requests, ATransferOfTheCallerEndsTheConversation) {
  const std::string uuid = talk("q-support");
  stage_.forget();

  EXPECT_EQ(stage_.api("uuid_transfer " + uuid + " sleepy"), "+OK\n");

  EXPECT_EQ(state_of_ann(), "Waiting");
  EXPECT_EQ(stage_.hangup_of("outbound")->get("Hangup-Cause"), "NORMAL_CLEARING");
  EXPECT_EQ(stage_.hangup_of("inbound"), std::nullopt);
  EXPECT_EQ(variable(uuid, "destination_number"), "sleepy");
}

TEST_P(Requests, ATransferOfTheAgentLetsTheCallersDialplanGoOn) {
  const std::string uuid = talk("after-support");

  EXPECT_EQ(stage_.api("uuid_transfer " + uuid + " -bleg sleepy"), "+OK\n");

  EXPECT_EQ(stage_.hears(caller_), kPrompt);
  EXPECT_EQ(variable(uuid, "kit_after"), "answered///true");
  EXPECT_EQ(state_of_ann(), "Waiting");
  EXPECT_EQ(stage_.hangup_of("outbound"), std::nullopt);
  stage_.wait(seconds(3));
  EXPECT_EQ(stage_.hangup_of("outbound")->get("Hangup-Cause"), "NORMAL_CLEARING");
}

TEST_P(Requests, BothLegsOfAConversationCanBeTransferred) {
  const std::string uuid = talk("hab-support");

  EXPECT_EQ(stage_.api("uuid_transfer " + uuid + " -both sleepy"), "+OK\n");

  EXPECT_EQ(stage_.hangup_of("inbound"), std::nullopt);
  EXPECT_EQ(stage_.hangup_of("outbound"), std::nullopt);
  stage_.wait(seconds(3));
  EXPECT_TRUE(stage_.hangup_of("inbound").has_value());
  EXPECT_TRUE(stage_.hangup_of("outbound").has_value());
}

TEST_P(Requests, ATransferToNowhereEndsTheLeg) {
  const std::string uuid = wait_in_sales();

  EXPECT_EQ(stage_.api("uuid_transfer " + uuid + " nowhere"), "+OK\n");

  EXPECT_EQ(stage_.hangup_of("inbound")->get("Hangup-Cause"), "NO_ROUTE_DESTINATION");
}

TEST_P(Requests, TransfersThatCannotBeAreRefused) {
  caller_ = stage_.call("q-support");
  const std::string uuid = uuid_of("6001");
  stage_.wait(milliseconds(500));

  EXPECT_EQ(stage_.api("uuid_transfer " + uuid + " -bleg sleepy"), "-ERR No such channel!\n");
  EXPECT_EQ(stage_.api("uuid_transfer nobody sleepy"), "-ERR No such channel!\n");
  for (const std::string& words : {std::string(), uuid, uuid + " -bleg"}) {
    EXPECT_THAT(stage_.api("uuid_transfer " + words), HasSubstr("-USAGE: <uuid> [-bleg|-both]"));
  }
  EXPECT_EQ(stage_.hears(caller_), kMusic);
}

// ---- uuid_broadcast, uuid_break -----------------------------------------------------------------

TEST_P(Requests, SoundsInterruptTheMusicOneAfterTheOther) {
  const std::string uuid = wait_in_sales();

  EXPECT_EQ(stage_.api("uuid_broadcast " + uuid + " ivr/you_are.wav aleg"), "+OK Message sent\n");
  EXPECT_EQ(stage_.api("uuid_broadcast " + uuid + " digits/3.wav"), "+OK Message sent\n");

  EXPECT_EQ(stage_.hears(caller_), "ivr/you_are.wav");
  stage_.sound_ends(caller_);
  EXPECT_EQ(stage_.hears(caller_), "digits/3.wav");
  stage_.sound_ends(caller_);
  EXPECT_EQ(stage_.hears(caller_), kMusic);
  EXPECT_EQ(stage_.api("callcenter_config queue count members sales@default"), "1\n");
}

TEST_P(Requests, SoundsThatWaitAreDroppedAtTheAnswer) {
  caller_ = stage_.call("q-support");
  const std::string uuid = uuid_of("6001");
  agent_ = stage_.last<call::InviteLeg>()->leg;
  stage_.api("uuid_broadcast " + uuid + " a.wav");
  stage_.api("uuid_broadcast " + uuid + " b.wav");

  stage_.answer(agent_);

  EXPECT_THAT(stage_.hears(caller_), HasSubstr("leg "));
}

// A queue that announces something every thirty seconds.
class WithAnnouncements : public Requests {
 protected:
  WithAnnouncements() {
    Configuration configuration = with_ann();
    for (queue::QueueSettings& queue : configuration.call_center.queues) {
      queue.announce_sound = "announce.wav";
      queue.announce_frequency_seconds = 30;
    }
    stage_.feed(Configured{configuration, 0});
  }
};

INSTANTIATE_TEST_SUITE_P(, WithAnnouncements, ::testing::Values(Persistence::Continuous));

TEST_P(WithAnnouncements, TheAnnouncementWaitsForTheSoundsBeforeIt) {
  const std::string uuid = wait_in_sales();
  stage_.wait(seconds(29));
  stage_.api("uuid_broadcast " + uuid + " a.wav");

  stage_.wait(seconds(2));

  EXPECT_EQ(stage_.hears(caller_), "a.wav");
  stage_.sound_ends(caller_);
  EXPECT_EQ(stage_.hears(caller_), "announce.wav");
  stage_.sound_ends(caller_);
  EXPECT_EQ(stage_.hears(caller_), kMusic);
}

TEST_P(WithAnnouncements, ASoundInPlaceOfTheAnnouncementGivesTheMusicBack) {
  const std::string uuid = wait_in_sales();
  stage_.wait(seconds(31));
  EXPECT_EQ(stage_.hears(caller_), "announce.wav");

  stage_.api("uuid_broadcast " + uuid + " a.wav");

  EXPECT_EQ(stage_.hears(caller_), "a.wav");
  stage_.sound_ends(caller_);
  EXPECT_EQ(stage_.hears(caller_), kMusic);
}

TEST_P(Requests, ABreakEndsOneSoundOrAll) {
  const std::string uuid = wait_in_sales();
  for (const char* sound : {"a.wav", "b.wav", "c.wav"}) {
    stage_.api("uuid_broadcast " + uuid + " " + sound);
  }

  EXPECT_EQ(stage_.api("uuid_break " + uuid), "+OK\n");
  EXPECT_EQ(stage_.hears(caller_), "b.wav");
  EXPECT_EQ(stage_.api("uuid_break " + uuid + " all"), "+OK\n");
  EXPECT_EQ(stage_.hears(caller_), kMusic);
  EXPECT_EQ(stage_.api("uuid_break " + uuid), "+OK\n");
  EXPECT_EQ(stage_.hears(caller_), kMusic) << "music is not broken off";
  EXPECT_EQ(stage_.api("uuid_break nobody"), "-ERR No such channel!\n");
}

TEST_P(Requests, TooManySoundsAreRefused) {
  const std::string uuid = wait_in_sales();
  for (int i = 0; i < 101; ++i) {
    EXPECT_EQ(stage_.api("uuid_broadcast " + uuid + " a.wav"), "+OK Message sent\n") << i;
  }

  EXPECT_EQ(stage_.api("uuid_broadcast " + uuid + " a.wav"), "-ERR Not possible now!\n");
}

TEST_P(Requests, BothPartiesOfAConversationCanBePlayedTo) {
  const std::string uuid = talk("q-support");

  EXPECT_EQ(stage_.api("uuid_broadcast " + uuid + " beep.wav both"), "+OK Message sent\n");

  EXPECT_EQ(stage_.hears(caller_), "beep.wav");
  EXPECT_EQ(stage_.hears(agent_), "beep.wav");
  stage_.sound_ends(agent_);
  EXPECT_THAT(stage_.hears(agent_), HasSubstr("leg "));
}

TEST_P(Requests, BroadcastsToNobodyAreRefused) {
  const std::string uuid = wait_in_sales();

  EXPECT_EQ(stage_.api("uuid_broadcast nobody a.wav"), "-ERR invalid uuid\n");
  EXPECT_EQ(stage_.api("uuid_broadcast " + uuid + " a.wav bleg"), "-ERR invalid uuid\n");
  EXPECT_EQ(stage_.api("uuid_broadcast " + uuid), "-USAGE: <uuid> <path> [aleg|bleg|holdb|both]\n");
}

// ---- sendmsg ------------------------------------------------------------------------------------

TEST_P(Requests, AnApplicationThatTakesNoTimeRunsBesideTheQueue) {
  const std::string uuid = wait_in_sales();

  EXPECT_EQ(send(uuid, {{"call-command", "execute"},
                        {"Execute-App-Name", "SET"},
                        {"execute-app-arg", "greeting=to ${caller_id_number}"}}),
            "+OK\n");

  EXPECT_EQ(variable(uuid, "greeting"), "to 6001");
  EXPECT_EQ(stage_.hears(caller_), kMusic);
}

TEST_P(Requests, APlaybackIsRepeatedBesideTheMusic) {
  const std::string uuid = wait_in_sales();

  send(uuid, {{"call-command", "execute"}, {"execute-app-name", "playback"}, {"loops", "2"}},
       "a.wav");

  stage_.sound_ends(caller_);
  EXPECT_EQ(stage_.hears(caller_), "a.wav");
  stage_.sound_ends(caller_);
  EXPECT_EQ(stage_.hears(caller_), kMusic);
}

TEST_P(Requests, AParkedLegRunsAnApplicationAndIsParkedAgain) {
  caller_ = stage_.call("odd");
  const std::string uuid = uuid_of("6001");

  send(uuid, {{"call-command", "execute"}, {"execute-app-name", "playback"}}, "a.wav");

  EXPECT_EQ(stage_.hears(caller_), "a.wav");
  stage_.sound_ends(caller_);
  EXPECT_EQ(stage_.hangup_of("inbound"), std::nullopt);
  send(uuid, {{"call-command", "execute"}, {"execute-app-name", "hangup"}}, "USER_BUSY");
  EXPECT_EQ(stage_.hangup_of("inbound")->get("Hangup-Cause"), "USER_BUSY");
}

TEST_P(Requests, AMessageCanHangUp) {
  const std::string uuid = wait_in_sales();
  stage_.forget();

  EXPECT_EQ(send(uuid, {{"call-command", "hangup"}, {"hangup-cause", "USER_BUSY"}}), "+OK\n");

  EXPECT_EQ(stage_.hangup_of("inbound")->get("Hangup-Cause"), "USER_BUSY");
  EXPECT_EQ(send(uuid, {{"call-command", "hangup"}}), "-ERR invalid session id [" + uuid + "]\n");
}

TEST_P(Requests, WhatAMessageAsksInVainIsLogged) {
  const std::string uuid = wait_in_sales();
  const base::Headers odd[] = {
      {},
      {{"call-command", "juggle"}},
      {{"call-command", "execute"}},
      {{"call-command", "execute"}, {"execute-app-name", "juggle"}},
      {{"call-command", "execute"}, {"execute-app-name", "sleep"}, {"execute-app-arg", "5"}},
  };

  for (const base::Headers& headers : odd) {
    stage_.forget();
    EXPECT_EQ(send(uuid, headers), "+OK\n");
    EXPECT_EQ(stage_.all<LogLine>().size(), 1u);
    EXPECT_EQ(stage_.hears(caller_), kMusic);
  }
}

// ---- sendevent ----------------------------------------------------------------------------------

TEST_P(Requests, AnEventOfAProgramIsPublishedWithItsNumber) {
  base::EslEvent event;
  event.name = "CUSTOM";
  event.subclass = "kit::note";
  event.body = "text";
  event.add("Kit-Value", "a b c");
  stage_.forget();

  stage_.feed(EventSent{event});

  const auto published = stage_.last<Publish>();
  ASSERT_TRUE(published.has_value());
  EXPECT_EQ(published->event.subclass, "kit::note");
  EXPECT_EQ(published->event.get("Kit-Value"), "a b c");
  EXPECT_EQ(published->event.body, "text");
  EXPECT_GT(published->event.sequence, 0u);
  EXPECT_GT(published->event.unix_us, 0);
}

TEST_P(Requests, AProbeOfAQueueIsAnsweredWithItsPresence) {
  wait_in_sales();
  const auto probe = [&](std::string_view to) {
    base::EslEvent event;
    event.name = "PRESENCE_PROBE";
    event.add("to", to);
    stage_.forget();
    stage_.feed(EventSent{event});
    const auto all = stage_.all<Publish>();
    return all.size() < 2 ? std::string() : std::string(all[1].event.get("force-status"));
  };

  EXPECT_EQ(probe("CallCenter+sales@default"), "Active (1 waiting)");
  EXPECT_EQ(probe("callcenter+support@default"), "Idle");
  EXPECT_EQ(probe("callcenter+nowhere@default"), "");
  EXPECT_EQ(probe("callcenter+sales"), "");
  EXPECT_EQ(probe("1000@default"), "");
}

// ---- callcenter_break, uuid_dump ----------------------------------------------------------------

TEST_P(Requests, AnUnwatchedConversationGoesOnAndTheAgentIsFree) {
  talk("hab-support");
  const std::string agent = agent_uuid();

  EXPECT_EQ(stage_.api("callcenter_break agent " + agent), "");

  EXPECT_EQ(state_of_ann(), "Waiting");
  EXPECT_EQ(stage_.api("callcenter_config queue count members support@default"), "0\n");
  EXPECT_THAT(stage_.hears(caller_), HasSubstr("leg "));
  stage_.hang_up(agent_);
  EXPECT_TRUE(stage_.hangup_of("inbound").has_value()) << "hangup_after_bridge holds";
}

TEST_P(Requests, ABreakOfOtherLegsChangesNothing) {
  const std::string uuid = wait_in_sales();

  EXPECT_EQ(stage_.api("callcenter_break agent " + uuid), "");
  EXPECT_EQ(stage_.api("callcenter_break agent nobody"),
            "-ERR Session not found for uuid nobody\n");
  EXPECT_EQ(stage_.api("callcenter_break agent"), "-ERR Usage: callcenter_break agent <uuid>\n");
  EXPECT_EQ(stage_.hears(caller_), kMusic);
}

TEST_P(Requests, ADumpTellsAllAboutALeg) {
  const std::string uuid = wait_in_sales();

  const std::string plain = stage_.api("uuid_dump " + uuid);

  EXPECT_EQ(plain.find("Event-Name: CHANNEL_DATA\n"), 0u);
  EXPECT_THAT(plain, HasSubstr("Unique-ID: " + uuid + "\n"));
  EXPECT_THAT(plain, HasSubstr("Caller-Caller-ID-Name: Ann%20Caller\n"));
  EXPECT_THAT(plain, HasSubstr("variable_cc_queue: sales%40default\n"));
  EXPECT_THAT(stage_.api("uuid_dump " + uuid + " json"),
              HasSubstr("\"variable_cc_queue\":\"sales@default\""));
  EXPECT_THAT(stage_.api("uuid_dump " + uuid + " xml"),
              HasSubstr("    <Unique-ID>" + uuid + "</Unique-ID>\n"));
  EXPECT_EQ(stage_.api("uuid_dump " + uuid + " yaml"), "-USAGE: <uuid> [format]\n");
  EXPECT_EQ(stage_.api("uuid_dump"), "-USAGE: <uuid> [format]\n");
  EXPECT_EQ(stage_.api("uuid_dump nobody"), "-ERR No such channel!\n");
}

}  // namespace
}  // namespace core
