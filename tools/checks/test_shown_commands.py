"""Tests of looking for the commands that pages show."""

import importlib.util
import tempfile
import unittest
from importlib.machinery import SourceFileLoader
from pathlib import Path

PATH = str(Path(__file__).with_name('shown_commands'))
LOADER = SourceFileLoader('shown_commands', PATH)
shown_commands = importlib.util.module_from_spec(
    importlib.util.spec_from_loader('shown_commands', LOADER))
LOADER.exec_module(shown_commands)


class Problems(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        (self.root / 'run').write_text('--demo) ;;\n', encoding='utf-8')

    def test_commands_and_options_of_code_blocks_must_exist(self):
        cases = {
            '    ./run --demo   shows it': 0,
            '    ./run --fast': 1,
            '    ./walk': 1,
            '```\n./run --demo # and --more\n```': 0,
            '```\n./run --nothing\n```': 1,
            'Text with ./walk in it.': 0,
        }
        for text, wanted in cases.items():
            with self.subTest(text):
                self.assertEqual(len(list(shown_commands.problems(text, self.root))), wanted)


if __name__ == '__main__':
    unittest.main()
