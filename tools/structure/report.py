"""What a rule finds, and the list of exceptions that may excuse it."""

from dataclasses import dataclass
from fnmatch import fnmatchcase


@dataclass(frozen=True, order=True)
class Violation:
    """One broken rule at one place. `line` 0 means the file as a whole."""
    path: str
    line: int
    rule: str
    text: str

    def __str__(self):
        return f'{self.path}:{max(self.line, 1)}: [{self.rule}] {self.text}'


@dataclass(frozen=True)
class Permit:
    """One row of the exceptions: `rule  path-pattern  reason`."""
    rule: str
    pattern: str
    reason: str
    line: int

    def excuses(self, violation):
        return self.rule == violation.rule and fnmatchcase(violation.path, self.pattern)


def read_permits(text, path='tools/structure/exceptions.txt'):
    """The permits of an exceptions file, and a violation for each row without a reason."""
    permits, bad = [], []
    for number, row in enumerate(text.splitlines(), start=1):
        words = row.split(None, 2)
        if not words or words[0].startswith('#'):
            continue
        if len(words) < 3:
            bad.append(Violation(path, number, 'exceptions', 'wanted: rule, path, reason'))
        else:
            permits.append(Permit(*words, number))
    return permits, bad


def excuse(violations, permits, path='tools/structure/exceptions.txt'):
    """Drops what a permit excuses; a permit that excuses nothing is a violation itself."""
    used = set()
    kept = []
    for violation in violations:
        permit = next((each for each in permits if each.excuses(violation)), None)
        if permit is None:
            kept.append(violation)
        else:
            used.add(permit)
    stale = [Violation(path, each.line, 'exceptions',
                       f'no longer needed: {each.rule} {each.pattern}')
             for each in permits if each not in used]
    return kept + stale
