"""Every header compiles alone: whoever includes it needs to include nothing before it.

Results are remembered by content: a header whose text, own includes and compiler are as they were
when it passed is not compiled again.
"""

import hashlib
import json
import os
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from structure.includes import graph_of
from structure.report import Violation

COMPILER = 'g++'
FLAGS = ('-std=c++20', '-fsyntax-only', '-Wall', '-Wextra', '-Werror', '-O0')
PACKAGES = ('sofia-sip-ua',)  # Whose headers do not stand in the compiler's own folders.


def check(tree, cache_path):
    """Compiles the headers that changed. `cache_path` holds what passed before."""
    graph = graph_of(tree)
    flags = _flags(tree)
    salt = _output(COMPILER, '--version') + ' '.join(flags)
    digests = {file.path: digest(file.path, graph, tree, salt)
               for file in tree.of('c++') if file.is_header}
    cache = _read(cache_path)
    todo = [path for path, value in digests.items() if value not in cache]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        outputs = pool.map(lambda path: compile_alone(tree.root, path, flags), todo)
        results = dict(zip(todo, outputs))
    passed = [value for path, value in digests.items() if not results.get(path)]
    _write(cache_path, passed)
    return [Violation(path, 0, 'header-alone', _first_error(output))
            for path, output in results.items() if output]


def digest(path, graph, tree, salt):
    """A hash of a header, of all own files it reaches, and of how it is compiled."""
    reached, todo = set(), [path]
    while todo:
        each = todo.pop()
        if each not in reached:
            reached.add(each)
            todo += graph.get(each, ())
    value = hashlib.sha256(salt.encode())
    for each in sorted(reached):
        value.update(f'\0{each}\0{tree.files[each].text}'.encode())
    return f'{path} {value.hexdigest()[:32]}'


def compile_alone(root, path, flags):
    """What the compiler says to a file that includes only this header; empty when all is well."""
    done = subprocess.run([COMPILER, *flags, '-x', 'c++', '-'], cwd=root, text=True, check=False,
                          input=f'#include "{path}"\n', stderr=subprocess.PIPE)
    return '' if done.returncode == 0 else done.stderr or 'the compiler failed'


def _first_error(output):
    lines = [line for line in output.splitlines() if 'error' in line]
    return (lines or output.splitlines())[0]


def _flags(tree):
    root = Path(tree.root)
    own = [f'-I{root}', f'-I{root / "src"}']
    system = _output('pkg-config', '--cflags-only-I', *PACKAGES).split()
    return [*FLAGS, *own, *(flag.replace('-I', '-isystem', 1) for flag in system)]


def _output(*command):
    return subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE).stdout


def _read(cache_path):
    try:
        return set(json.loads(Path(cache_path).read_text(encoding='utf-8')))
    except (OSError, ValueError):
        return set()


def _write(cache_path, passed):
    Path(cache_path).parent.mkdir(parents=True, exist_ok=True)
    Path(cache_path).write_text(json.dumps(sorted(passed), indent=0), encoding='utf-8')
