"""`ringmaster drain`: no new calls, those that are here finish, and the server ends."""
import asyncio
import os
import signal

from tests.phones.call import Ending
from tests.phones.incoming import Answer

from .configuration import EXTENSION, MUSIC_TONE
from .harness import ServerCase

LIMIT = 30.0                 # Seconds for one step on a busy machine.


class Drain(ServerCase):
    async def drain(self, *words):
        """Starts `ringmaster drain` against the server."""
        host, port = self.server.event_socket
        return await asyncio.create_subprocess_exec(
            str(self.server.binary), 'drain', '-H', host, '-P', str(port), *words,
            env={**os.environ, 'RINGMASTER_PASSWORD': self.configuration.event_socket_password},
            stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT)

    async def output(self, process):
        """Waits for the end of a command. Returns: its exit code and what it said."""
        async with asyncio.timeout(LIMIT):
            said, _ = await process.communicate()
        return process.returncode, said.decode()

    async def line(self, process, beginning):
        """Waits for a line of a running command."""
        async with asyncio.timeout(LIMIT):
            while (line := (await process.stdout.readline()).decode()):
                if line.startswith(beginning):
                    return line
        self.fail(f'no line {beginning!r}')

    async def one_talks_and_one_waits(self):
        await self.agent('ann', Answer(), tone=1400)
        self.talking = await self.call(await self.caller('6001', tone=1000))
        await self.talking.sound.hear(1400)
        self.waiting = await self.call(await self.caller('6002', tone=1050))
        await self.waiting.sound.hear(MUSIC_TONE)
        # What the commands say is a quarter of a second old.
        async with asyncio.timeout(LIMIT):
            while '1 waiting, 1 talking' not in await self.esl.api('drain status'):
                pass

    async def refused(self, number):
        call = await (await self.caller(number)).call(EXTENSION)
        self.assertEqual(await call.ended(limit=LIMIT), Ending.REFUSED)
        return call.final_status

    async def test_calls_that_are_here_finish_and_others_are_refused(self):
        await self.one_talks_and_one_waits()
        drain = await self.drain()
        self.assertIn('1 waiting, 1 talking', await self.line(drain, 'draining: '))
        self.assertEqual(await self.refused('6003'), 503)
        again = await self.output(await self.drain('--no-wait'))
        self.assertEqual(again[0], 0, again)
        self.assertIn('draining: 1 waiting, 1 talking', again[1])

        # Who waits is still offered to the agent who has become free, and they talk.
        self.talking.hang_up()
        self.assertEqual(await self.talking.released(), 200)
        await self.waiting.sound.hear(1400)
        self.assertEqual(await self.refused('6004'), 503)
        self.waiting.hang_up()
        self.assertEqual(await self.waiting.released(), 200)

        code, said = await self.output(drain)
        self.assertEqual(code, 0, said)
        self.assertIn('the server has ended', said)
        self.assertEqual(await self.server.gone(), 0)
        self.assertIn('drained: the last call has ended', self.server.tail())

        await self.restart()
        call = await self.call(self.waiting.phone)
        await call.sound.hear(1400)

    async def test_it_can_be_taken_back(self):
        await self.one_talks_and_one_waits()
        drain = await self.drain()
        await self.line(drain, 'draining: ')
        code, said = await self.output(await self.drain('--cancel'))
        self.assertEqual(code, 0, said)
        self.assertIn('taking new calls: 1 waiting, 1 talking', said)
        code, said = await self.output(drain)
        self.assertEqual(code, 1, said)
        call = await self.call(await self.caller('6003'))
        await call.sound.hear(MUSIC_TONE)
        self.assertTrue(self.server.is_running)

    async def test_an_idle_server_ends_at_once(self):
        code, said = await self.output(await self.drain())
        self.assertEqual(code, 0, said)
        self.assertEqual(await self.server.gone(), 0)

    async def test_a_signal_ends_it_with_everybody_kept(self):
        await self.one_talks_and_one_waits()
        self.assertEqual((await self.output(await self.drain('--no-wait')))[0], 0)
        os.kill(self.server.process_id, signal.SIGTERM)
        self.assertEqual(await self.server.gone(), 0)

        await self.restart()
        self.assertEqual([row['state'] for row in await self.members()], ['Answered', 'Waiting'])
        code, said = await self.output(await self.drain('--status'))
        self.assertEqual((code, said.partition(':')[0]), (0, 'taking new calls'))

    async def test_the_words_of_the_original_are_understood(self):
        self.assertEqual(await self.esl.api('fsctl pause inbound'), '+OK\n')
        self.assertEqual(await self.refused('6001'), 503)
        self.assertEqual(await self.esl.api('fsctl resume'), '+OK\n')
        call = await self.call(await self.caller('6002'))
        await call.sound.hear(MUSIC_TONE)
        self.assertEqual(await self.esl.api('fsctl shutdown asap'), '+OK\n')
        self.assertEqual(await self.refused('6003'), 503)
        call.hang_up()
        self.assertEqual(await self.server.gone(), 0)
