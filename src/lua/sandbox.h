// What of Lua's own libraries a script may use. Internal to the folder.
#pragma once

#include "lua/options.h"

struct lua_State;

namespace lua {

// Opens basic functions, string, table, math, utf8 and coroutine, and of debug, io, os and package
// what the options allow. Never: compiled chunks, and finalizers, which no limit would reach.
void open_libraries(lua_State* state, const Options& options);

}  // namespace lua
