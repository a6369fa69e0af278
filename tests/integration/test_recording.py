"""Recordings on the disk hold what was said, also when the server dies while they are made."""
import wave

from tests.phones.hearing import goertzel
from tests.phones.incoming import Answer

from .configuration import MUSIC_TONE, QUEUE, Configuration
from .harness import ServerCase

CALLER_TONE, AGENT_TONE = 1000, 1400
LIMIT = 60.0
RATE = 8000
TENTH = RATE // 10


def share(samples, hertz):
    """The share of one tone in the power of the samples."""
    total = sum(sample * sample for sample in samples)
    return goertzel(samples, hertz) * 2 / len(samples) / total if total else 0


class Recording(ServerCase):
    def configure(self):
        return Configuration(queues={QUEUE: {
            'record-template': '${caller_id_number}/${strftime(%Y)}/${cc_member_uuid}.wav'}})

    async def talk(self):
        """A caller and agent ann, each hearing the other."""
        await self.agent('ann', Answer(), tone=AGENT_TONE)
        call = await self.call(await self.caller('6001', tone=CALLER_TONE))
        await call.sound.hear(AGENT_TONE)
        return call

    @staticmethod
    def samples(path):
        with wave.open(str(path)) as file:
            assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (RATE, 1, 2)
            return memoryview(file.readframes(file.getnframes())).cast('h').tolist()

    def tenths_with(self, samples, *tones):
        """How many tenths of a second hold all of these tones."""
        blocks = [samples[at:at + TENTH] for at in range(0, len(samples) - TENTH + 1, TENTH)]
        return sum(all(share(block, tone) > 0.2 for tone in tones) for block in blocks)

    async def grown_to(self, call, path, seconds):
        """Waits until so much has been written; returns the samples that can be read then."""
        def is_there():
            return path.exists() and path.stat().st_size > seconds * RATE * 2
        await call.sound.changes.until(is_there, LIMIT, f'{seconds} s in {path}')
        return self.samples(path)

    async def test_of_a_conversation_goes_on_after_a_kill(self):
        call = await self.talk()
        event = await self.esl.event(Event_Name='RECORD_START')
        path = self.server.data / 'recordings' / event['variable_cc_record_filename']
        self.assertEqual(event['Record-File-Path'], str(path.absolute()))
        before = await self.grown_to(call, path, 2.5)
        self.assertGreater(self.tenths_with(before, CALLER_TONE, AGENT_TONE), 5)

        await self.server.kill()
        written = path.stat().st_size
        await self.restart()
        await self.grown_to(call, path, written / RATE / 2 + 1.5)
        call.hang_up()
        event = await self.esl.event(Event_Name='RECORD_STOP', limit=LIMIT)

        self.assertGreaterEqual(int(event['variable_record_ms']), 2500)
        samples = self.samples(path)
        self.assertGreater(len(samples) * 2, written)
        self.assertEqual(samples[:len(before)], before)
        self.assertGreater(self.tenths_with(samples[-RATE:], CALLER_TONE, AGENT_TONE), 3)
        self.assertEqual(path.stat().st_mode & 0o137, 0)

    async def test_on_command_holds_both_sides_apart(self):
        call = await self.call(await self.caller('6001', tone=CALLER_TONE))
        await call.sound.hear(MUSIC_TONE)
        event = await self.esl.event('member-queue-start')
        uuid, path = event['Unique-ID'], self.folder / 'x.wav'
        await self.esl.must(f'uuid_setvar {uuid} RECORD_STEREO true')
        self.assertEqual(await self.esl.api(f'uuid_record {uuid} start {path}'),
                         '+OK Success\n')
        await call.sound.changes.until(
            lambda: path.exists() and path.stat().st_size > 2 * RATE * 4, LIMIT, path)
        self.assertEqual(await self.esl.api(f'uuid_record {uuid} stop {path}'),
                         '+OK Success\n')
        event = await self.esl.event(Event_Name='RECORD_STOP')
        with wave.open(str(path)) as file:
            self.assertEqual(file.getnchannels(), 2)
            self.assertEqual(file.getnframes() // 8, int(event['variable_record_ms']))
            both = memoryview(file.readframes(file.getnframes())).cast('h').tolist()
        self.assertGreater(self.tenths_with(both[0::2], CALLER_TONE), 10)
        self.assertGreater(self.tenths_with(both[1::2], MUSIC_TONE), 10)
        self.assertEqual(self.tenths_with(both[0::2], MUSIC_TONE), 0)
