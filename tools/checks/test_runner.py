"""Tests of running steps: order, counting, stopping at the first failure, the closing line."""

import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# A ./check with steps of its own around the real runner.
SCRIPT = '''#!/usr/bin/env bash
set -euo pipefail
cd "$(dirname "$0")"
logs=logs
source tools/checks/runner.sh
step_good() { echo "Ran 3 tests in 0s"; echo; echo OK; }
step_plain() { echo built; }
step_bad() { echo "4 passed, 2 failed"; false; echo "never reached"; }
if [[ $1 == --step ]]; then run_one_step "$2"; else run_steps "$@"; fi
'''


class Steps(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        (self.root / 'tools').symlink_to(ROOT / 'tools')
        (self.root / 'check').write_text(SCRIPT, encoding='utf-8')
        (self.root / 'check').chmod(0o755)

    def run_check(self, *words):
        return subprocess.run([str(self.root / 'check'), *words], text=True, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def test_the_last_line_is_the_sum_of_all_steps(self):
        done = self.run_check('good 5', 'plain 5')

        self.assertEqual(done.returncode, 0)
        self.assertEqual(done.stdout.splitlines()[-1], '4 passed, 0 failed')

    def test_the_first_failure_stops_and_is_shown(self):
        done = self.run_check('good 5', 'bad 5', 'plain 5')

        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stdout.splitlines()[-1], '7 passed, 2 failed')
        self.assertIn('  | 4 passed, 2 failed', done.stdout)
        self.assertNotIn('plain', done.stdout)
        self.assertNotIn('never reached', done.stdout)

    def test_no_other_line_looks_like_the_closing_one(self):
        done = self.run_check('bad 5')

        alone = [line for line in done.stdout.splitlines() if line.endswith(' failed')
                 and line[0].isdigit()]
        self.assertEqual(alone, ['4 passed, 2 failed'])

    def test_an_unknown_step_is_refused(self):
        self.assertEqual(self.run_check('--step', 'nothing').returncode, 2)


if __name__ == '__main__':
    unittest.main()
