// The objects that scripts know (spec/08 §3), in Lua, made of the primitives. What a script may do
// with them beyond that is its own matter: no other script sees it.
#include "lua/primitives.h"

namespace lua {
namespace {

constexpr std::string_view kPrelude = R"lua(
local use, own_uuid, keeps_output = ...

freeswitch = {}

local function text(value)
  if value == nil then return "" end
  return tostring(value)
end

function freeswitch.consoleLog(level, line) use.log(text(level), text(line)) end
function print(...)
  local words = table.pack(...)
  for i = 1, words.n do words[i] = tostring(words[i]) end
  use.log("info", table.concat(words, "\t"))
end

-- A number, or a text that is one.
function freeswitch.msleep(ms) use.sleep(ms) end

local API = {}
API.__index = API
function freeswitch.API() return setmetatable({}, API) end
function API:executeString(command) return use.run(text(command)) end
function API:execute(command, arguments)
  return use.run(text(command) .. " " .. text(arguments))
end
function API:getTime() return use.time() end

function freeswitch.getGlobalVariable(name) return use.run("global_getvar " .. text(name)) end

-- Words of a command that may hold blanks, quotes and backslashes.
local function words(...)
  local all = { ... }
  for i, word in ipairs(all) do
    all[i] = text(word):gsub("\1", ""):gsub("[\\']", "\\%0")
  end
  return "^^\1" .. table.concat(all, "\1")
end

local Session = {}
Session.__index = Session
local kGone = "-ERR No such channel!\n"

-- The uuid of a leg that is there, or whom to call.
function freeswitch.Session(whom)
  whom = text(whom)
  if use.run("uuid_exists " .. whom) ~= "true" and whom:find("/", 1, true) then
    whom = use.run("originate " .. whom .. " &park()"):match("^%+OK (%S+)") or ""
  end
  return setmetatable({ uuid = whom }, Session)
end

function Session:get_uuid() return self.uuid end
function Session:ready()
  if self.uuid == own_uuid then return use.has_leg() end
  return self.uuid ~= "" and use.run("uuid_exists " .. self.uuid) == "true"
end
function Session:execute(application, data)
  return use.execute(self.uuid, text(application), text(data))
end
function Session:answer() return self:execute("answer") end
function Session:preAnswer() return self:execute("pre_answer") end
function Session:sleep(ms) return self:execute("sleep", ms) end
function Session:streamFile(sound) return self:execute("playback", sound) end
-- One word of an application's data, whatever is in it.
local function quoted(word) return "'" .. text(word):gsub("'", "\\'") .. "'" end
local kDigits = "lua_digits"
function Session:read(min, max, sound, timeout, terminators)
  self:setVariable(kDigits, "")
  self:execute("read", table.concat({ text(min), text(max), quoted(sound or "silence"), kDigits,
    text(timeout or 5000), quoted(terminators or "#") }, " "))
  return text(self:getVariable(kDigits))
end
function Session:getDigits(max, terminators, timeout)
  if text(terminators) == "" then terminators = "none" end
  return self:read(1, max, "silence", timeout, terminators)
end
function Session:playAndGetDigits(min, max, tries, timeout, terminators, sound, invalid,
                                  expression, name, digit_timeout, failure)
  name = text(name) == "" and kDigits or text(name)
  self:setVariable(name, "")
  self:execute("play_and_get_digits", table.concat({ text(min), text(max), text(tries),
    text(timeout), quoted(terminators), quoted(sound or "silence"), quoted(invalid or "silence"),
    quoted(name), quoted(expression), text(digit_timeout or 0), quoted(failure) }, " "))
  return text(self:getVariable(name))
end
function Session:hangup(cause) return self:execute("hangup", cause) end
function Session:transfer(extension, dialplan, context)
  local to = text(extension) .. " " .. (dialplan or "XML") .. " " .. text(context)
  return self:execute("transfer", to)
end
function Session:setVariable(name, value)
  return use.run("uuid_setvar " .. words(self.uuid, name, value)) == "+OK\n"
end
function Session:getVariable(name)
  local value = use.run("uuid_getvar " .. words(self.uuid, name))
  if value ~= kGone and value ~= "_undef_" then return value end
end
function Session:answered() return text(self:getVariable("answer_epoch")) ~= "" end
function Session:hangupCause() return text(self:getVariable("hangup_cause")) end
function Session:consoleLog(level, line) use.log(text(level), text(line)) end
function Session:setAutoHangup(wanted)
  if self.uuid == own_uuid then use.hang_up_at_end(wanted and wanted ~= 0) end
end

if own_uuid ~= "" then session = setmetatable({ uuid = own_uuid }, Session) end

local Event = {}
Event.__index = Event
function Event:getType() return self.name end
function Event:getBody() return self.body end
function Event:getHeader(name)
  name = text(name):lower()
  for _, header in ipairs(self.headers) do
    if header[1]:lower() == name then return header[2] end
  end
  if name == "event-name" then return self.name end
  if name == "event-subclass" and self.subclass ~= "" then return self.subclass end
end
function Event:serialize()
  local lines = { "Event-Name: " .. self.name }
  if self.subclass ~= "" then lines[#lines + 1] = "Event-Subclass: " .. self.subclass end
  for _, header in ipairs(self.headers) do
    lines[#lines + 1] = header[1] .. ": " .. header[2]
  end
  return table.concat(lines, "\n") .. "\n\n" .. self.body
end

local EventConsumer = {}
EventConsumer.__index = EventConsumer
function freeswitch.EventConsumer(name, subclass)
  local consumer = setmetatable({ numbers = {} }, EventConsumer)
  consumer:bind(name or "ALL", subclass)
  return consumer
end
function EventConsumer:bind(name, subclass)
  if self.number then error("EventConsumer: it has a kind of events already", 2) end
  self.number = use.consume(text(name), text(subclass))
end
-- pop(), pop(0): what is there. pop(1): waits. pop(1, MS), pop(MS): waits so long.
function EventConsumer:pop(wait, ms)
  wait = tonumber(wait) or 0
  if wait == 1 then
    wait = ms
  end
  local event = use.next_event(self.number, wait)
  return event and setmetatable(event, Event)
end

if keeps_output then
  stream = {}
  function stream:write(words) use.write(text(words)) end
end
)lua";

}  // namespace

std::string_view prelude() {
  return kPrelude;
}

}  // namespace lua
