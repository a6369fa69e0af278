#include "lua/sandbox.h"

#include <lua.hpp>
#include <string>

namespace lua {
namespace {

// load(TEXT [, NAME [, MODE [, ENVIRONMENT]]]) for text alone.
int load_text(lua_State* state) {
  std::size_t size = 0;
  const char* text = luaL_checklstring(state, 1, &size);
  const char* name = luaL_optstring(state, 2, text);
  const bool has_environment = lua_gettop(state) >= 4;
  if (luaL_loadbufferx(state, text, size, name, "t") != LUA_OK) {
    lua_pushnil(state);
    lua_insert(state, -2);
    return 2;
  }
  if (has_environment) {
    lua_pushvalue(state, 4);
    lua_setupvalue(state, -2, 1);
  }
  return 1;
}

// Lua's own, which is the upvalue, but for finalizers: they run where no limit counts.
int set_metatable(lua_State* state) {
  luaL_checktype(state, 1, LUA_TTABLE);
  if (lua_type(state, 2) == LUA_TTABLE) {
    lua_pushliteral(state, "__gc");
    lua_rawget(state, 2);
    if (!lua_isnil(state, -1)) return luaL_error(state, "setmetatable: no __gc in scripts");
    lua_pop(state, 1);
  }
  lua_settop(state, 2);
  lua_pushvalue(state, lua_upvalueindex(1));
  lua_insert(state, 1);
  lua_call(state, 2, 1);
  return 1;
}

// collectgarbage(["collect"|"count"]): how it collects is not the script's to say.
int collect_garbage(lua_State* state) {
  const char* const kWords[] = {"collect", "count", nullptr};
  if (luaL_checkoption(state, 1, "collect", kWords) == 0) {
    lua_pushinteger(state, lua_gc(state, LUA_GCCOLLECT));
  } else {
    lua_pushnumber(state, lua_gc(state, LUA_GCCOUNT) + lua_gc(state, LUA_GCCOUNTB) / 1024.0);
  }
  return 1;
}

void open(lua_State* state, const char* name, lua_CFunction library) {
  luaL_requiref(state, name, library, 1);
  lua_pop(state, 1);
}

void remove_global(lua_State* state, const char* name) {
  lua_pushnil(state);
  lua_setglobal(state, name);
}

void open_allowed(lua_State* state, const Options& options) {
  const auto is_allowed = [&](const char* name) { return options.libraries.contains(name); };
  if (is_allowed("debug")) open(state, LUA_DBLIBNAME, luaopen_debug);
  if (is_allowed("io")) open(state, LUA_IOLIBNAME, luaopen_io);
  if (is_allowed("os")) open(state, LUA_OSLIBNAME, luaopen_os);
  if (!is_allowed("package")) {
    remove_global(state, "dofile");
    remove_global(state, "loadfile");
    return;
  }
  open(state, LUA_LOADLIBNAME, luaopen_package);
  lua_getglobal(state, LUA_LOADLIBNAME);
  lua_pushstring(state, (options.folder / "?.lua").c_str());
  lua_setfield(state, -2, "path");
  lua_pop(state, 1);
}

}  // namespace

void open_libraries(lua_State* state, const Options& options) {
  open(state, LUA_GNAME, luaopen_base);
  open(state, LUA_STRLIBNAME, luaopen_string);
  open(state, LUA_TABLIBNAME, luaopen_table);
  open(state, LUA_MATHLIBNAME, luaopen_math);
  open(state, LUA_UTF8LIBNAME, luaopen_utf8);
  open(state, LUA_COLIBNAME, luaopen_coroutine);
  open_allowed(state, options);

  lua_getglobal(state, LUA_STRLIBNAME);
  lua_pushnil(state);
  lua_setfield(state, -2, "dump");
  lua_pop(state, 1);
  lua_pushcfunction(state, load_text);
  lua_setglobal(state, "load");
  lua_pushcfunction(state, collect_garbage);
  lua_setglobal(state, "collectgarbage");
  lua_getglobal(state, "setmetatable");
  lua_pushcclosure(state, set_metatable, 1);
  lua_setglobal(state, "setmetatable");
}

}  // namespace lua
