"""Tests of counting: what ./check takes for passed and failed in the logs of its steps."""

import subprocess
import unittest
from pathlib import Path

PROGRAM = Path(__file__).with_name('count.awk')

GTEST_GOOD = '[==========] 12 tests from 3 test suites ran. (5 ms total)\n[  PASSED  ] 12 tests.\n'
GTEST_BAD = ('[  PASSED  ] 10 tests.\n[  FAILED  ] 2 tests, listed below:\n[  FAILED  ] A.B\n'
             '[  FAILED  ] A.C\n\n 2 FAILED TESTS\n')

# What it is, the log, the step's exit status, and what has to come out.
CASES = (
    ('no tests, all is well', 'built\n', 0, '1 0'),
    ('no tests, something failed', 'error\n', 2, '0 1'),
    ('GoogleTest', GTEST_GOOD, 0, '12 0'),
    ('GoogleTest with failures', GTEST_BAD, 1, '10 2'),
    ('GoogleTest of one test', '[  PASSED  ] 1 test.\n', 0, '1 0'),
    ('a crash before the sums', '[ RUN      ] A.B\n', 134, '0 1'),
    ('a crash after some sums', GTEST_GOOD, 134, '12 1'),
    ('unittest', 'Ran 7 tests in 0.1s\n\nOK\n', 0, '7 0'),
    ('unittest with skipped ones', 'Ran 7 tests in 0.1s\n\nOK (skipped=1)\n', 0, '7 0'),
    ('unittest with failures', 'Ran 7 tests in 0.1s\n\nFAILED (failures=1, errors=2)\n', 1, '4 3'),
    ('two runs of unittest', 'Ran 7 tests in 0s\n\nOK\nRan 2 tests in 0s\n\nOK\n', 0, '9 0'),
    ('a runner of ours', 'PASS x\n41 passed, 0 failed\n', 0, '41 0'),
    ('the same words inside a line', 'said: 41 passed, 3 failed\n', 0, '1 0'),
)


class Counts(unittest.TestCase):
    def test_each_runner_is_counted_in_its_own_words(self):
        for name, log, status, wanted in CASES:
            with self.subTest(name):
                done = subprocess.run(['awk', '-v', f'status={status}', '-f', str(PROGRAM)],
                                      input=log, text=True, stdout=subprocess.PIPE, check=True)
                self.assertEqual(done.stdout.strip(), wanted)


if __name__ == '__main__':
    unittest.main()
