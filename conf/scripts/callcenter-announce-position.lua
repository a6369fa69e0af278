-- Tells a caller who waits in a queue which place it has, again and again.
--
-- In the dialplan, before callcenter (the last word is the time between two announcements in ms):
--
--   <action application="set"
--       data="result=${luarun(callcenter-announce-position.lua ${uuid} support@default 10000)}"/>
--
-- It ends by itself when the caller is not in the queue any more. Sounds are below sounds_dir:
-- ivr/ivr-you_are_number.wav, and digits/1.wav and so on for as many places as are to be told.

local uuid, queue, interval = argv[1], argv[2], argv[3]
if not uuid or not queue or not interval then
  freeswitch.consoleLog("WARNING", "arguments: UUID QUEUE MILLISECONDS")
  return
end

local api = freeswitch.API()

-- The caller's place among those who wait; nil: it waits no longer.
local function place_of_caller()
  local members = api:executeString("callcenter_config queue list members " .. queue)
  local place = 0
  for line in members:gmatch("[^\r\n]+") do
    if line:find("|Waiting|", 1, true) or line:find("|Trying|", 1, true) then
      place = place + 1
      if line:find(uuid, 1, true) then return place end
    end
  end
end

while true do
  freeswitch.msleep(interval)
  local place = place_of_caller()
  if not place then return end
  api:executeString("uuid_broadcast " .. uuid .. " ivr/ivr-you_are_number.wav aleg")
  api:executeString("uuid_broadcast " .. uuid .. " digits/" .. place .. ".wav aleg")
end
