"""The shipped configuration serves the demo's callers and agents for 20 seconds."""
import asyncio
import json
import re
import shutil
import sys
import tempfile
import unittest
from pathlib import Path

from .ports import free_port
from .server import ROOT, Server

SECONDS, CALLERS, AGENTS = 20, 7, 5
LEAST_BRIDGES = 5
END_LIMIT = 60.0             # Seconds beyond its own that the demo may need on a busy machine.


def variables(directory):
    """What vars.xml of a configuration sets."""
    text = (Path(directory) / 'vars.xml').read_text()
    return dict(re.findall(r'cmd="set" data="([^"=]+)=([^"]*)"', text))


class Demo(unittest.IsolatedAsyncioTestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix='ringmaster-')
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        shutil.copytree(ROOT / 'conf', self.folder / 'conf')
        self.variables = variables(self.folder / 'conf')
        self.server = Server(self.folder / 'conf', self.folder / 'data', self.folder / 'log')
        self.server.variables = {'internal_sip_port': free_port(), 'esl_port': free_port()}
        for name in self.server.variables:
            self.assertIn(name, self.variables, 'conf/vars.xml')
        self.addAsyncCleanup(self.end_server)

    async def end_server(self):
        if self.server.is_running:
            await self.server.kill()

    async def run_demo(self, *options):
        """Runs demo/phones.py; returns its exit code and what it printed."""
        addresses = [f'{host}:{port}' for host, port in (self.server.sip, self.server.event_socket)]
        process = await asyncio.create_subprocess_exec(
            sys.executable, str(ROOT / 'demo/phones.py'), '--sip', addresses[0],
            '--esl', addresses[1], '--password', self.variables['default_password'],
            '--esl-password', self.variables['esl_password'], *(str(word) for word in options),
            stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT)
        try:
            async with asyncio.timeout(SECONDS + END_LIMIT):
                output, _ = await process.communicate()
        except TimeoutError:
            process.kill()
            raise
        return process.returncode, output.decode()

    async def test_bridges_with_the_right_sound_at_both_ends(self):
        """Its agents log in by dialling, as people do; `./run --demo` uses the event socket."""
        await self.server.start()
        report = self.folder / 'report.json'
        code, output = await self.run_demo(
            '--seconds', SECONDS, '--callers', CALLERS, '--agents', AGENTS, '--login', 'dial',
            '--report', report, '--verbose')
        exit_code = await self.server.stop()
        told = f'{output}\n{self.server.tail()}'
        self.assertEqual((code, exit_code), (0, 0), told)
        result = json.loads(report.read_text())
        self.assertEqual(result['errors'], [], told)
        right = [bridge for bridge in result['bridges'] if bridge['right']]
        self.assertGreaterEqual(len(right), LEAST_BRIDGES, told)
        self.assertEqual(result['wrong_bridges'], 0, told)
        self.assertTrue(all(bridge['music_before'] for bridge in right))
        self.assertEqual(result['calls'],
                         result['served'] + result['abandoned'] + result['unfinished'], told)

    async def test_a_wrong_password_is_told_and_not_played(self):
        await self.server.start()
        self.variables['default_password'] = 'wrong'
        code, output = await self.run_demo('--seconds', 1)
        await self.server.stop()
        self.assertEqual(code, 2, output)
        self.assertIn('user 1000', output)
