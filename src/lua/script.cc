#include "lua/script.h"

#include <time.h>

#include <algorithm>
#include <lua.hpp>
#include <utility>

#include "base/text.h"
#include "lua/primitives.h"
#include "lua/sandbox.h"

namespace lua {
namespace {

using std::chrono::nanoseconds;

// So often the limits are looked at: a few microseconds of plain Lua.
constexpr int kInstructionsPerLook = 1'000;
// Then others run: about a millisecond.
constexpr std::size_t kInstructionsPerSlice = 100'000;

// What this thread has worked: a machine that is busy elsewhere ends no script.
nanoseconds worked() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return std::chrono::seconds(now.tv_sec) + nanoseconds(now.tv_nsec);
}

// What set_up() makes of the state, within Lua's protection.
struct SetUp {
  Script* script;
  const Options& options;
  std::string_view text;
  std::string chunk;
  const std::vector<std::string>& arguments;
};

}  // namespace

bool Consumer::wants(const base::EslEvent& event) const {
  const bool is_all = base::equal_ignoring_case(name, "ALL");
  if (!is_all && !base::equal_ignoring_case(name, event.name)) return false;
  return subclass.empty() || subclass == event.subclass;
}

Script::Script(Start start, const Options& options, SharedMemory& shared)
    : start_(std::move(start)),
      options_(options),
      memory_(options.limits.bytes_max, shared),
      has_leg_(!start_.uuid.empty()) {}

Script::~Script() {
  if (main_ != nullptr) lua_close(main_);
}

Script& Script::of(lua_State* state) {
  return **static_cast<Script**>(lua_getextraspace(state));
}

base::Result<std::unique_ptr<Script>> Script::load(std::string_view text, Start start,
                                                   const Options& options, SharedMemory& shared) {
  std::unique_ptr<Script> script(new Script(std::move(start), options, shared));
  if (const auto loaded = script->load(text); !loaded) return base::failure(loaded.error());
  return script;
}

// Leaves a coroutine on the stack, with the text as the function that it begins with.
int Script::set_up(lua_State* state) {
  const SetUp& made_of = *static_cast<const SetUp*>(lua_touserdata(state, 1));
  open_libraries(state, made_of.options);

  lua_createtable(state, static_cast<int>(made_of.arguments.size()), 1);
  lua_Integer index = 0;
  lua_pushlstring(state, made_of.script->name().data(), made_of.script->name().size());
  lua_rawseti(state, -2, index++);
  for (const std::string& argument : made_of.arguments) {
    lua_pushlstring(state, argument.data(), argument.size());
    lua_rawseti(state, -2, index++);
  }
  lua_setglobal(state, "argv");

  const std::string_view before = prelude();
  if (luaL_loadbufferx(state, before.data(), before.size(), "=ringmaster", "t") != LUA_OK) {
    return lua_error(state);
  }
  Primitives::push(state);
  lua_pushlstring(state, made_of.script->uuid().data(), made_of.script->uuid().size());
  lua_pushboolean(state, made_of.script->start_.output == Start::Output::Kept);
  lua_call(state, 3, 0);

  lua_State* routine = lua_newthread(state);
  const auto& [script, options, text, chunk, arguments] = made_of;
  if (luaL_loadbufferx(routine, text.data(), text.size(), chunk.c_str(), "t") != LUA_OK) {
    lua_xmove(routine, state, 1);
    return lua_error(state);
  }
  return 1;
}

base::Result<void> Script::load(std::string_view text) {
  // The first line may name a program, as it does for shells.
  if (text.starts_with('#')) text.remove_prefix(std::min(text.find('\n'), text.size()));
  main_ = lua_newstate(&Memory::allocate, &memory_);
  if (main_ == nullptr) return base::failure("no memory is left for scripts");
  *static_cast<Script**>(lua_getextraspace(main_)) = this;
  SetUp made_of{this, options_, text, "@" + start_.name, start_.arguments};
  lua_pushcfunction(main_, &Script::set_up);
  lua_pushlightuserdata(main_, &made_of);
  if (lua_pcall(main_, 1, 1, 0) != LUA_OK) return base::failure(message_of(main_));
  // It stays on the stack, so that it is not collected.
  routine_ = lua_tothread(main_, -1);
  lua_sethook(routine_, &Script::on_count, LUA_MASKCOUNT, kInstructionsPerLook);
  return {};
}

std::string Script::message_of(lua_State* state) {
  const char* message = lua_type(state, -1) == LUA_TSTRING ? lua_tostring(state, -1) : nullptr;
  return message != nullptr ? message : "an error that is no text";
}

bool Script::is_over_limit() {
  if (!over_limit_.empty()) return true;
  if (memory_.is_exhausted()) {
    over_limit_ = "ended: it needs more memory than scripts may have";
  } else if (busy_ + worked() - slice_began_ > options_.limits.busy_max) {
    over_limit_ = "ended: it ran for " + std::to_string(options_.limits.busy_max.count()) +
                  " ms without waiting for anything";
  }
  return !over_limit_.empty();
}

// Names the place, once, and lets the script go no further.
void Script::stop_at(lua_State* state, lua_Debug* debug) {
  if (failure_.empty()) {
    lua_getinfo(state, "Sl", debug);
    failure_ = std::string(debug->short_src) + ":" + std::to_string(debug->currentline) + ": " +
               over_limit_;
  }
  if (state == routine_ && lua_isyieldable(state) != 0) {
    lua_yield(state, 0);
    return;
  }
  // A function of C is between: an error at each instruction, whoever catches them, gets out of it.
  lua_sethook(state, &Script::on_count, LUA_MASKCOUNT, 1);
  lua_sethook(routine_, &Script::on_count, LUA_MASKCOUNT, 1);
  luaL_error(state, "%s", over_limit_.c_str());
}

void Script::on_count(lua_State* state, lua_Debug* debug) {
  Script& script = of(state);
  if (script.is_over_limit()) return script.stop_at(state, debug);
  script.instructions_ += kInstructionsPerLook;
  if (script.instructions_ < kInstructionsPerSlice || state != script.routine_) return;
  if (lua_isyieldable(state) == 0) return;
  script.wait_ = ForTurn{};
  lua_yield(state, 0);
}

void Script::push(Answer& answer) {
  if (const bool* truth = std::get_if<bool>(&answer)) {
    lua_pushboolean(routine_, *truth ? 1 : 0);
  } else if (const auto* text = std::get_if<std::string>(&answer)) {
    lua_pushlstring(routine_, text->data(), text->size());
  } else if (const Event* event = std::get_if<Event>(&answer)) {
    push_event(routine_, event->get());
  }
}

void Script::run(Answer answer) {
  if (!std::holds_alternative<ForTurn>(wait_)) busy_ = nanoseconds(0);
  instructions_ = 0;
  slice_began_ = worked();
  // What came may be more than there is memory for, which is an error as others are.
  const auto push_answer = [](lua_State* state) {
    auto& [script, made] = *static_cast<std::pair<Script*, Answer*>*>(lua_touserdata(state, 1));
    const int before = lua_gettop(script->routine_);
    script->push(*made);
    lua_pushinteger(state, lua_gettop(script->routine_) - before);
    return 1;
  };
  std::pair<Script*, Answer*> pushed{this, &answer};
  lua_pushcfunction(main_, push_answer);
  lua_pushlightuserdata(main_, &pushed);
  if (lua_pcall(main_, 1, 1, 0) != LUA_OK) return end(message_of(main_));
  const int arguments = static_cast<int>(lua_tointeger(main_, -1));
  lua_pop(main_, 1);

  int results = 0;
  const int status = lua_resume(routine_, main_, arguments, &results);
  // An error of a script that has had no memory twice is that, whatever it made of it.
  if (!over_limit_.empty() || (status != LUA_YIELD && is_over_limit())) {
    return end(failure_.empty() ? start_.name + ": " + over_limit_ : failure_);
  }
  busy_ += worked() - slice_began_;
  if (status == LUA_OK) return end({});
  if (status != LUA_YIELD) return end(message_of(routine_));
  lua_pop(routine_, results);
}

void Script::end(std::string why) {
  has_ended_ = true;
  failure_ = std::move(why);
}

}  // namespace lua
