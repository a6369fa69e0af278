"""`ringmaster check` on a directory as people bring it (tests/migration/vine, a fictional company).

What it prints is compared with tests/migration/vine.txt. When it is meant to change:

    python3 -m tests.integration.test_migration --write
"""
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from .configuration import Configuration
from .server import ROOT, binary
from .test_configuration import edit

FOLDER = ROOT / 'tests' / 'migration'
OK, CANNOT_WORK, USAGE = 0, 2, 64


def check(*arguments):
    """Returns: exit code and output of `ringmaster check`, with paths below the checkout."""
    ran = subprocess.run([binary(), 'check', *arguments], capture_output=True, text=True,
                         check=False, timeout=60, cwd=ROOT)
    return ran.returncode, ran.stdout.replace(f'{ROOT}/', '')


class Migration(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix='ringmaster-')
        self.addCleanup(folder.cleanup)
        self.conf = Configuration().write(Path(folder.name) / 'conf')

    def test_a_tree_of_a_company_is_told_line_by_line(self):
        code, printed = check('tests/migration/vine/conf')
        golden = FOLDER / 'vine.txt'
        if '--write' in sys.argv:
            golden.write_text(printed)
        self.assertEqual(printed, golden.read_text())
        self.assertEqual(code, CANNOT_WORK)

    def test_what_only_has_warnings_is_fine(self):
        place = edit(self.conf, 'dialplan/default.xml', '<action application="callcenter"',
                     '<action application="hash" data="x"/><action application="callcenter"')
        code, printed = check(str(self.conf))
        self.assertIn(f'{place}: warning: extension support: application hash', printed)
        self.assertRegex(printed, r': 0 errors, 1 warnings, .* the server starts with it\n$')
        self.assertEqual(code, OK)

    def test_an_extension_whose_queue_is_not_there_cannot_work(self):
        place = edit(self.conf, 'dialplan/default.xml', 'data="support@default"',
                     'data="suport@default"')
        code, printed = check(str(self.conf))
        self.assertIn(f'{place}: error: extension support cannot work: there is no queue '
                      '"suport@default" (did you mean support@default?)', printed)
        self.assertIn('the server starts with it', printed)
        self.assertEqual(code, CANNOT_WORK)

    def test_what_the_server_refuses_is_told_as_such(self):
        edit(self.conf, 'dialplan/default.xml', '"^7000$"', '"^(7000$"')
        code, printed = check(str(self.conf))
        self.assertIn('the server refuses it', printed)
        self.assertEqual(code, CANNOT_WORK)

    def test_a_directory_that_is_not_there_is_wrong_usage(self):
        self.assertEqual(check(str(self.conf / 'nothing'))[0], USAGE)


if __name__ == '__main__':
    unittest.main(argv=[word for word in sys.argv if word != '--write'])
