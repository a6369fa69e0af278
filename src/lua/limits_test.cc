// What scripts cannot do, and that no script gets around it.
#include <gmock/gmock.h>

#include "lua/runner_testing.h"

namespace lua {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using ::testing::SizeIs;
using ::testing::StartsWith;

class Limited : public RunnerStage {
 protected:
  Limited() {
    options_.limits.busy_max = 100ms;
    options_.limits.bytes_max = std::size_t{4} << 20;
  }
};

TEST_F(Limited, AnEndlessLoopEndsWithItsLine) {
  EXPECT_THAT(lua("local x = 0\nwhile true do\n x = x + 1 end"),
              MatchesRegex("-ERR test.lua:[23]: ended: it ran for 100 ms without waiting.*\n"));
  EXPECT_EQ(runner().scripts(), 0U);
}

TEST_F(Limited, OthersRunWhileOneLoops) {
  options_.limits.busy_max = 60s;
  write("loop.lua", "while true do end");
  runner().take(
      Invoked{.how = Invoked::How::Started, .command = "loop.lua", .answer = [](auto) {}});
  runner().run(now_);
  write("test.lua", "stream:write('done')");
  runner().take(Invoked{.how = Invoked::How::Finished,
                        .command = "test.lua",
                        .answer = [&](auto text) { reply_ = std::move(text); }});
  runner().run(now_);
  EXPECT_EQ(reply_, "done");
  EXPECT_EQ(runner().scripts(), 1U);
}

// Each of these would go on for ever if it could catch what ends it.
class Stubborn : public Limited, public ::testing::WithParamInterface<const char*> {};

TEST_P(Stubborn, IsEnded) {
  EXPECT_THAT(lua(GetParam()), HasSubstr("ended: "));
  EXPECT_EQ(runner().scripts(), 0U);
}

INSTANTIATE_TEST_SUITE_P(
    , Stubborn,
    ::testing::Values(
        "while true do pcall(function() while true do end end) end",
        "while true do xpcall(function() while true do end end, function() while true do end end) "
        "end",
        "local function again() while true do pcall(again) end end again()",
        "while true do pcall(string.gsub, ('x'):rep(100), 'x', function() while true do end end) "
        "end",
        "while true do pcall(table.sort, {3, 2, 1}, function() while true do end end) end",
        "while true do coroutine.wrap(function() while true do end end)() end",
        "while true do local co = coroutine.create(function() while true do end end) "
        "coroutine.resume(co) end",
        "local t = setmetatable({}, {__index = function() while true do end end}) "
        "while true do pcall(function() return t.x end) end",
        "local s = 'x' while true do s = s .. s end",
        "local t = {} while true do t[#t + 1] = ('y'):rep(1000) .. #t end",
        "local t = {} while true do pcall(function() while true do t[#t + 1] = ('z'):rep(1000) .. "
        "#t "
        "end end) end",
        "while true do pcall(string.rep, 'x', 1e8) end",
        "local function deep() return pcall(deep) end deep() while true do end",
        "local function down() down() end while true do pcall(down) end"));

TEST_F(Limited, AScriptThatLetsGoOfItsMemoryGoesOn) {
  options_.limits.busy_max = 600s;
  EXPECT_EQ(lua("local s for i = 1, 50 do s = ('x'):rep(400000) .. i end stream:write(#s)"),
            "400002");
}

TEST_F(Limited, MemoryOfAllTogetherIsBounded) {
  options_.limits.bytes_of_all_max = std::size_t{5} << 20;
  options_.limits.bytes_max = std::size_t{8} << 20;
  EXPECT_EQ(luarun("s = ('x'):rep(2000000) freeswitch.msleep(10)"), "+OK\n");
  EXPECT_THAT(lua("s = ('x'):rep(2000000)"), HasSubstr("memory"));
  pass(10ms);
  EXPECT_EQ(lua("s = ('x'):rep(2000000) stream:write('fits')"), "fits");
}

TEST_F(Limited, WhatIsClosedIsNotThere) {
  for (const char* name :
       {"os", "io", "require", "package", "dofile", "loadfile", "debug", "string.dump"}) {
    EXPECT_EQ(lua(std::string("stream:write(tostring(") + name + "))"), "nil") << name;
  }
}

TEST_F(Limited, WhatTheOperatorAllowsIsThere) {
  options_.libraries = {"os", "io", "package", "debug"};
  write("words.lua", "return {hello = 'hello'}");
  EXPECT_EQ(lua("stream:write(require('words').hello .. type(os.time()) .. type(io.open) "
                ".. type(debug.traceback))"),
            "hellonumberfunctionfunction");
}

TEST_F(Limited, OnlyTextIsLoaded) {
  EXPECT_EQ(lua("stream:write(load('return 1 + 1')())"), "2");
  EXPECT_EQ(lua("stream:write(load('return x', 'c', 'bt', {x = 3})())"), "3");
  EXPECT_THAT(lua("local f, why = load('\\27Lua') stream:write(tostring(f) .. why)"),
              StartsWith("nil"));
  EXPECT_THAT(lua("load(function() end)"), StartsWith("-ERR test.lua:1: "));
  write("test.lua", "");
  EXPECT_THAT(luarun("\33Lua\x54"), StartsWith("-ERR "));
}

TEST_F(Limited, FinalizersAreRefused) {
  EXPECT_THAT(lua("setmetatable({}, {__gc = function() while true do end end})"),
              HasSubstr("no __gc"));
  EXPECT_EQ(lua("stream:write(getmetatable(setmetatable({}, {__index = 1})).__index)"), "1");
}

TEST_F(Limited, ACoroutineOfAScriptCannotWait) {
  EXPECT_THAT(lua("coroutine.wrap(function() freeswitch.msleep(1) end)()"),
              HasSubstr("cannot wait inside a coroutine"));
  EXPECT_EQ(
      lua("for x in coroutine.wrap(function() coroutine.yield('a') coroutine.yield('b') end) do "
          "stream:write(x) end"),
      "ab");
}

TEST_F(Limited, AWaitInsidePcallIsAWait) {
  EXPECT_EQ(lua("stream:write(tostring(pcall(freeswitch.msleep, 10)))"), "");
  pass(10ms);
  EXPECT_EQ(reply_, "true");
}

TEST_F(Limited, AReplyThatIsTooLongForTheScriptEndsIt) {
  lua("stream:write(#freeswitch.API():executeString('x'))");
  reply(std::string(8 << 20, 'x'));
  EXPECT_THAT(reply_, StartsWith("-ERR "));
  EXPECT_EQ(runner().scripts(), 0U);
}

TEST_F(Limited, ALongReplyOfLuaIsRefused) {
  options_.limits.bytes_max = std::size_t{32} << 20;
  EXPECT_THAT(lua("local s = ('x'):rep(1000000) while true do stream:write(s) end"),
              HasSubstr("too long"));
}

TEST_F(Limited, WaitingStartsTheCountAnew) {
  options_.limits.busy_max = 5s;
  lua("for i = 1, 50 do local t = 0 for j = 1, 200000 do t = t + j end freeswitch.msleep(1) end "
      "stream:write('done')");
  for (int i = 0; i < 60; ++i) pass(1ms);
  EXPECT_EQ(reply_, "done");
}

}  // namespace
}  // namespace lua
