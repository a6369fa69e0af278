"""Tests of compiling headers alone, with the real compiler."""

import os
import shutil
import tempfile
import unittest
import unittest.mock
from pathlib import Path

from structure import headers_alone
from structure.source_tree import read_tree, tree_of


class HeadersAlone(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        (self.root / 'src/a').mkdir(parents=True)
        self.cache = self.root / 'cache'

    def write(self, name, text):
        (self.root / 'src/a' / name).write_text(text, encoding='utf-8')

    def found(self):
        return [each.path for each in headers_alone.check(read_tree(self.root), self.cache)]

    def test_a_header_that_needs_an_include_before_it_is_reported(self):
        self.write('good.h', '// A.\n#pragma once\n#include <string>\ninline std::string f();\n')
        self.write('bad.h', '// A.\n#pragma once\ninline std::string g();\n')

        self.assertEqual(self.found(), ['src/a/bad.h'])
        self.assertEqual(self.found(), ['src/a/bad.h'], 'a failure is not remembered as passed')

    def test_what_passed_in_one_clone_is_not_compiled_in_another(self):
        self.write('good.h', '// A.\n#pragma once\n')
        self.found()
        with tempfile.TemporaryDirectory() as other:
            shutil.copytree(self.root / 'src', Path(other) / 'src')
            with unittest.mock.patch.object(headers_alone, 'compile_alone') as compiler:
                headers_alone.check(read_tree(Path(other)), self.cache)

        compiler.assert_not_called()

    def test_what_nobody_asks_for_is_forgotten(self):
        self.write('good.h', '// A.\n#pragma once\n')
        self.found()
        old = self.cache / 'old'
        old.touch()
        os.utime(old, (0, 0))
        self.found()

        self.assertEqual(len(list(self.cache.iterdir())), 1)

    def test_the_digest_follows_what_the_header_includes(self):
        files = {'src/a/a.h': '#include "a/b.h"\n', 'src/a/b.h': 'int b;\n', 'src/a/c.h': ''}
        graph = {'src/a/a.h': ['src/a/b.h'], 'src/a/b.h': [], 'src/a/c.h': []}
        before = headers_alone.digest('src/a/a.h', graph, tree_of(files), '')
        files['src/a/c.h'] = 'int c;\n'
        unrelated = headers_alone.digest('src/a/a.h', graph, tree_of(files), '')
        files['src/a/b.h'] = 'int bb;\n'
        related = headers_alone.digest('src/a/a.h', graph, tree_of(files), '')

        self.assertEqual(before, unrelated)
        self.assertNotEqual(before, related)


if __name__ == '__main__':
    unittest.main()
