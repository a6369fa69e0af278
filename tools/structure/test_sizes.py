"""Tests of the limits."""

import unittest

from structure import limits, sizes
from structure.source_tree import tree_of


def rules(files):
    return [each.rule for each in sizes.check(tree_of(files))]


class Sizes(unittest.TestCase):
    def test_what_is_exactly_at_its_limit_passes(self):
        body = '  g();\n' * (limits.FUNCTION_LINES - 2)
        self.assertEqual(rules({'src/a/a.cc': f'void f() {{\n{body}}}\n'}), [])
        self.assertEqual(rules({'src/a/a.h': '\n' * limits.FILE_LINES}), [])
        self.assertEqual(rules({'src/a/a.h': 'x' * limits.LINE_COLUMNS}), [])

    def test_one_more_than_the_limit_is_reported(self):
        body = '  g();\n' * (limits.FUNCTION_LINES - 1)
        members = '  int a;\n' * (limits.CLASS_LINES - 1)
        cases = {
            'function-size': {'src/a/a.cc': f'void f() {{\n{body}}}\n'},
            'file-size': {'src/a/a.h': '\n' * (limits.FILE_LINES + 1)},
            'line-length': {'src/a/a.h': 'x' * (limits.LINE_COLUMNS + 1)},
            'class-size': {'src/a/a.h': f'class A {{\n{members}}};\n'},
            'parameters': {'src/a/a.cc': 'void f(int a, int b, int c, int d, int e, int g) {}'},
            'blank-end': {'tools/a.py': '"""A."""  \n'},
            'syntax': {'tools/a.py': 'def f(:\n'},
        }
        for rule, files in cases.items():
            with self.subTest(rule):
                self.assertEqual(rules(files), [rule])

    def test_text_columns_are_characters_not_bytes(self):
        self.assertEqual(rules({'src/a/a.h': '// ' + 'ö' * 97}), [])


if __name__ == '__main__':
    unittest.main()
