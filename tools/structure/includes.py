"""Includes: only what the folder's row allows, no cycles, not too deep."""

import re
from fnmatch import fnmatchcase

from structure import include_rows
from structure.limits import INCLUDE_DEPTH
from structure.report import Violation

_INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^">]+)[">]', re.MULTILINE)


def includes_of(file):
    """(line, name, is_system) for each include of a C++ file."""
    return [(file.line_of(match.start(2)), match.group(2), match.group(1) == '<')
            for match in _INCLUDE.finditer(file.code)]


def check(tree):
    """All rules on includes."""
    table_file = tree.files.get(include_rows.TABLE_PATH)
    cmake_file = tree.files.get(include_rows.CMAKE_PATH)
    if table_file is None or cmake_file is None:
        return [Violation(include_rows.TABLE_PATH, 0, 'include-table', 'a table is missing')]
    table = include_rows.read_table(table_file.text)
    found = include_rows.compare(table, include_rows.read_cmake(cmake_file.text))
    for file in tree.of('c++', 'src/'):
        found += _check_file(file, table, tree)
    graph = graph_of(tree)
    return found + check_cycles(graph) + check_depth(graph)


def _check_file(file, table, tree):
    row = table.rows.get(file.folder)
    if row is None:
        return [Violation(file.path, 0, 'include-table', f'no row for folder {file.folder}')]
    found = []
    for line, name, is_system in includes_of(file):
        problem = (_system_problem(name, file, table) if is_system
                   else _own_problem(name, file, row, tree))
        if problem:
            found.append(Violation(file.path, line, 'include', problem))
    return found


def _own_problem(name, file, row, tree):
    if f'src/{name}' not in tree.files:
        return _missing_problem(name)
    folder = name.split('/')[0]
    if folder == file.folder or folder in row.uses:
        return ''
    allowed = ', '.join(row.uses) or 'nothing of ours'
    return f'{file.folder} may include {allowed}; not "{name}"'


def _missing_problem(name):
    if name.startswith(('./', '../')) or '/' not in name:
        return f'"{name}": write own includes from src/ on ("folder/file.h")'
    return f'"{name}" does not exist in src/; libraries are included with <>'


def _system_problem(name, file, table):
    for library, patterns in table.headers_of.items():
        if not any(fnmatchcase(name, pattern) for pattern in patterns):
            continue
        if table.may_include(file.folder, library) or (file.is_test and library in table.in_tests):
            return ''
        homes = [folder for folder in table.rows if table.may_include(folder, library)]
        where = ', '.join(homes) or 'tests'
        return f'<{name}> belongs to library {library}, which only {where} may include'
    # What has a slash or .h and is in no row is a library nobody has decided on.
    known = '/' not in name or name.startswith(('sys/', 'netinet/', 'arpa/', 'linux/', 'net/'))
    return '' if known else f'<{name}> is of no library in {include_rows.TABLE_PATH}'


def graph_of(tree):
    """path → the paths of our own files that it includes."""
    graph = {}
    for file in tree.of('c++'):
        targets = (f'src/{name}' for _, name, is_system in includes_of(file) if not is_system)
        graph[file.path] = [target for target in targets if target in tree.files]
    return graph


def check_cycles(graph):
    """One violation per include that closes a circle."""
    found, state = [], {}

    def visit(path, trail):
        state[path] = 'open'
        for target in graph.get(path, ()):
            if state.get(target) == 'open':
                circle = trail[trail.index(target):] + [target] if target in trail else [target]
                found.append(Violation(path, 0, 'include-cycle', ' → '.join(circle)))
            elif target not in state:
                visit(target, trail + [target])
        state[path] = 'done'

    for path in sorted(graph):
        if path not in state:
            visit(path, [path])
    return found


def depths_of(graph):
    """path → the longest chain of own includes below it. Circles count once."""
    depths = {}

    def depth(path, trail):
        if path not in depths:
            below = [depth(target, trail | {path}) for target in graph.get(path, ())
                     if target not in trail]
            depths[path] = 1 + max(below, default=-1)
        return depths[path]

    for path in graph:
        depth(path, {path})
    return depths


def check_depth(graph):
    return [Violation(path, 0, 'include-depth',
                      f'{depth} levels of own includes, {INCLUDE_DEPTH} allowed')
            for path, depth in sorted(depths_of(graph).items()) if depth > INCLUDE_DEPTH]
