"""Tests of the exceptions list."""

import unittest

from structure.report import Violation, excuse, read_permits


class Permits(unittest.TestCase):
    def test_a_permit_excuses_its_rule_in_its_files_only(self):
        permits, bad = read_permits('# comment\n\nthread src/base/*.h  Threads meet here.\n')
        here = Violation('src/base/inbox.h', 3, 'thread', 'x')
        other_rule = Violation('src/base/inbox.h', 3, 'clock', 'x')
        elsewhere = Violation('src/queue/a.h', 3, 'thread', 'x')

        self.assertEqual(bad, [])
        self.assertEqual(excuse([here, other_rule, elsewhere], permits), [other_rule, elsewhere])

    def test_a_permit_without_a_reason_is_refused(self):
        permits, bad = read_permits('thread src/base/inbox.h\n')

        self.assertEqual(permits, [])
        self.assertEqual(len(bad), 1)

    def test_a_permit_that_excuses_nothing_is_reported(self):
        permits, _ = read_permits('thread src/gone.h  It was needed once.\n')

        self.assertEqual([each.rule for each in excuse([], permits)], ['exceptions'])


if __name__ == '__main__':
    unittest.main()
