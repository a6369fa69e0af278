"""A caller whom nobody serves leaves a message, and the owner of the box listens to it by phone."""
import asyncio
import wave
from pathlib import Path

from tests.phones.hearing import goertzel

from .configuration import MUSIC_TONE, QUEUE, Configuration
from .harness import ServerCase

CALLER_TONE, OWNER_TONE, BEEP = 1000, 1400, 800
LIMIT = 60.0
RATE = 8000
OWNER, PIN = '1001', '4711'

EXTENSIONS = f"""
  <extension name="voicemail">
    <condition field="destination_number" expression="^support-or-message$">
      <action application="set" data="skip_greeting=true"/>
      <action application="set" data="skip_instructions=true"/>
      <action application="callcenter" data="{QUEUE}"/>
      <action application="answer"/>
      <action application="voicemail" data="default default {OWNER}"/>
    </condition>
  </extension>
  <extension name="messages">
    <condition field="destination_number" expression="^messages$">
      <action application="voicemail" data="check default default {OWNER}"/>
    </condition>
  </extension>
</context>
"""
PROFILES = f"""<configuration name="voicemail.conf">
  <profiles>
    <profile name="default">
      <param name="min-record-len" value="1"/>
      <param name="tone-spec" value="%(1000, 0, {BEEP})"/>
    </profile>
  </profiles>
</configuration>
"""


class Mailboxes(Configuration):
    """With a voicemail profile, extensions for it, and a pin for each user."""

    def write(self, directory):
        folder = super().write(directory)
        (folder / 'autoload_configs/voicemail.conf.xml').write_text(PROFILES)
        dialplan = folder / 'dialplan/default.xml'
        dialplan.write_text(dialplan.read_text().replace('</context>\n', EXTENSIONS))
        users = folder / 'directory/default.xml'
        users.write_text(users.read_text().replace(
            '<param name="password"',
            f'<param name="vm-password" value="{PIN}"/>\n<param name="password"'))
        return folder


def share(samples, hertz):
    """The share of one tone in the power of the samples."""
    total = sum(sample * sample for sample in samples)
    return goertzel(samples, hertz) * 2 / len(samples) / total if total else 0


class Voicemail(ServerCase):
    def configure(self):
        return Mailboxes(queues={QUEUE: {'max-wait-time': '3'}})

    async def test_a_message_is_left_seen_counted_and_heard(self):
        owner = await self.phone(OWNER, password='pw1001', tone=OWNER_TONE)
        self.assertEqual(await owner.register(), [401, 200])
        caller = await self.caller('6001', tone=CALLER_TONE)
        call = await (await caller.call('support-or-message')).answered()
        await call.sound.hear(MUSIC_TONE, limit=LIMIT)
        await call.sound.hear(BEEP, limit=LIMIT)
        event = await self.esl.event(Event_Name='RECORD_START', limit=LIMIT)
        path = Path(event['Record-File-Path'])
        self.assertEqual(path.parent,
                         (self.server.data / f'voicemail/default/default/{OWNER}').absolute())
        async with asyncio.timeout(LIMIT):
            # Who speaks there hears nothing.
            while not path.exists() or path.stat().st_size < 3 * RATE * 2:
                await self.esl.api('status')
        call.hang_up()
        left = await self.esl.event(Event_Subclass='vm::maintenance', VM_Action='leave-message',
                                    limit=LIMIT)
        self.assertEqual((left['VM-User'], left['VM-File-Path'], left['VM-Caller-ID-Number']),
                         (OWNER, str(path), '6001'))

        with wave.open(str(path)) as file:
            samples = memoryview(file.readframes(file.getnframes())).cast('h').tolist()
        self.assertGreater(share(samples[RATE:2 * RATE], CALLER_TONE), 0.5)
        self.assertEqual(await self.esl.api(f'vm_boxcount {OWNER}@default|new'), '1')
        notice = await owner.notice(limit=LIMIT)
        self.assertEqual(notice.get('Event'), 'message-summary')
        self.assertIn(b'Voice-Message: 1/0 (0/0)', notice.body)

        await self.server.kill()
        await self.restart()
        await self.listen(owner)

    async def listen(self, owner):
        """The owner calls in with the pin, skips what is said, and deletes what it heard."""
        call = await (await owner.call('messages')).answered()
        call.sound.press(PIN + '#')
        await self.esl.event(Event_Name='PLAYBACK_START', limit=LIMIT,
                             Playback_File_Path='voicemail/vm-message_number.wav')
        call.sound.press('*')
        await call.sound.hear(CALLER_TONE, limit=LIMIT)
        call.sound.press('7')
        await self.esl.event(Event_Name='MESSAGE_WAITING', MWI_Voice_Message='0/0 (0/0)',
                             limit=LIMIT)
        self.assertEqual(await self.esl.api(f'vm_boxcount {OWNER}@default|all'), '0:0:0:0')
        call.hang_up()
