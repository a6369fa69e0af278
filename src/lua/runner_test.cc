// What scripts can do, and that many of them wait at once.
#include "lua/runner.h"

#include <gmock/gmock.h>

#include "lua/runner_testing.h"

namespace lua {
namespace {

using namespace std::chrono_literals;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

class Scripts : public RunnerStage {};

TEST_F(Scripts, LuarunIsAnsweredWhenTheScriptHasStarted) {
  EXPECT_EQ(luarun("freeswitch.msleep(1000)"), "+OK\n");
  EXPECT_EQ(runner().scripts(), 1U);

  pass(999ms);
  EXPECT_EQ(runner().scripts(), 1U);
  pass(1ms);
  EXPECT_EQ(runner().scripts(), 0U);
}

TEST_F(Scripts, LuaIsAnsweredWithWhatTheScriptHasWritten) {
  EXPECT_EQ(lua("stream:write('one ') freeswitch.msleep('20') stream:write(2)"), "");
  pass(20ms);
  EXPECT_EQ(reply_, "one 2");
}

TEST_F(Scripts, ArgumentsAreCountedFromOne) {
  EXPECT_EQ(lua("stream:write(#argv .. argv[0] .. argv[1] .. argv[2])", "a 'b c'"),
            "2test.luaab c");
}

TEST_F(Scripts, WhatIsNotThereIsSaid) {
  write("test.lua", "");
  for (const char* command : {"", "nothing.lua", "../test.lua", "/etc/passwd", "."}) {
    std::string reply;
    runner().take(Invoked{.how = Invoked::How::Started,
                          .command = command,
                          .answer = [&](auto text) { reply = std::move(text); }});
    EXPECT_THAT(reply, StartsWith("-ERR ")) << command;
  }
  EXPECT_EQ(runner().scripts(), 0U);
}

TEST_F(Scripts, ALinkThatLeadsOutOfTheFolderIsNotFollowed) {
  std::filesystem::create_symlink("/etc/passwd", folder_ / "link.lua");
  std::string reply;
  runner().take(Invoked{.how = Invoked::How::Started,
                        .command = "link.lua",
                        .answer = [&](auto text) { reply = std::move(text); }});
  EXPECT_THAT(reply, HasSubstr("is not in"));
}

TEST_F(Scripts, ErrorsNameTheScriptAndTheLine) {
  EXPECT_THAT(luarun("\nlocal x = = 1"), StartsWith("-ERR test.lua:2: "));
  EXPECT_THAT(lua("\n\nnothing()"), StartsWith("-ERR test.lua:3: "));
  EXPECT_THAT(lua("error({})"), StartsWith("-ERR an error that is no text"));
}

TEST_F(Scripts, CommandsAreAskedAndWaitedFor) {
  lua("local api = freeswitch.API() "
      "stream:write(api:executeString('status') .. api:execute('echo', 'x'))");
  EXPECT_EQ(asked_.back().second, "status");
  reply("up ");
  EXPECT_EQ(asked_.back().second, "echo x");
  reply("y");
  EXPECT_EQ(reply_, "up y");
}

TEST_F(Scripts, ACommandThatIsNotTakenGivesAnError) {
  takes_commands_ = false;
  EXPECT_EQ(lua("stream:write(freeswitch.API():executeString('status'))"),
            "-ERR overloaded, try again\n");
}

TEST_F(Scripts, AThousandWaitAtOnce) {
  write("test.lua",
        "freeswitch.msleep(argv[1]) freeswitch.API():executeString('echo ' .. argv[1])");
  for (int i = 1; i <= 1000; ++i) {
    runner().take(Invoked{.how = Invoked::How::Started,
                          .command = "test.lua " + std::to_string(i),
                          .answer = [](const std::string& text) { EXPECT_EQ(text, "+OK\n"); }});
  }
  run();
  EXPECT_EQ(runner().scripts(), 1000U);
  EXPECT_THAT(asked_, IsEmpty());

  pass(500ms);
  ASSERT_THAT(asked_, SizeIs(500));
  EXPECT_EQ(asked_.front().second, "echo 1");

  pass(500ms);
  ASSERT_THAT(asked_, SizeIs(1000));
  const auto all = asked_;
  for (const auto& [ticket, command] : all) runner().reply(ticket, "");
  run();
  EXPECT_EQ(runner().scripts(), 0U);
}

TEST_F(Scripts, TooManyAreRefused) {
  options_.limits.scripts_max = 2;
  EXPECT_EQ(luarun("freeswitch.msleep(10)"), "+OK\n");
  EXPECT_EQ(luarun("freeswitch.msleep(10)"), "+OK\n");
  EXPECT_THAT(luarun("freeswitch.msleep(10)"), StartsWith("-ERR too many scripts"));
  pass(10ms);
  EXPECT_EQ(luarun("freeswitch.msleep(10)"), "+OK\n");
}

TEST_F(Scripts, ThePositionAnnouncerTellsEachPlace) {
  luarun(
      "local api = freeswitch.API()\n"
      "while true do\n"
      "  freeswitch.msleep(argv[3])\n"
      "  local place, exists = 1, false\n"
      "  for line in api:executeString('callcenter_config queue list members ' .. argv[2])"
      ":gmatch('[^\\n]+') do\n"
      "    if line:find('Trying') or line:find('Waiting') then\n"
      "      if line:find(argv[1], 1, true) then\n"
      "        exists = true\n"
      "        api:executeString('uuid_broadcast ' .. argv[1] .. ' digits/' .. place .. '.wav "
      "aleg')\n"
      "      end\n"
      "      place = place + 1\n"
      "    end\n"
      "  end\n"
      "  if not exists then return end\n"
      "end\n",
      "u-2 support@default 10000");
  pass(10'000ms);
  EXPECT_EQ(asked_.back().second, "callcenter_config queue list members support@default");
  reply("queue|session_uuid|state\nq|u-1|Trying\nq|u-2|Waiting\n+OK\n");
  EXPECT_EQ(asked_.back().second, "uuid_broadcast u-2 digits/2.wav aleg");
  reply("+OK Message sent\n");
  pass(10'000ms);
  reply("queue|session_uuid|state\nq|u-2|Waiting\n+OK\n");
  EXPECT_EQ(asked_.back().second, "uuid_broadcast u-2 digits/1.wav aleg");
  reply("+OK Message sent\n");
  pass(10'000ms);
  reply("+OK\n");
  EXPECT_EQ(runner().scripts(), 0U);
}

// ---- a script with a leg ------------------------------------------------------------------------

TEST_F(Scripts, ASessionRunsApplicationsOneAfterTheOther) {
  start_on_leg(
      "session:answer() session:streamFile('a.wav') session:execute('set', 'x=${y}')"
      "session:sleep(500)");
  for (const auto& [application, data] : std::vector<std::pair<std::string, std::string>>{
           {"answer", ""}, {"playback", "a.wav"}, {"set", "x=${y}"}, {"sleep", "500"}}) {
    const auto asked = all<call::ScriptAsked>().back();
    EXPECT_EQ(asked.uuid, "u7");
    EXPECT_EQ(asked.application, application);
    EXPECT_EQ(asked.data, data);
    EXPECT_THAT(all<call::ScriptEnded>(), IsEmpty());
    runner().take(call::ScriptAnswered{asked.script, asked.question});
    run();
  }
  ASSERT_THAT(all<call::ScriptEnded>(), SizeIs(1));
  EXPECT_EQ(all<call::ScriptEnded>().front().leg, base::LegId{7});
}

TEST_F(Scripts, VariablesMayHoldQuotesAndBackslashes) {
  start_on_leg(
      "session:setVariable('a', \"it's \\\\n\") got = session:getVariable('b') "
      "freeswitch.API():executeString('echo ' .. tostring(got))");
  EXPECT_EQ(asked_.back().second, "uuid_setvar ^^\1u7\1a\1it\\'s \\\\n");
  reply("+OK\n");
  EXPECT_EQ(asked_.back().second, "uuid_getvar ^^\1u7\1b");
  reply("_undef_");
  EXPECT_EQ(asked_.back().second, "echo nil");
}

TEST_F(Scripts, ALegThatIsGoneIsNotReadyAndTheScriptHasSomeTimeLeft) {
  start_on_leg(
      "local api = freeswitch.API()\n"
      "while session:ready() do session:streamFile('a.wav') end\n"
      "api:executeString('echo gone') while true do freeswitch.msleep(1000) end");
  runner().take(call::LegLeftScript{call::ScriptId{1}}, now_);
  runner().take(
      call::ScriptAnswered{call::ScriptId{1}, 1, call::ScriptAnswered::Outcome::NoSuchLeg});
  run();
  EXPECT_EQ(asked_.back().second, "echo gone");
  reply("");

  pass(options_.limits.grace - 1ms);
  EXPECT_EQ(runner().scripts(), 1U);
  pass(1ms);
  EXPECT_EQ(runner().scripts(), 0U);
  // The leg was told nothing: it is not there.
  EXPECT_THAT(all<call::ScriptEnded>(), IsEmpty());
}

TEST_F(Scripts, ALateAnswerIsForNobody) {
  start_on_leg("session:answer() freeswitch.msleep(50)");
  runner().take(call::ScriptAnswered{call::ScriptId{1}, 9});
  run();
  EXPECT_EQ(runner().scripts(), 1U);
  pass(50ms);
  EXPECT_EQ(runner().scripts(), 1U);
  runner().take(call::ScriptAnswered{call::ScriptId{1}, 1});
  run();
  pass(50ms);
  EXPECT_EQ(runner().scripts(), 0U);
}

TEST_F(Scripts, ALegOfABadScriptGoesOn) {
  start_on_leg("this is no Lua");
  ASSERT_THAT(all<call::ScriptEnded>(), SizeIs(1));
  EXPECT_EQ(all<call::ScriptEnded>().front().script, call::ScriptId{1});
}

TEST_F(Scripts, AnEndThatTheCoreHasNoRoomForIsToldAgain) {
  takes_reports_ = false;
  start_on_leg("local x = 1");
  EXPECT_THAT(reports_, IsEmpty());
  takes_reports_ = true;
  EXPECT_TRUE(runner().next_run());
  run();
  EXPECT_THAT(all<call::ScriptEnded>(), SizeIs(1));
}

TEST_F(Scripts, ASessionMayBeHungUpAtTheEnd) {
  start_on_leg("session:setAutoHangup(true)");
  ASSERT_THAT(all<call::ScriptAsked>(), SizeIs(1));
  EXPECT_EQ(all<call::ScriptAsked>().front().application, "hangup");
}

TEST_F(Scripts, AnotherSessionIsFoundByItsUuidOrCalled) {
  luarun("local s = freeswitch.Session('user/1000') s:streamFile('b.wav')");
  EXPECT_EQ(asked_.back().second, "uuid_exists user/1000");
  reply("false");
  EXPECT_EQ(asked_.back().second, "originate user/1000 &park()");
  reply("+OK u9\n");
  ASSERT_THAT(all<call::ScriptAsked>(), SizeIs(1));
  EXPECT_EQ(all<call::ScriptAsked>().front().uuid, "u9");
}

// ---- events -------------------------------------------------------------------------------------

Event event_named(const std::string& name, const std::string& subclass = {}) {
  auto event = std::make_shared<base::EslEvent>();
  event->name = name;
  event->subclass = subclass;
  event->add("CC-Action", "members-count");
  return event;
}

TEST_F(Scripts, AConsumerGetsTheEventsThatItWants) {
  lua("local c = freeswitch.EventConsumer('CUSTOM', 'callcenter::info')\n"
      "local e = c:pop(1) stream:write(e:getType() .. ' ' .. e:getHeader('cc-action') .. ' ')\n"
      "stream:write(c:pop(1, 100):getHeader('Event-Subclass') .. ' ')\n"
      "stream:write(tostring(c:pop(1, 100)) .. tostring(c:pop()))");
  runner().publish(event_named("HEARTBEAT"));
  runner().publish(event_named("CUSTOM", "other"));
  runner().publish(event_named("CUSTOM", "callcenter::info"));
  runner().publish(event_named("CUSTOM", "callcenter::info"));
  run();
  EXPECT_EQ(reply_, "");
  pass(100ms);
  EXPECT_EQ(reply_, "CUSTOM members-count callcenter::info nilnil");
}

TEST_F(Scripts, EventsThatNobodyTakesAreBounded) {
  lua("local c, n = freeswitch.EventConsumer('ALL'), 0 freeswitch.msleep(10)\n"
      "while c:pop() do n = n + 1 end stream:write(n)");
  for (std::size_t i = 0; i < kEventsKeptMax + 5; ++i) runner().publish(event_named("HEARTBEAT"));
  pass(10ms);
  EXPECT_EQ(reply_, std::to_string(kEventsKeptMax));
}

}  // namespace
}  // namespace lua
