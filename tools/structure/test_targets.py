"""Tests of the rules on unused files, run bits and imports."""

import json
import tempfile
import unittest
from pathlib import Path

from structure import targets
from structure.source_tree import SourceFile, SourceTree, tree_of


class RunBits(unittest.TestCase):
    def test_a_script_and_only_a_script_can_be_run(self):
        tree = SourceTree(Path('/nowhere'), {
            'good': SourceFile('good', '#!/bin/bash\n', executable=True),
            'forgotten': SourceFile('forgotten', '#!/bin/bash\n', executable=False),
            'text': SourceFile('text', 'words\n', executable=True)})

        self.assertEqual([each.path for each in targets.check_run_bits(tree)],
                         ['forgotten', 'text'])


class PythonImports(unittest.TestCase):
    def test_the_standard_library_and_our_own_modules_are_allowed(self):
        tree = tree_of({'tools/phones/rtp.py': '', 'tools/a.py':
                        'import os.path\nfrom phones import rtp\nfrom . import x\nimport numpy\n'})

        self.assertEqual([(each.path, each.line) for each in targets.check_python_imports(tree)],
                         [('tools/a.py', 4)])


class UnusedHeaders(unittest.TestCase):
    def test_a_header_that_nobody_includes_is_reported(self):
        tree = tree_of({'src/a/used.h': '', 'src/a/lost.h': '',
                        'src/a/a.cc': '#include "a/used.h"\n'})

        self.assertEqual([each.path for each in targets.check_unused_headers(tree)],
                         ['src/a/lost.h'])


class Built(unittest.TestCase):
    def test_a_source_outside_every_database_is_reported(self):
        with tempfile.TemporaryDirectory() as root:
            database = Path(root, 'compile_commands.json')
            rows = [{'directory': root, 'file': 'src/a/a.cc'}]
            database.write_text(json.dumps(rows), encoding='utf-8')
            tree = tree_of({'src/a/a.cc': '', 'src/a/b.cc': '', 'tests/fuzz/sdp_fuzz.cc': ''}, root)

            self.assertEqual([each.path for each in targets.check_built(tree, [database])],
                             ['src/a/b.cc'])


if __name__ == '__main__':
    unittest.main()
