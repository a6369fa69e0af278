// What scripts can do beyond Lua: a handful of C functions, and the prelude (prelude.cc) that makes
// the objects of them that users know. Internal to the folder.
#pragma once

#include <string_view>

struct lua_State;

namespace lua {

// Lua text; it is called with a table of the primitives.
std::string_view prelude();

class Primitives {
 public:
  // Pushes the table.
  static void push(lua_State* state);

 private:
  static int write_log(lua_State* state);
  static int wait_for_time(lua_State* state);
  static int run_command(lua_State* state);
  static int execute(lua_State* state);
  static int has_leg(lua_State* state);
  static int hang_up_at_end(lua_State* state);
  static int write_output(lua_State* state);
  static int time(lua_State* state);
  static int consume(lua_State* state);
  static int next_event(lua_State* state);
};

// Puts one event into a table: name, subclass, body, and headers with their order.
void push_event(lua_State* state, const void* event);

}  // namespace lua
