"""Tests of the include table and of the rules on includes."""

import unittest

from structure import include_rows, includes
from structure.source_tree import tree_of

TABLE = '''
folder base: | spdlog | expected
folder queue: base
folder sip: base | sofia
library fmt everywhere: fmt/*
library spdlog: spdlog/*
library sofia: sofia-sip/*
library expected: tl/*
library gtest in-tests: gtest/*
'''
CMAKE = '''
ringmaster_folder(base USES LIBRARIES spdlog)
ringmaster_folder(queue USES base)
ringmaster_folder(sip USES base
                  LIBRARIES sofia)
'''


def problems(files, table=TABLE, cmake=CMAKE):
    tree = tree_of({include_rows.TABLE_PATH: table, include_rows.CMAKE_PATH: cmake, **files})
    return [f'{each.path}:{each.line} {each.rule}' for each in includes.check(tree)]


class Rows(unittest.TestCase):
    def test_equal_tables_are_fine(self):
        self.assertEqual(problems({}), [])

    def test_a_difference_between_the_tables_is_reported(self):
        cases = {
            'a link too many': CMAKE.replace('(queue USES base)', '(queue USES base sip)'),
            'a library too few': CMAKE.replace('LIBRARIES spdlog', ''),
            'a folder missing': CMAKE.replace('ringmaster_folder(queue USES base)', ''),
            'a folder too many': CMAKE + 'ringmaster_folder(web USES base)\n',
        }
        for name, cmake in cases.items():
            with self.subTest(name):
                found = problems({}, cmake=cmake)
                self.assertEqual([each.split()[1] for each in found], ['include-table'])


class OwnIncludes(unittest.TestCase):
    def test_a_folder_may_include_itself_and_its_row(self):
        self.assertEqual(problems({
            'src/base/ids.h': '', 'src/queue/tier.h': '',
            'src/queue/line.h': '#include "base/ids.h"\n#include "queue/tier.h"\n'}), [])

    def test_a_folder_outside_the_row_is_reported_with_its_line(self):
        self.assertEqual(
            problems({'src/queue/line.h': '', 'src/base/ids.h': '\n#include "queue/line.h"\n'}),
            ['src/base/ids.h:2 include'])

    def test_a_name_that_does_not_start_at_src_is_reported(self):
        self.assertEqual(problems({'src/base/a.h': '', 'src/base/b.h': '#include "a.h"\n'}),
                         ['src/base/b.h:1 include'])

    def test_a_folder_without_a_row_is_reported(self):
        self.assertEqual(problems({'src/web/a.h': ''}), ['src/web/a.h:0 include-table'])


class Libraries(unittest.TestCase):
    def test_only_the_folders_of_the_row_include_a_library(self):
        cases = {
            ('src/sip/a.cc', 'sofia-sip/nta.h'): 0,
            ('src/queue/a.cc', 'sofia-sip/nta.h'): 1,
            ('src/queue/a.cc', 'fmt/format.h'): 0,
            ('src/base/a.h', 'tl/expected.hpp'): 0,
            ('src/queue/a.h', 'tl/expected.hpp'): 1,
            ('src/queue/a_test.cc', 'gtest/gtest.h'): 0,
            ('src/queue/a.cc', 'gtest/gtest.h'): 1,
            ('src/queue/a.cc', 'vector'): 0,
            ('src/queue/a.cc', 'boost/asio.hpp'): 1,
        }
        for (path, name), wanted in cases.items():
            with self.subTest(f'{path} {name}'):
                self.assertEqual(len(problems({path: f'#include <{name}>\n'})), wanted)


class Graph(unittest.TestCase):
    def test_a_circle_is_reported_once(self):
        found = problems({'src/base/a.h': '#include "base/b.h"\n',
                          'src/base/b.h': '#include "base/a.h"\n'})

        self.assertEqual(found, ['src/base/b.h:0 include-cycle'])

    def test_the_longest_chain_counts(self):
        chain = {f'src/base/h{i}.h': f'#include "base/h{i + 1}.h"\n' for i in range(11)}
        chain['src/base/h11.h'] = ''

        self.assertEqual(problems(chain), ['src/base/h0.h:0 include-depth'])

    def test_a_commented_include_does_not_count(self):
        self.assertEqual(problems({'src/base/a.h': '// #include "queue/x.h"\n'}), [])


if __name__ == '__main__':
    unittest.main()
