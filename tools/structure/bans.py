"""Banned calls and names, as a table: a pattern, where it holds, and why."""

import re
from dataclasses import dataclass

from structure.report import Violation

PURE = ('src/queue/', 'src/call/', 'src/dialplan/', 'src/api/', 'src/core/')
UNLOCKED = (*PURE, 'src/base/', 'src/config/')
TESTED = ('tests/', 'sim/', 'demo/')
EVERYWHERE = ('',)


@dataclass(frozen=True)
class Ban:
    """`where` are beginnings of paths. `reads` is 'code' (without comments) or 'text' (all)."""

    rule: str
    pattern: str
    where: tuple
    why: str
    languages: tuple = ('c++',)
    reads: str = 'code'
    tests_too: bool = False
    except_in: str = ''  # Text that matches this is not looked at.


BANS = (
    Ban('clock', r'\b(?:steady_clock|system_clock|high_resolution_clock|file_clock)\b', PURE,
        'the core is given the time (design.md §1)'),
    Ban('clock', r'(?<![\w.>:])time\s*\(\s*(?:nullptr|NULL|0|&)|std::time\b'
                 r'|\b(?:gettimeofday|clock_gettime|localtime_r?|gmtime_r?|strftime)\b', PURE,
        'the core is given the time (design.md §1)'),
    Ban('random', r'(?<![\w.>:])s?rand\s*\(|std::s?rand\b|\b(?:mt19937\w*|drand48)\b'
                  r'|\buniform_\w+_distribution\b|std::shuffle\b', ('src/',),
        'draw from base::Random, which is the same everywhere'),
    Ban('random', r'\brandom_device\b|\bgetrandom\b', (*PURE, 'src/base/'),
        'draw from base::Random, whose seed is part of the state'),
    Ban('sleep', r'\bsleep_(?:for|until)\b|(?<![\w.>])(?:u|nano)?sleep\s*\(', ('src/',),
        'wait for an event or a deadline', tests_too=True),
    Ban('thread', r'std::(?:jthread|thread|async|future|promise|atomic\w*|condition_variable\w*'
                  r'|(?:recursive_|shared_|timed_)*mutex|lock_guard|unique_lock|scoped_lock'
                  r'|shared_lock|call_once|once_flag)\b|\bthread_local\b', UNLOCKED,
        'this folder has no threads and no locks (style B6)'),
    Ban('io', r'#\s*include\s*<(?:iostream|fstream|cstdio|stdio\.h|filesystem|sys/\w+\.h'
              r'|netinet/\w+\.h|unistd\.h|fcntl\.h)>|\b[fs]?n?printf\s*\(|std::(?:cout|cerr|clog)\b'
              r'|\bgetenv\b', PURE, 'the core does no input and no output'),
    Ban('log', r'#\s*include\s*"base/log\.h"|spdlog', PURE,
        'the core does not log: what it has to say leaves as a command'),
    Ban('printf', r'(?<![\w.>:])(?:std::)?v?(?:printf|sprintf)\s*\(', ('src/',),
        'format with fmt, log with base/log.h'),
    Ban('unordered', r'\bunordered_(?:multi)?(?:map|set)\b', PURE,
        'no decision may depend on hash order'),
    Ban('float', r'\b(?:float|double)\b', PURE, 'no floating point in decisions'),
    Ban('exception', r'\bthrow\b|\bcatch\s*\(|\btry\s*\{', (*PURE, 'src/base/'),
        'errors are values (style B5)'),
    Ban('raw-new', r'(?<!\w)new\s+[\w(:]|(?<!operator )\bdelete\b\s*(?:\[\s*\]\s*)?[\w(*]',
        ('src/', 'sim/'), 'values first, std::unique_ptr second',
        # A private constructor is out of reach for std::make_unique.
        except_in=r'unique_ptr<[\w:]*>\s*\w*\s*\(\s*new\b'),
    Ban('using-namespace', r'^using\s+namespace\b', ('src/', 'sim/'), 'name what you use'),
    Ban('name', r'\b(?:class|struct)\s+\w*(?:Manager|Helper|Utils?)\b', EVERYWHERE,
        'say what it does: Manager, Helper and Util do not', tests_too=True),
    Ban('name', r'^\s*class\s+\w*(?:Manager|Helper|Utils?)\b', EVERYWHERE,
        'say what it does: Manager, Helper and Util do not', ('python',), tests_too=True),
    Ban('fixme', r'\bFIXME\b|\bXXX\b|\bHACK\b', EVERYWHERE, 'open an issue and write TODO(#n)',
        ('c++', 'python', 'bash', 'markdown'), 'text', tests_too=True),
    Ban('todo', r'\bTODO\b(?!\(#\d+\))', EVERYWHERE, 'write TODO(#issue)',
        ('c++', 'python', 'bash'), 'text', tests_too=True),
    Ban('nolint', r'\bNOLINT(?:NEXTLINE|BEGIN|END)?\b(?!\()', EVERYWHERE,
        'name the check: NOLINT(check-name)', ('c++',), 'text', tests_too=True),
    Ban('sleep', r'\bsleep_(?:for|until)\b|\b(?:u|nano)?sleep\s*\(', TESTED,
        'tests wait for an event', tests_too=True),
    Ban('sleep', r'\btime\.sleep\b|\basyncio\.sleep\b', (*TESTED, 'tools/'),
        'tests wait for an event', ('python',), tests_too=True),
    Ban('sleep', r'(?<![\w-])sleep\s+[0-9.$"]', EVERYWHERE, 'wait for an event', ('bash',),
        tests_too=True),
    Ban('broad-kill', r'\b(?:pkill|killall)\b|\bkill\s+(?:-\w+\s+)?-1\b', EVERYWHERE,
        'end processes by the id that was noted when they were started', ('python', 'bash'),
        tests_too=True),
)


def check(tree, bans=BANS):
    """All violations of the table, and file names that say nothing."""
    found = []
    for ban in bans:
        pattern = re.compile(ban.pattern, re.MULTILINE)
        for language in ban.languages:
            for file in tree.of(language):
                if file.path.startswith(ban.where) and (ban.tests_too or not file.is_test):
                    found += _matches(file, ban, pattern)
    return sorted(set(found)) + check_file_names(tree)


def _matches(file, ban, pattern):
    text = file.code if ban.reads == 'code' else file.text
    if ban.except_in:
        text = re.sub(ban.except_in, lambda match: re.sub(r'[^\n]', ' ', match.group(0)), text)
    return [Violation(file.path, file.line_of(match.start()), ban.rule,
                      f'{" ".join(match.group(0).split())}: {ban.why}')
            for match in pattern.finditer(text)]


def check_file_names(tree):
    bad = re.compile(r'(?:^|[_/])(?:manager|helpers?|utils?|misc|common)\.\w+$')
    return [Violation(path, 0, 'name', 'say what is in it') for path in sorted(tree.files)
            if bad.search(path)]
