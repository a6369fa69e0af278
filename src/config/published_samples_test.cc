// What people copy from the original's public page: its configuration loads, and its two faulty
// samples are refused where they are wrong (spec/11 §7).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "call/dial_string.h"
#include "config/files_testing.h"
#include "config/load.h"

namespace config {
namespace {

using testing::Files;
using ::testing::HasSubstr;

constexpr std::string_view kCallCenter = R"(<configuration name="callcenter.conf">
  <settings>
    <!--<param name="odbc-dsn" value="dsn:user:pass"/>-->
    <!--<param name="dbname" value="/dev/shm/callcenter.db"/>-->
  </settings>
  <queues>
    <queue name="sales@default">
      <param name="strategy" value="longest-idle-agent"/>
      <param name="moh-sound" value="$${hold_music}"/>
      <param name="record-template" value="$${base_dir}/rec/${strftime(%Y-%m-%d)}/${uuid}.wav"/>
      <param name="time-base-score" value="system"/>
      <param name="tier-rules-apply" value="false"/>
      <param name="tier-rule-wait-second" value="300"/>
      <param name="tier-rule-wait-multiply-level" value="true"/>
      <param name="tier-rule-no-agent-no-wait" value="false"/>
      <param name="discard-abandoned-after" value="60"/>
      <param name="abandoned-resume-allowed" value="false"/>
    </queue>
    <queue name="support@default">
      <param name="strategy" value="longest-idle-agent"/>
      <param name="moh-sound" value="$${hold_music}"/>
      <param name="time-base-score" value="system"/>
      <param name="max-wait-time" value="0"/>
      <param name="max-wait-time-with-no-agent" value="0"/>
      <param name="max-wait-time-with-no-agent-time-reached" value="5"/>
    </queue>
  </queues>
  <agents>
    <agent name="1000@default" type="callback" contact="[leg_timeout=10]user/1000@default"
           status="Available" max-no-answer="3" wrap-up-time="10" reject-delay-time="10"
           busy-delay-time="60" />
    <agent name="1001@default" type="callback"
           contact="[origination_caller_id_name='Queue Caller',leg_timeout=10]user/1001@default"
           status="Available" max-no-answer="3" wrap-up-time="10" reject-delay-time="10"
           busy-delay-time="60" />
  </agents>
  <tiers>
    <tier agent="1000@default" queue="support@default" level="1" position="1"/>
    <tier agent="1001@default" queue="support@default" level="1" position="2"/>
    <tier agent="1000@default" queue="sales@default" level="2" position="1"/>
  </tiers>
</configuration>
)";

// A directory of which one part is given; the rest is as small as it can be.
Loaded load_with(const Files& files, std::string_view call_center, std::string_view dialplan) {
  files.write("callcenter.xml", call_center);
  files.write("dialplan.xml", dialplan);
  files.write("freeswitch.xml",
              "<document>\n<X-PRE-PROCESS cmd=\"set\" data=\"hold_music=local_stream://moh\"/>\n"
              "<section name=\"configuration\">"
              "<X-PRE-PROCESS cmd=\"include\" data=\"callcenter.xml\"/></section>\n"
              "<section name=\"dialplan\">"
              "<X-PRE-PROCESS cmd=\"include\" data=\"dialplan.xml\"/></section></document>");
  return load(files.path(), {});
}

TEST(PublishedSamples, TheConfigurationLoadsWithoutAProblem) {
  const Files files;

  const Loaded loaded = load_with(files, kCallCenter, "");

  EXPECT_EQ(files.shown(loaded.problems), "");
  const auto& center = loaded.configuration.call_center;
  ASSERT_EQ(center.queues.size(), 2U);
  EXPECT_EQ(center.queues[0].name, "sales@default");
  EXPECT_EQ(center.queues[0].moh_sound, "local_stream://moh");
  // What is in ${…} stays for the call.
  EXPECT_EQ(center.queues[0].record_template,
            loaded.configuration.globals.at("base_dir") + "/rec/${strftime(%Y-%m-%d)}/${uuid}.wav");
  EXPECT_EQ(center.queues[1].name, "support@default");
  EXPECT_EQ(center.queues[1].max_wait_with_no_agent_reached_seconds, 5);
  ASSERT_EQ(center.agents.size(), 2U);
  EXPECT_EQ(center.agents[0].contact, "[leg_timeout=10]user/1000@default");
  EXPECT_EQ(center.agents[1].busy_delay_seconds, 60);
  ASSERT_EQ(center.tiers.size(), 3U);
  EXPECT_EQ(center.tiers[2].queue, "sales@default");
  EXPECT_EQ(center.tiers[2].level, 2);
}

TEST(PublishedSamples, TheQuotedNameInAContactIsOneValue) {
  const Files files;
  const Loaded loaded = load_with(files, kCallCenter, "");

  const auto dialled =
      call::parse_dial_string(loaded.configuration.call_center.agents.at(1).contact.value());

  ASSERT_TRUE(dialled.has_value());
  const auto& agent = dialled->first();
  EXPECT_EQ(agent.endpoint + "/" + agent.address, "user/1001@default");
  EXPECT_EQ(call::value_of(agent.variables, "origination_caller_id_name"), "Queue Caller");
  EXPECT_EQ(call::value_of(agent.variables, "leg_timeout"), "10");
}

TEST(PublishedSamples, TheStandbySampleIsRefusedAtItsCommentThatIsNeverClosed) {
  const Files files;

  const Loaded loaded = load_with(files, kCallCenter,
                                  R"(<context name="default">
<extension name="agent_uuid_standby">
<condition field="destination_number" expression="^4099$">
<!-- Remove the next line to take one call only
<action application="set" data="transfer_after_bridge=4099"/>
<action application="sleep" data="300"/>
<!-- Now the agent is told to the queue -->
<action application="answer"/>
</condition>
</extension>
</context>
)");

  EXPECT_FALSE(loaded.ok());
  EXPECT_THAT(files.shown(loaded.problems), HasSubstr("dialplan.xml:4: error: "));
}

TEST(PublishedSamples, TheZeroOutSampleIsRefusedAtItsQuoteThatIsNeverClosed) {
  const Files files;

  const Loaded loaded = load_with(files, kCallCenter,
                                  R"(<context name="default">
<extension name="zero-out">
<condition field="destination_number" expression="^4098$">
<action application="bind_digit_action" data="inqueue,0,exec:transfer,1000 XML default,aleg,self"/>
<action application="digit_action_set_realm" data="inqueue"/>
<action application="callcenter" data="example>
</condition>
</extension>
</context>
)");

  EXPECT_FALSE(loaded.ok());
  EXPECT_THAT(files.shown(loaded.problems), HasSubstr("dialplan.xml:6: error: "));
}

}  // namespace
}  // namespace config
