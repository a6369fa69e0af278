#include "lua/primitives.h"

#include <algorithm>
#include <cmath>
#include <lua.hpp>
#include <string>

#include "base/text.h"
#include "lua/script.h"

namespace lua {
namespace {

// The longest wait: a day, as the application sleep has it.
constexpr std::int64_t kMsMax = 86'400'000;

std::string_view text_at(lua_State* state, int index) {
  std::size_t size = 0;
  const char* text = luaL_optlstring(state, index, "", &size);
  return {text, size};
}

// Numbers, and texts that are numbers.
std::int64_t ms_at(lua_State* state, int index) {
  const lua_Number ms = luaL_checknumber(state, index);
  if (std::isnan(ms)) return 0;
  return static_cast<std::int64_t>(std::clamp(ms, 0.0, static_cast<lua_Number>(kMsMax)));
}

base::LogLevel level_of(std::string_view word) {
  if (base::equal_ignoring_case(word, "warning")) return base::LogLevel::Warning;
  for (const char* error : {"err", "error", "crit", "alert"}) {
    if (base::equal_ignoring_case(word, error)) return base::LogLevel::Error;
  }
  if (base::equal_ignoring_case(word, "debug")) return base::LogLevel::Debug;
  return base::LogLevel::Info;
}

void push_text(lua_State* state, std::string_view text) {
  lua_pushlstring(state, text.data(), text.size());
}

// Coroutines that a script makes, and functions that Lua's own libraries call, cannot be left.
void must_be_able_to_wait(lua_State* state, const lua_State* routine) {
  if (state == routine && lua_isyieldable(state) != 0) return;
  luaL_error(state, "a script cannot wait inside a coroutine or a callback of its own");
}

}  // namespace

int Primitives::write_log(lua_State* state) {
  const Script& script = Script::of(state);
  const base::LogLevel level = level_of(text_at(state, 1));
  std::string_view text = text_at(state, 2);
  while (text.ends_with('\n')) text.remove_suffix(1);
  base::log_line(level, {.area = base::LogArea::Calls, .leg = {}, .uuid = script.uuid()},
                 script.name() + ": " + std::string(text));
  return 0;
}

int Primitives::wait_for_time(lua_State* state) {
  Script& script = Script::of(state);
  const std::chrono::milliseconds time(ms_at(state, 1));
  must_be_able_to_wait(state, script.routine_);
  script.wait_ = ForTime{time};
  return lua_yield(state, 0);
}

int Primitives::run_command(lua_State* state) {
  Script& script = Script::of(state);
  const std::string_view command = text_at(state, 1);
  must_be_able_to_wait(state, script.routine_);
  script.wait_ = ForReply{std::string(command)};
  return lua_yield(state, 0);
}

int Primitives::execute(lua_State* state) {
  Script& script = Script::of(state);
  const std::string_view uuid = text_at(state, 1);
  const std::string_view application = text_at(state, 2);
  const std::string_view data = text_at(state, 3);
  must_be_able_to_wait(state, script.routine_);
  script.wait_ = ForLeg{std::string(uuid), std::string(application), std::string(data)};
  return lua_yield(state, 0);
}

int Primitives::has_leg(lua_State* state) {
  lua_pushboolean(state, Script::of(state).has_leg_ ? 1 : 0);
  return 1;
}

int Primitives::hang_up_at_end(lua_State* state) {
  Script::of(state).hangs_up_ = lua_toboolean(state, 1) != 0;
  return 0;
}

int Primitives::write_output(lua_State* state) {
  Script& script = Script::of(state);
  const std::string_view text = text_at(state, 1);
  if (script.output_.size() + text.size() > kOutputMax) {
    return luaL_error(state, "stream: the reply is too long");
  }
  script.output_ += text;
  return 0;
}

int Primitives::time(lua_State* state) {
  lua_pushinteger(state, Script::of(state).start_.unix_ms());
  return 1;
}

int Primitives::consume(lua_State* state) {
  Script& script = Script::of(state);
  const std::string_view name = text_at(state, 1);
  const std::string_view subclass = text_at(state, 2);
  if (script.consumers_.size() >= kConsumersMax) {
    return luaL_error(state, "EventConsumer: there are too many");
  }
  if (script.consumers_.empty()) script.start_.begins_to_listen();
  script.consumers_.push_back(
      {.name = std::string(name), .subclass = std::string(subclass), .events = {}});
  lua_pushinteger(state, static_cast<lua_Integer>(script.consumers_.size()) - 1);
  return 1;
}

int Primitives::next_event(lua_State* state) {
  Script& script = Script::of(state);
  const auto which = static_cast<std::size_t>(luaL_checkinteger(state, 1));
  if (which >= script.consumers_.size()) return luaL_error(state, "EventConsumer: not there");
  auto& events = script.consumers_[which].events;
  if (!events.empty()) {
    push_event(state, events.front().get());
    events.erase(events.begin());
    return 1;
  }
  const bool is_bounded = !lua_isnoneornil(state, 2);
  const std::int64_t ms = is_bounded ? ms_at(state, 2) : 0;
  if (is_bounded && ms == 0) return 0;
  must_be_able_to_wait(state, script.routine_);
  ForEvent wait{.consumer = which, .time = {}};
  if (is_bounded) wait.time = std::chrono::milliseconds(ms);
  script.wait_ = wait;
  return lua_yield(state, 0);
}

void Primitives::push(lua_State* state) {
  const luaL_Reg kAll[] = {
      {"log", write_log},         {"sleep", wait_for_time}, {"run", run_command},
      {"execute", execute},       {"has_leg", has_leg},     {"hang_up_at_end", hang_up_at_end},
      {"write", write_output},    {"time", time},           {"consume", consume},
      {"next_event", next_event}, {nullptr, nullptr}};
  luaL_newlib(state, kAll);
}

void push_event(lua_State* state, const void* event) {
  luaL_checkstack(state, 8, "events");
  const auto& made = *static_cast<const base::EslEvent*>(event);
  lua_createtable(state, 0, 4);
  push_text(state, made.name);
  lua_setfield(state, -2, "name");
  push_text(state, made.subclass);
  lua_setfield(state, -2, "subclass");
  push_text(state, made.body);
  lua_setfield(state, -2, "body");
  lua_createtable(state, static_cast<int>(made.headers.size()), 0);
  lua_Integer index = 0;
  for (const auto& [name, value] : made.headers) {
    lua_createtable(state, 2, 0);
    push_text(state, name);
    lua_rawseti(state, -2, 1);
    push_text(state, value);
    lua_rawseti(state, -2, 2);
    lua_rawseti(state, -2, ++index);
  }
  lua_setfield(state, -2, "headers");
}

}  // namespace lua
