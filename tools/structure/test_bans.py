"""Tests of the table of bans: each row bites, and leaves innocent neighbours alone."""

import unittest

from structure import bans
from structure.source_tree import tree_of

# (path, text, rule that must find it, or None)
CASES = (
    ('src/queue/a.cc', 'auto t = std::chrono::steady_clock::now();', 'clock'),
    ('src/queue/a.cc', 'auto t = time(nullptr);', 'clock'),
    ('src/queue/a.cc', 'auto t = member.joined_time(x);', None),
    ('src/queue/a.cc', 'auto t = event.time();', None),
    ('src/queue/a.cc', '// std::chrono::steady_clock::now() is not read here', None),
    ('src/sip/a.cc', 'auto t = std::chrono::steady_clock::now();', None),
    ('src/core/a.cc', 'int i = rand();', 'random'),
    ('src/core/a.cc', 'int i = grand();', None),
    ('src/media/a.cc', 'std::mt19937 generator;', 'random'),
    ('src/media/a.cc', 'std::random_device seed;', None),
    ('src/queue/a.cc', 'std::random_device seed;', 'random'),
    ('src/queue/a.cc', 'Draft& time(std::string_view header);', None),
    ('src/sip/a.cc', 'return std::unique_ptr<A>(\n    new A(b));', None),
    ('src/media/a.cc', 'std::this_thread::sleep_for(1ms);', 'sleep'),
    ('src/media/a_test.cc', 'std::this_thread::sleep_for(1ms);', 'sleep'),
    ('src/call/a.h', 'std::mutex mutex_;', 'thread'),
    ('src/store/a.h', 'std::mutex mutex_;', None),
    ('src/api/a.cc', '#include <iostream>', 'io'),
    ('src/api/a.cc', 'snprintf(buffer, 4, "%d", 3);', 'io'),
    ('src/sip/a.cc', 'std::printf("x");', 'printf'),
    ('src/dialplan/a.cc', '#include "base/log.h"', 'log'),
    ('src/queue/a.h', 'std::unordered_map<int, int> x;', 'unordered'),
    ('src/queue/a.h', 'double score = 0;', 'float'),
    ('src/queue/a.h', 'int doubled = 0;', None),
    ('src/queue/a_test.cc', 'double score = 0;', None),
    ('src/call/a.cc', 'throw Problem();', 'exception'),
    ('src/call/a.cc', 'try {', 'exception'),
    ('src/sip/a.cc', 'auto* x = new Thing();', 'raw-new'),
    ('src/sip/a.cc', 'delete thing;', 'raw-new'),
    ('src/sip/a.cc', 'delete_(3);', None),
    ('src/sip/a.h', 'A(const A&) = delete;', None),
    ('src/sip/a.cc', 'int renew = 3; bool new_agent = f(x);', None),
    ('src/sip/a.cc', 'using namespace std;', 'using-namespace'),
    ('src/sip/a.h', 'class CallManager {', 'name'),
    ('src/sip/a.h', 'class UtilizationReport {', None),
    ('tools/a.py', 'class SipHelper:', 'name'),
    ('src/sip/a.cc', '// FIXME: later', 'fixme'),
    ('src/sip/a.cc', '// TODO: later', 'todo'),
    ('src/sip/a.cc', '// TODO(#12): later', None),
    ('src/sip/a.cc', 'f();  // NOLINT', 'nolint'),
    ('src/sip/a.cc', 'f();  // NOLINT(bugprone-branch-clone)', None),
    ('tests/integration/a.py', 'time.sleep(1)', 'sleep'),
    ('tests/run.sh', 'sleep 1', 'sleep'),
    ('tests/run.sh', 'echo no-sleep 1', None),
    ('tools/a.sh', 'pkill -f ringmaster', 'broad-kill'),
    ('tools/a.sh', 'kill "$server"', None),
)


class Table(unittest.TestCase):
    def test_each_case_is_found_by_its_rule_or_by_none(self):
        for path, text, rule in CASES:
            with self.subTest(f'{path}: {text}'):
                found = {each.rule for each in bans.check(tree_of({path: text + '\n'}))}
                self.assertEqual(found, {rule} if rule else set())

    def test_every_row_has_a_case(self):
        self.assertEqual({ban.rule for ban in bans.BANS}, {case[2] for case in CASES} - {None})

    def test_the_line_is_that_of_the_match(self):
        found = bans.check(tree_of({'src/queue/a.cc': '\n\nfloat f;\n'}))

        self.assertEqual([each.line for each in found], [3])


class FileNames(unittest.TestCase):
    def test_names_that_say_nothing_are_reported(self):
        tree = tree_of({'src/sip/utils.h': '', 'src/sip/string_helper.cc': '', 'src/sip/via.h': ''})

        self.assertEqual(len(bans.check_file_names(tree)), 2)


if __name__ == '__main__':
    unittest.main()
