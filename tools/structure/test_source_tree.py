"""Tests of reading sources: what counts as comment, as string, as code."""

import tempfile
import unittest
from pathlib import Path

from structure.source_tree import SourceFile, read_tree, strip_cpp, strip_hash_comments


class StripCpp(unittest.TestCase):
    def test_blanks_comments_and_the_inside_of_strings(self):
        cases = {
            'int a; // sleep(1)': 'int a;            ',
            'int /* now() */ b;': 'int             b;',
            'x = "rand()";': 'x = "      ";',
            "c = '\"'; // \"": "c = ' ';     ",
            'big = 1\'000\'000; // s': "big = 1'000'000;     ",
            'u = "http://x"; f();': 'u = "        "; f();',
        }
        for text, wanted in cases.items():
            with self.subTest(text):
                self.assertEqual(strip_cpp(text), wanted)

    def test_keeps_the_names_of_includes(self):
        self.assertEqual(strip_cpp('#include "base/ids.h"'), '#include "base/ids.h"')

    def test_a_raw_string_ends_at_its_own_delimiter(self):
        stripped = strip_cpp('a(R"x(one " )" two)x"); b();')

        self.assertIn('b();', stripped)
        self.assertNotIn('one', stripped)
        self.assertNotIn('two', stripped)

    def test_keeps_line_breaks_inside_block_comments(self):
        self.assertEqual(strip_cpp('/* a\nb */ c').count('\n'), 1)


class StripHashComments(unittest.TestCase):
    def test_blanks_comments_but_not_hashes_inside_strings_or_words(self):
        self.assertEqual(strip_hash_comments("a '#b' # c"), "a '#b'    ")
        self.assertEqual(strip_hash_comments('echo ${#list[@]}'), 'echo ${#list[@]}')


class Language(unittest.TestCase):
    def test_a_script_without_suffix_is_known_by_its_first_line(self):
        self.assertEqual(SourceFile('check', '#!/usr/bin/env bash\n').language, 'bash')
        self.assertEqual(SourceFile('tool', '#!/usr/bin/python3\n').language, 'python')
        self.assertEqual(SourceFile('LICENSE', 'Apache\n').language, '')


class ReadTree(unittest.TestCase):
    def test_leaves_out_build_output_and_run_time_data(self):
        with tempfile.TemporaryDirectory() as root:
            for name in ('src/a/b.h', 'build/x.cc', 'data/y.md', 'src/data/z.h', '.git/config'):
                path = Path(root, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text('// x\n', encoding='utf-8')

            self.assertEqual(sorted(read_tree(root).files), ['src/a/b.h', 'src/data/z.h'])


if __name__ == '__main__':
    unittest.main()
