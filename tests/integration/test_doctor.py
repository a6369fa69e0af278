"""`ringmaster doctor`: a server says whether its state contradicts itself."""
import asyncio
import os

from tests.phones.incoming import Answer

from .configuration import MUSIC_TONE
from .harness import ServerCase

LIMIT = 30.0                 # Seconds for an answer on a busy machine.


class Doctor(ServerCase):
    async def doctor(self):
        """Returns: exit code and output of `ringmaster doctor`."""
        host, port = self.server.event_socket
        process = await asyncio.create_subprocess_exec(
            str(self.server.binary), 'doctor', '-H', host, '-P', str(port),
            env={**os.environ, 'RINGMASTER_PASSWORD': self.configuration.event_socket_password},
            stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT)
        async with asyncio.timeout(LIMIT):
            said, _ = await process.communicate()
        return process.returncode, said.decode()

    async def test_a_server_with_calls_is_healthy(self):
        await self.agent('ann', Answer(), tone=1400)
        talking = await self.call(await self.caller('6001', tone=1000))
        await talking.sound.hear(1400)
        waiting = await self.call(await self.caller('6002'))
        await waiting.sound.hear(MUSIC_TONE)

        code, said = await self.doctor()

        self.assertEqual(code, 0, said)
        self.assertRegex(said, r'^\+OK healthy: [1-9]\d* looks, 0 violations since the start; '
                               r'as of record \d+: 1 waiting, 1 talking, 3 legs')
        self.assertNotIn('self-check', self.server.tail(1000))

    async def test_it_is_so_after_a_crash(self):
        waiting = await self.call(await self.caller('6002'))
        await waiting.sound.hear(MUSIC_TONE)
        await self.server.kill()
        await self.restart()

        code, said = await self.doctor()

        self.assertEqual(code, 0, said)
        self.assertIn('1 waiting', said)
