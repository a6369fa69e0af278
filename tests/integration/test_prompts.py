"""The spoken prompts with a real call: by name, by `say`, by a phrase, and one that is not."""
import subprocess

from tests.phones import hearing

from .configuration import Configuration
from .harness import ServerCase
from .server import ROOT

WAIT = 30.0                  # Seconds for one step on a busy machine.
EXTENSION = '''<extension name="spoken">
      <condition field="destination_number" expression="^spoken$">
        <action application="answer"/>
        <action application="playback" data="ivr/ivr-you_are_now_logged_in.wav"/>
        <action application="playback" data="ivr/ivr-nobody_says_this.wav"/>
        <action application="say" data="en number pronounced 7"/>
        <action application="phrase" data="thanks,now"/>
        <action application="sleep" data="60000"/>
      </condition>
    </extension>'''
PHRASES = '''<section name="phrases">
    <macros><macro name="thanks"><input pattern="^now$"><match>
      <action function="play-file" data="ivr/ivr-thank_you.wav"/>
    </match></input></macro></macros>
  </section>
</document>'''


class WithPrompts(Configuration):
    """Looks for sounds where tools/prompts/make puts them."""

    def _files(self):
        files = super()._files()
        extension = '<extension '
        files['dialplan/default.xml'] = files['dialplan/default.xml'].replace(
            extension, f'{EXTENSION}\n    {extension}', 1)
        files['freeswitch.xml'] = files['freeswitch.xml'].replace('</document>', PHRASES)
        files['vars.xml'] = files['vars.xml'].replace(
            '</include>', f'<X-PRE-PROCESS cmd="set" data="sounds_dir={ROOT}/sounds"/></include>')
        return files


class Prompts(ServerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        subprocess.run([ROOT / 'tools/prompts/make'], check=True)

    def configure(self):
        return WithPrompts()

    async def test_each_is_heard_and_one_that_is_missing_stops_nothing(self):
        call = await self.call(await self.caller('6001'), 'spoken')

        for nth, status in enumerate(('done', 'error', 'done', 'done'), start=1):
            event = await self.esl.event(Event_Name='PLAYBACK_STOP', nth=nth, limit=WAIT)
            self.assertEqual(event['Playback-Status'], status, event['Playback-File-Path'])
        self.assertEqual(event['Playback-File-Path'], 'phrase:thanks,now')
        loud = [packet for packet in call.sound.audio() if hearing.is_audible(packet.payload)]
        # The three last two and a half seconds together, pauses and losses aside.
        self.assertGreater(len(loud), 50)
        self.assertIn(f'{ROOT}/sounds/ivr/ivr-nobody_says_this.wav: no such file',
                      self.server.tail(1000))
