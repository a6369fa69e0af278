"""What systemd is told, and the unit that says how it runs the server."""
import asyncio
import os
import re
import shutil
import socket
import subprocess
import tempfile
import unittest
from pathlib import Path

from .configuration import MUSIC_TONE
from .harness import ServerCase
from .server import ROOT, binary

UNIT = ROOT / 'packaging/ringmaster.service'
LIMIT = 30.0                 # Seconds for one message on a busy machine.
WATCHDOG_SECONDS = 2
EXPOSURE_MAX = 20            # Of 100, as `systemd-analyze security` counts.


class Notified(ServerCase):
    """The test is the service manager: it binds the socket that systemd would."""

    async def asyncSetUp(self):
        folder = Path(tempfile.mkdtemp(prefix='notify-'))
        self.addCleanup(shutil.rmtree, folder)
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.addCleanup(self.socket.close)
        self.socket.bind(str(folder / 'notify'))
        self.socket.setblocking(False)
        variables = {'NOTIFY_SOCKET': str(folder / 'notify'),
                     'WATCHDOG_USEC': str(WATCHDOG_SECONDS * 1_000_000)}
        os.environ.update(variables)
        try:
            await super().asyncSetUp()
        finally:
            for name in variables:
                del os.environ[name]

    async def told(self, beginning):
        """The next message that begins so."""
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(LIMIT):
            while True:
                text = (await loop.sock_recv(self.socket, 4096)).decode()
                if text.startswith(beginning):
                    return text

    async def test_it_is_ready_lives_says_how_it_is_and_stops(self):
        await self.told('READY=1')
        for _ in range(3):
            await self.told('WATCHDOG=1')
        call = await self.call(await self.caller('6001'))
        await call.sound.hear(MUSIC_TONE)
        await self.told('STATUS=waiting 1')
        self.assertEqual(await self.server.stop(), 0)
        await self.told('STOPPING=1')

    async def test_a_drained_server_says_that_it_stops(self):
        await self.esl.api('drain')
        self.assertEqual(await self.server.gone(), 0)
        await self.told('STOPPING=1')


@unittest.skipUnless(shutil.which('systemd-analyze'), 'systemd-analyze is not installed')
class Unit(unittest.TestCase):
    def setUp(self):
        folder = Path(tempfile.mkdtemp(prefix='unit-'))
        self.addCleanup(shutil.rmtree, folder)
        self.unit = folder / UNIT.name
        self.unit.write_text(UNIT.read_text().replace('/usr/bin/ringmaster', str(binary())))

    def analyze(self, *words):
        done = subprocess.run(['systemd-analyze', *words, str(self.unit)], capture_output=True,
                              text=True, timeout=LIMIT, check=False)
        return done.returncode, done.stdout + done.stderr

    def test_systemd_finds_nothing_wrong_with_it(self):
        code, said = self.analyze('verify', '--man=no')
        self.assertEqual((code, said), (0, ''))

    def test_it_leaves_the_server_nothing_that_it_does_not_need(self):
        code, said = self.analyze('security', '--offline=yes', f'--threshold={EXPOSURE_MAX}')
        self.assertEqual(code, 0, said)

    def test_its_command_is_one_that_the_server_understands(self):
        for line in re.findall(r'^Exec\w+=(.*)$', self.unit.read_text(), re.MULTILINE):
            words = line.split()
            said = subprocess.run([*words[:2], '--help'], capture_output=True, text=True,
                                  timeout=LIMIT, check=True).stdout
            for word in words[2:]:
                if word.startswith('-'):
                    self.assertIn(word, said)
