"""Files that nobody uses, scripts that nobody can run, and modules that Debian's Python lacks."""

import ast
import json
import re
import sys
from pathlib import Path, PurePosixPath

from structure.includes import graph_of
from structure.report import Violation

# Built only by other presets, which glob for exactly these names (cmake/fuzz.cmake, bench.cmake).
GLOBBED = (re.compile(r'tests/fuzz/\w+_fuzz\.cc'),
           re.compile(r'tests/bench/\w+_(bench|probe)\.cc'))


def check(tree):
    """What can be told without a build."""
    return check_run_bits(tree) + check_python_imports(tree) + check_unused_headers(tree)


def check_run_bits(tree):
    """A file with #! can be run, and only such a file."""
    found = []
    for path, file in sorted(tree.files.items()):
        if file.text.startswith('#!') and not file.executable:
            found.append(Violation(path, 1, 'run-bit', 'has #! but not the run bit'))
        if file.executable and not file.text.startswith('#!'):
            found.append(Violation(path, 1, 'run-bit', 'has the run bit but no #!'))
    return found


def check_python_imports(tree):
    """Only the standard library and modules of this checkout."""
    ours = set()
    for file in tree.of('python'):
        parts = PurePosixPath(file.path).with_suffix('').parts
        ours.update(parts)
    found = []
    for file in tree.of('python'):
        for line, name in _imports(file):
            top = name.split('.')[0]
            if top not in sys.stdlib_module_names and top not in ours:
                found.append(Violation(file.path, line, 'python-import',
                                       f'{top} is not in the standard library'))
    return found


def _imports(file):
    try:
        nodes = list(ast.walk(ast.parse(file.text)))
    except SyntaxError:
        return
    for node in nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.lineno, node.module


def check_unused_headers(tree):
    """A header below src/ that no file includes."""
    included = {target for targets in graph_of(tree).values() for target in targets}
    return [Violation(file.path, 0, 'unused', 'no file includes this header')
            for file in tree.of('c++', 'src/') if file.is_header and file.path not in included]


def check_built(tree, databases):
    """Sources that no compile_commands.json of `databases` mentions."""
    built = set()
    for database in databases:
        for entry in json.loads(Path(database).read_text(encoding='utf-8')):
            path = Path(entry['directory'], entry['file']).resolve()
            if path.is_relative_to(tree.root.resolve()):
                built.add(path.relative_to(tree.root.resolve()).as_posix())
    return [Violation(file.path, 0, 'unbuilt', 'no target builds this file')
            for file in tree.of('c++') if file.path.endswith('.cc') and file.path not in built
            and not any(pattern.fullmatch(file.path) for pattern in GLOBBED)]
