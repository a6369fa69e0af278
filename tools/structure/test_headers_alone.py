"""Tests of compiling headers alone, with the real compiler."""

import tempfile
import unittest
from pathlib import Path

from structure import headers_alone
from structure.source_tree import read_tree, tree_of


class HeadersAlone(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        (self.root / 'src/a').mkdir(parents=True)
        self.cache = self.root / 'build/cache.json'

    def write(self, name, text):
        (self.root / 'src/a' / name).write_text(text, encoding='utf-8')

    def found(self):
        return [each.path for each in headers_alone.check(read_tree(self.root), self.cache)]

    def test_a_header_that_needs_an_include_before_it_is_reported(self):
        self.write('good.h', '// A.\n#pragma once\n#include <string>\ninline std::string f();\n')
        self.write('bad.h', '// A.\n#pragma once\ninline std::string g();\n')

        self.assertEqual(self.found(), ['src/a/bad.h'])
        self.assertEqual(self.found(), ['src/a/bad.h'], 'a failure is not remembered as passed')

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
