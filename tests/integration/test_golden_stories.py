"""What `why` and `replay --conf` tell of a recorded journal, word for word.

With --write the golden texts are made again; read the difference before it is committed.
"""
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from tests.histories import journal

from .configuration import QUEUE, Configuration
from .server import binary

CALLERS = ('6001', '6002', '6003', '6004')
SAME = {'tier-rules-apply': 'true', 'tier-rule-wait-second': '30',
        'tier-rule-wait-multiply-level': 'true', 'tier-rule-no-agent-no-wait': 'false'}


class Stories(unittest.TestCase):
    """floor.sql: see tests/histories/record_floor.py."""

    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix='ringmaster-')
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.data = journal.restore(journal.FOLDER / 'floor.sql', self.folder)

    def ringmaster(self, *arguments):
        """The output of a sub-command, in the zone of the golden texts."""
        ran = subprocess.run([binary(), *arguments], capture_output=True, text=True, check=False,
                             env={**os.environ, 'TZ': 'UTC'}, timeout=60)
        self.assertEqual(ran.returncode, 0, ran.stderr)
        return ran.stdout

    def compare(self, text, name):
        golden = journal.FOLDER / f'{name}.txt'
        if '--write' in sys.argv:
            golden.write_text(text)
        self.assertEqual(text, golden.read_text())

    def what_if(self, **parameters):
        """What `replay --conf` prints for the recorded configuration with these changes."""
        conf = Configuration(queues={QUEUE: {**SAME, **parameters}}).write(self.folder / 'other')
        printed = self.ringmaster('replay', str(self.data), '--conf', str(conf), '--in-time', '2')
        return printed.replace(str(conf), 'OTHER')

    @staticmethod
    def tables(printed):
        """The words of the queue's line under each of the three titles."""
        return [line.split() for line in printed.splitlines() if line.startswith(f'  {QUEUE}')]

    def test_why(self):
        for caller in CALLERS:
            with self.subTest(caller):
                self.compare(self.ringmaster('why', str(self.data), caller), f'why-{caller}')

    def test_the_journal_of_an_earlier_program_replays_alike_each_time(self):
        self.assertRegex(self.ringmaster('replay', str(self.data), '--verify'),
                         r'^\d+ records give the same \d+ commands again')

    def test_the_model_of_the_same_configuration_is_as_it_was(self):
        was, same, other = self.tables(self.what_if())

        # Calls, answered, abandoned, let go, waiting.
        self.assertEqual(was[1:6], ['4', '3', '1', '0', '0'])
        self.assertEqual(same[1:6], was[1:6])
        self.assertEqual(other, same)

    def test_another_configuration_makes_of_it_what_it_would_have(self):
        printed = self.what_if(**{'tier-rules-apply': 'false'})

        # Cat takes the second caller at once, and the third is served before patience ends.
        self.assertEqual(self.tables(printed)[2][1:6], ['4', '4', '0', '0', '0'])
        self.compare(printed, 'what-if')

    def test_a_configuration_with_faults_is_refused_with_file_and_line(self):
        conf = Configuration().write(self.folder / 'bad')
        broken = conf / 'autoload_configs' / 'callcenter.conf.xml'
        broken.write_text(broken.read_text().replace('</queues>', ''))

        ran = subprocess.run([binary(), 'replay', self.data, '--conf', conf], check=False,
                             capture_output=True, text=True, timeout=60)

        self.assertEqual((ran.returncode, ran.stdout), (2, ''))
        self.assertIn('callcenter.conf.xml:', ran.stderr)


if __name__ == '__main__':
    unittest.main(argv=[word for word in sys.argv if word != '--write'])
