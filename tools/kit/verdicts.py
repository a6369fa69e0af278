"""What the kit's runner printed, as verdicts per case, and which of them count as failures here."""

from dataclasses import dataclass, field

# Cases that take a list in the very moment its last events are on their way: the original needs
# some milliseconds more for them than we do. Value: the lines that may be there too
# (tests/conformance-differences.md).
EARLY_EVENTS = {
    'd-on-demand': {'agent-state-change | a1 | In a queue call'},
    'h-login-logout': {'agent-status-get | a1 | Logged Out'},
}


@dataclass
class Verdict:
    """PASS, FAIL or DECIDED about one case, and the lines below it."""
    word: str
    case: str
    lines: list = field(default_factory=list)


def verdicts_of(printed):
    """The verdicts in what the runner printed, in its order."""
    verdicts = []
    for line in printed.splitlines():
        word, _, rest = line.partition(' ')
        if word in ('PASS', 'FAIL', 'DECIDED') and rest:
            verdicts.append(Verdict(word, rest.split()[0]))
        elif line.startswith('    ') and verdicts:
            verdicts[-1].lines.append(line)
    return verdicts


def only_early_events(verdict):
    """Whether a failed case saw nothing else than events that may come early."""
    changed = [line.strip() for line in verdict.lines
               if line.startswith(' ' * 10) and line.strip()[:2] in ('+ ', '- ')]
    may_come = {'+ ' + event for event in EARLY_EVENTS.get(verdict.case, ())}
    stopped = any(line.strip().startswith('stopped:') for line in verdict.lines)
    return bool(changed) and not stopped and may_come.issuperset(changed)


def failures(verdicts):
    """The names of the cases that failed, in their order."""
    return [verdict.case for verdict in verdicts
            if verdict.word == 'FAIL' and not only_early_events(verdict)]
