"""Tests of the rules on comments, titles and links."""

import unittest

from structure import prose
from structure.source_tree import SourceFile, tree_of


def rules(files):
    return [each.rule for each in prose.check(tree_of(files))]


class Openings(unittest.TestCase):
    def test_headers_modules_and_scripts_begin_by_saying_what_they_are(self):
        cases = {
            ('src/a/a.h', '// A line.\n#pragma once\n'): [],
            ('src/a/a.h', '#pragma once\n// A.\n'): ['opening'],
            ('tools/a.py', '"""A module."""\n'): [],
            ('tools/a.py', 'import os\n'): ['opening'],
            ('tools/__init__.py', ''): [],
            ('run', '#!/usr/bin/env bash\n# Runs.\n'): [],
            ('run', '#!/usr/bin/env bash\nset -e\n'): ['opening'],
        }
        for (path, text), wanted in cases.items():
            with self.subTest(f'{path}: {text}'):
                self.assertEqual(rules({path: text}), wanted)


class CommentShare(unittest.TestCase):
    def test_the_headers_of_a_folder_count_together(self):
        bare = '// A.\n' + 'int a;\n' * 9
        told = '// A.\n' * 5 + 'int a;\n' * 2

        self.assertEqual(rules({'src/a/a.h': bare}), ['comment-share'])
        self.assertEqual(rules({'src/a/a.h': bare, 'src/a/b.h': told}), [])

    def test_a_comment_behind_code_counts(self):
        header = SourceFile('a.h', 'int a;  // Seconds.\n\nint b;\n')

        self.assertEqual(prose.comment_share([header]), (1, 2))


class Markdown(unittest.TestCase):
    def test_exactly_one_title(self):
        self.assertEqual(rules({'a.md': '# One\n\n## Two\n'}), [])
        self.assertEqual(rules({'a.md': '# One\n\n# Two\n'}), ['title'])
        self.assertEqual(rules({'a.md': 'Text.\n'}), ['title'])

    def test_a_hash_in_a_code_block_is_no_title(self):
        self.assertEqual(rules({'a.md': '# One\n\n```\n# comment\n```\n'}), [])

    def test_links_lead_somewhere(self):
        cases = {
            '[b](docs/b.md)': [], '[b](docs/b.md#two-words)': [], '[w](https://example.org/x)': [],
            '[top](#one)': [], '[b](docs/c.md)': ['link'], '[b](docs/b.md#three)': ['link'],
            '![p](docs/p.svg)': ['link'], '[out](../../x.md)': ['link'], '`[b](no.md)`': [],
        }
        for link, wanted in cases.items():
            with self.subTest(link):
                files = {'a.md': f'# One\n\n{link}\n', 'docs/b.md': '# B\n\n## Two `words`\n'}
                self.assertEqual(rules(files), wanted)


if __name__ == '__main__':
    unittest.main()
