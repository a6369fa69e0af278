"""The include table: which folder of src/ may use which, and which libraries. Kept twice on
purpose: as the links of CMakeLists.txt and as include_table.txt; this module compares the two."""

import re
from dataclasses import dataclass, field

from structure.report import Violation

TABLE_PATH = 'tools/structure/include_table.txt'
CMAKE_PATH = 'CMakeLists.txt'


@dataclass
class Row:
    """What one folder may include. `line` is where the row stands."""
    uses: tuple = ()
    libraries: tuple = ()
    header_only: tuple = ()  # Libraries that need no linking, so CMakeLists.txt is silent on them.
    line: int = 0


@dataclass
class Table:
    rows: dict = field(default_factory=dict)
    headers_of: dict = field(default_factory=dict)  # library → patterns of its include names
    everywhere: set = field(default_factory=set)  # Libraries that every folder may include.
    in_tests: set = field(default_factory=set)    # Libraries that the tests of any folder may.

    def may_include(self, folder, library):
        row = self.rows[folder]
        return library in self.everywhere or library in row.libraries + row.header_only


def read_table(text):
    """Parses include_table.txt, whose own opening says how its rows look."""
    table = Table()
    for number, raw in enumerate(text.splitlines(), start=1):
        kind, _, rest = raw.split('#')[0].strip().partition(' ')
        if not kind:
            continue
        name, _, columns = rest.partition(':')
        if kind == 'folder':
            lists = [tuple(column.split()) for column in columns.split('|')]
            table.rows[name.strip()] = Row(*lists, *[()] * (3 - len(lists)), number)
        else:
            name, *where = name.split()
            table.headers_of[name] = tuple(columns.split())
            if 'everywhere' in where:
                table.everywhere.add(name)
            if 'in-tests' in where:
                table.in_tests.add(name)
    return table


def read_cmake(text):
    """The rows that CMakeLists.txt links: its calls of ringmaster_folder(…)."""
    rows = {}
    for match in re.finditer(r'^ringmaster_folder\(([^)]*)\)', text, re.MULTILINE):
        words = match.group(1).split()
        lists = {'USES': [], 'LIBRARIES': []}
        current = None
        for word in words[1:]:
            if word in lists:
                current = lists[word]
            elif current is not None:
                current.append(word)
        line = text.count('\n', 0, match.start()) + 1
        rows[words[0]] = Row(tuple(lists['USES']), tuple(lists['LIBRARIES']), line=line)
    return rows


def compare(table, cmake_rows):
    """Violations where the two tables differ."""
    found = []
    for name in sorted(set(table.rows) | set(cmake_rows)):
        ours, theirs = table.rows.get(name), cmake_rows.get(name)
        if ours is None:
            found.append(Violation(CMAKE_PATH, theirs.line, 'include-table',
                                   f'folder {name} has no row in {TABLE_PATH}'))
        elif theirs is None:
            found.append(Violation(TABLE_PATH, ours.line, 'include-table',
                                   f'folder {name} is not in {CMAKE_PATH}'))
        else:
            found += _compare_row(name, ours, theirs)
    return found


def _compare_row(name, ours, theirs):
    found = []
    for what in ('uses', 'libraries'):
        here, there = set(getattr(ours, what)), set(getattr(theirs, what))
        if here != there:
            found.append(Violation(
                CMAKE_PATH, theirs.line, 'include-table',
                f'{name} {what}: CMake has {sorted(there)}, {TABLE_PATH} has {sorted(here)}'))
    return found
