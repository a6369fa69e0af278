"""Scripts in Lua with real calls: an announcer beside a queue, a menu that has the call."""
import math
import shutil
import wave

from .configuration import MUSIC_TONE, Configuration
from .harness import ServerCase
from .server import ROOT

MENU_TONE, AFTER_TONE, NUMBER_TONE, FIRST_TONE, CALLER_TONE = 700, 1400, 600, 1000, 1800
LIMIT = 60.0
MENU = '''
session:answer()
session:setVariable("asked", "it's " .. argv[1])
local tone = "tone_stream://%(400,0," .. argv[2] .. ")"
session:streamFile(tone)
session:setVariable("typed", session:getDigits(4, "#", 60000))
session:setVariable("pin", session:playAndGetDigits(2, 2, 3, 60000, "", tone, "", "^1\\\\d$"))
freeswitch.API():executeString("callcenter_config agent add digits-are-there callback")
while session:ready() do session:streamFile(tone) end
freeswitch.API():executeString("callcenter_config agent add menu-is-over callback")
'''
BAD = '''
if session then session:answer() end
while true do end
'''
# Waits until a list of agents holds a name.
WATCH = '''
local list = ""
while not list:find(argv[1], 1, true) do
  freeswitch.msleep("20")
  list = freeswitch.API():executeString("callcenter_config agent list")
end
stream:write("there is " .. argv[1])
'''
DIALPLAN = '''
  <extension name="announced">
    <condition field="destination_number" expression="^announced$">
      <action application="answer"/>
      <action application="set"
          data="result=${luarun(callcenter-announce-position.lua ${uuid} support@default 2000)}"/>
      <action application="callcenter" data="support@default"/>
    </condition>
  </extension>
  <extension name="scripts">
    <condition field="destination_number" expression="^(menu|bad|none)$">
      <action application="lua" data="$1.lua '${caller_id_number}' 700"/>
      <action application="answer"/>
      <action application="playback" data="tone_stream://%(1000,0,1400);loops=-1"/>
    </condition>
  </extension>
'''


def write_tone(path, hertz):
    """A sound file of half a second."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), 'wb') as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        samples = [round(8000 * math.sin(2 * math.pi * hertz * n / 8000)) for n in range(4000)]
        sound.writeframes(b''.join(sample.to_bytes(2, 'little', signed=True)
                                   for sample in samples))


class WithScripts(Configuration):
    """The usual configuration with a folder of scripts, and extensions that run them."""

    def write(self, directory):
        directory = super().write(directory)
        dialplan = directory / 'dialplan/default.xml'
        start = '<context name="default">'
        dialplan.write_text(dialplan.read_text().replace(start, start + DIALPLAN, 1))
        scripts = directory / 'scripts'
        scripts.mkdir()
        shutil.copy(ROOT / 'conf/scripts/callcenter-announce-position.lua', scripts)
        for name, script in (('menu', MENU), ('bad', BAD), ('watch', WATCH)):
            (scripts / f'{name}.lua').write_text(script)
        sounds = directory.parent / 'sounds'
        write_tone(sounds / 'ivr/ivr-you_are_number.wav', NUMBER_TONE)
        write_tone(sounds / 'digits/1.wav', FIRST_TONE)
        (directory / 'autoload_configs/lua.conf.xml').write_text(
            self._settings('lua', {'busy-milliseconds-max': '100'}))
        return directory


class Lua(ServerCase):
    def configure(self):
        return WithScripts()

    async def test_a_script_has_the_call_until_it_ends(self):
        call = await self.call(await self.caller('6001', tone=CALLER_TONE), 'menu')
        await call.sound.hear(MENU_TONE, limit=LIMIT)
        channel = await self.esl.event(Event_Name='CHANNEL_ANSWER', limit=LIMIT)
        self.assertEqual(await self.esl.api(f'uuid_getvar {channel["Unique-ID"]} asked'),
                         "it's 6001")
        call.sound.press('42#')
        call.sound.press('9917')         # The first two do not fit.
        await self.esl.api('lua watch.lua digits-are-there', limit=LIMIT)
        for name, digits in (('typed', '42'), ('pin', '17')):
            self.assertEqual(await self.esl.api(f'uuid_getvar {channel["Unique-ID"]} {name}'),
                             digits)
        call.hang_up()
        self.assertEqual(await self.esl.api('lua watch.lua menu-is-over', limit=LIMIT),
                         'there is menu-is-over')

    async def test_a_script_that_never_ends_is_ended_and_the_dialplan_goes_on(self):
        call = await self.call(await self.caller('6001'), 'bad')
        await call.sound.hear(AFTER_TONE, limit=LIMIT)
        self.assertIn('bad.lua:3: ended: it ran for 100 ms', self.server.log.read_text())
        call.hang_up()
        call = await self.call(await self.caller('6002'), 'none')
        await call.sound.hear(AFTER_TONE, limit=LIMIT)
        call.hang_up()
        self.assertIn('there is no script', await self.esl.api('luarun none.lua'))
        self.assertIn('bad.lua:3: ended', await self.esl.api('lua bad.lua', limit=LIMIT))

    async def test_an_announcer_tells_the_place_beside_the_music(self):
        call = await self.call(await self.caller('6001'), 'announced')
        await call.sound.hear(MUSIC_TONE, limit=LIMIT)
        await call.sound.hear(NUMBER_TONE, limit=LIMIT)
        await call.sound.hear(FIRST_TONE, limit=LIMIT)
        await call.sound.hear(MUSIC_TONE, limit=LIMIT)
        call.hang_up()
