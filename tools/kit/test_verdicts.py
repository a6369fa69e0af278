"""Tests of reading what the conformance kit's runner printed."""

import unittest

from kit import verdicts

EARLY = '''PASS d-wrap-up
FAIL d-on-demand
    /short: want 2 elements, got 3
            agent-offering | a1 | 6002
            bridge-agent-start | a1 | 6002
          + agent-state-change | a1 | In a queue call
DECIDED a-tier (the same for tier states)
    /api[27]/out: text differs
          - plain1@default|x2@default|offering|3|1
2 differ by decision: a-agent-set a-tier
'''


class Verdicts(unittest.TestCase):
    def test_each_case_has_its_word_and_the_lines_below_it(self):
        read = verdicts.verdicts_of(EARLY)

        self.assertEqual([(v.word, v.case, len(v.lines)) for v in read],
                         [('PASS', 'd-wrap-up', 0), ('FAIL', 'd-on-demand', 4),
                          ('DECIDED', 'a-tier', 2)])

    def test_an_event_that_may_come_early_is_no_failure(self):
        self.assertEqual(verdicts.failures(verdicts.verdicts_of(EARLY)), [])

    def test_the_same_event_in_another_case_is_one(self):
        printed = EARLY.replace('d-on-demand', 'd-busy')

        self.assertEqual(verdicts.failures(verdicts.verdicts_of(printed)), ['d-busy'])

    def test_another_difference_beside_it_is_one(self):
        printed = EARLY.replace('            bridge-agent-start', '          - bridge-agent-start')

        self.assertEqual(verdicts.failures(verdicts.verdicts_of(printed)), ['d-on-demand'])

    def test_a_case_that_stopped_is_one(self):
        printed = EARLY.replace('    /short', '    stopped: TimeoutError: no event\n    /short')

        self.assertEqual(verdicts.failures(verdicts.verdicts_of(printed)), ['d-on-demand'])

    def test_a_difference_without_changed_lines_is_one(self):
        self.assertEqual(verdicts.failures(verdicts.verdicts_of(
            'FAIL d-on-demand\n    /offers_while_idle: want 1, got 2\n')), ['d-on-demand'])


if __name__ == '__main__':
    unittest.main()
