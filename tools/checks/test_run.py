"""Tests of ./run with a server and phones that only write down how they were called."""

import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 30  # Seconds for anything; a machine that builds at the same time is slow.

SERVER = '''#!/usr/bin/python3
import json, signal, socket, sys
json.dump(sys.argv[1:], open('served.json', 'w'))
if 'broken' in str(sys.argv):
    sys.exit(2)
port = int([word for word in sys.argv if word.startswith('esl_port=')][0].split('=')[1])
listener = socket.create_server(('127.0.0.1', port))
signal.signal(signal.SIGTERM, lambda *_: (open('ended', 'w').close(), sys.exit(0)))
print('ready', flush=True)
while True:
    signal.pause()
'''
PHONES = '''import json, sys
json.dump(sys.argv[1:], open('played.json', 'w'))
'''
VARIABLES = '''<include>
  <X-PRE-PROCESS cmd="set" data="domain=default"/>
  <X-PRE-PROCESS cmd="set" data="sip_ip=127.0.0.1"/>
  <X-PRE-PROCESS cmd="set" data="internal_sip_port=5060"/>
  <X-PRE-PROCESS cmd="set" data="default_password=secret"/>
  <X-PRE-PROCESS cmd="set" data="esl_ip=127.0.0.1"/>
  <X-PRE-PROCESS cmd="set" data="esl_port=8021"/>
  <X-PRE-PROCESS cmd="set" data="esl_password=ClueCon"/>
</include>
'''


def free_port():
    with socket.create_server(('127.0.0.1', 0)) as probe:
        return probe.getsockname()[1]


class Run(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.port = free_port()
        shutil.copy(ROOT / 'run', self.root / 'run')
        self.write('tools/setup', '#!/bin/sh\n')
        self.write('tools/prompts/make', '#!/bin/sh\n')
        self.write('bin/cmake', '#!/bin/sh\n')
        self.write('build/release/ringmaster', SERVER)
        self.write('demo/phones.py', PHONES)
        self.write('conf/vars.xml', VARIABLES)
        self.environment = {**os.environ, 'PATH': f'{self.root}/bin:{os.environ["PATH"]}'}

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding='utf-8')
        path.chmod(0o755)

    def start(self, *words):
        return subprocess.Popen([str(self.root / 'run'), *words], cwd='/', env=self.environment,
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT, text=True)

    def run_to_end(self, *words):
        process = self.start(*words)
        output, _ = process.communicate(timeout=LIMIT)
        return process.returncode, output

    def demo(self, *words):
        return self.run_to_end('--demo', '--set', f'esl_port={self.port}', *words)

    def words_of(self, name):
        return json.loads((self.root / name).read_text(encoding='utf-8'))

    def test_build_only_starts_nothing(self):
        self.assertEqual(self.run_to_end('--build-only')[0], 0)
        self.assertFalse((self.root / 'served.json').exists())

    def test_the_demo_ends_the_server_when_it_is_over(self):
        status, output = self.demo('--seconds', '1')

        self.assertEqual(status, 0, output)
        self.assertTrue((self.root / 'ended').exists())

    def test_the_demo_gets_the_addresses_of_the_configuration(self):
        self.demo('--set', 'internal_sip_port=5099', '--agents', '3')

        words = self.words_of('played.json')
        self.assertEqual(words[words.index('--sip') + 1], '127.0.0.1:5099')
        self.assertEqual(words[words.index('--esl') + 1], f'127.0.0.1:{self.port}')
        self.assertEqual(words[words.index('--password') + 1], 'secret')
        self.assertEqual(words[words.index('--agents') + 1], '3')

    def test_listen_is_the_address_of_sip(self):
        self.demo('--listen', '127.0.0.2')

        self.assertIn('sip_ip=127.0.0.2', self.words_of('served.json'))

    def test_a_server_that_ends_at_once_is_reported(self):
        status, output = self.demo('--set', 'name=broken')

        self.assertEqual(status, 1)
        self.assertIn('the server ended', output)

    def test_ending_run_ends_the_server(self):
        process = self.start('--set', f'esl_port={self.port}')
        self.assertEqual(process.stdout.readline(), 'ready\n')
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=LIMIT)

        self.assertEqual(process.returncode, 143)
        self.assertTrue((self.root / 'ended').exists())

    def test_wrong_options_are_refused(self):
        for words in (['--nothing'], ['--listen']):
            with self.subTest(words):
                self.assertEqual(self.run_to_end(*words)[0], 1)


if __name__ == '__main__':
    unittest.main()
