"""Tests of reading llvm-cov's export: which branches count, and which were never taken."""

import unittest

from checks import branch_coverage

JOIN = '../../src/queue/join.cc'
CHECK = '../../src/base/check.h'


def function(filenames, *branches):
    """One record; a branch is (line, times true, times false, index of its file)."""
    return {'filenames': filenames,
            'branches': [[line, 3, line, 9, true, false, file, 0, 4]
                         for line, true, false, file in branches]}


def export(*functions):
    """What llvm-cov says of these functions."""
    return {'functions': functions, 'files': []}


class Branches(unittest.TestCase):
    def test_an_outcome_that_never_came_is_listed_with_its_line(self):
        branches = branch_coverage.branches_of(export(function([JOIN], (7, 5, 0, 0))))

        self.assertEqual(branch_coverage.never_taken(branches),
                         ['src/queue/join.cc:7:3: the condition is never false'])
        self.assertEqual(branch_coverage.branch_counts(branches), {'src/queue/join.cc': (1, 2)})

    def test_copies_of_one_function_take_branches_together(self):
        branches = branch_coverage.branches_of(
            export(function([JOIN], (7, 5, 0, 0)), function([JOIN], (7, 0, 2, 0))))

        self.assertEqual(branch_coverage.branch_counts(branches), {'src/queue/join.cc': (2, 2)})

    def test_the_inside_of_check_does_not_count(self):
        branches = branch_coverage.branches_of(export(function([JOIN, CHECK], (16, 5, 0, 1))))

        self.assertEqual(branch_coverage.branch_counts(branches), {})

    def test_no_other_macro_is_left_out(self):
        with self.assertRaises(ValueError):
            branch_coverage.branches_of(
                export(function([JOIN, '../../src/base/text.h'], (16, 5, 0, 1))))

    def test_tests_and_other_folders_do_not_count(self):
        branches = branch_coverage.branches_of(
            export(function(['../../src/queue/names_test.cc'], (7, 5, 0, 0)),
                   function(['../../src/base/text.cc'], (7, 5, 0, 0))))

        self.assertEqual(branch_coverage.branch_counts(branches), {})

    def test_a_share_is_never_rounded_up(self):
        self.assertEqual(branch_coverage.share(9499, 10000), '94.9 %')
        self.assertFalse(branch_coverage.reaches(9499, 10000, 95))
        self.assertTrue(branch_coverage.reaches(95, 100, 95))


if __name__ == '__main__':
    unittest.main()
