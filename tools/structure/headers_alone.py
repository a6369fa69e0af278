"""Every header compiles alone: whoever includes it needs to include nothing before it.

Results are remembered by content, once per machine as ccache remembers those of sources: a header
whose text, own includes and compiler are as they were when it passed is not compiled again, in
whichever clone that was.
"""

import hashlib
import os
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from structure.includes import graph_of
from structure.report import Violation

COMPILER = 'g++'
FLAGS = ('-std=c++20', '-fsyntax-only', '-Wall', '-Wextra', '-Werror', '-O0')
PACKAGES = ('sofia-sip-ua',)  # Whose headers do not stand in the compiler's own folders.
UNUSED_DAYS_MAX = 30  # What no clone asked for so long is forgotten.


def cache_folder():
    """One empty file for each header that has passed, named by its digest."""
    base = os.environ.get('XDG_CACHE_HOME') or Path.home() / '.cache'
    return Path(base) / 'ringmaster' / 'headers_alone'


def check(tree, cache):
    """Compiles the headers that changed. The folder `cache` holds what passed before."""
    graph = graph_of(tree)
    # The compiler runs in the root of the checkout, and its name says nothing about the result.
    flags = _flags()
    salt = _output(COMPILER, '--version') + ' '.join(flags)
    digests = {file.path: digest(file.path, graph, tree, salt)
               for file in tree.of('c++') if file.is_header}
    todo = [path for path, value in digests.items() if not _recall(cache, value)]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        outputs = pool.map(lambda path: compile_alone(tree.root, path, flags), todo)
        results = dict(zip(todo, outputs))
    for path, output in results.items():
        if not output:
            _remember(cache, digests[path])
    _forget_unused(cache)
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
    value = hashlib.sha256(f'{salt}\0{path}'.encode())
    for each in sorted(reached):
        value.update(f'\0{each}\0{tree.files[each].text}'.encode())
    return value.hexdigest()[:40]


def compile_alone(root, path, flags):
    """What the compiler says to a file that includes only this header; empty when all is well."""
    done = subprocess.run([COMPILER, *flags, '-x', 'c++', '-'], cwd=root, text=True, check=False,
                          input=f'#include "{path}"\n', stderr=subprocess.PIPE)
    return '' if done.returncode == 0 else done.stderr or 'the compiler failed'


def _first_error(output):
    lines = [line for line in output.splitlines() if 'error' in line]
    return (lines or output.splitlines())[0]


def _flags():
    system = _output('pkg-config', '--cflags-only-I', *PACKAGES).split()
    return [*FLAGS, '-I.', '-Isrc', *(flag.replace('-I', '-isystem', 1) for flag in system)]


def _output(*command):
    return subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE).stdout


def _recall(cache, value):
    try:
        os.utime(cache / value)
    except OSError:
        return False
    return True


def _remember(cache, value):
    try:
        cache.mkdir(parents=True, exist_ok=True)
        (cache / value).touch()
    except OSError:
        pass  # Then it is compiled again next time.


def _forget_unused(cache):
    oldest = time.time() - UNUSED_DAYS_MAX * 86_400
    for file in cache.glob('*'):
        try:
            if file.stat().st_mtime < oldest:
                file.unlink()
        except OSError:
            pass  # Another clone was faster.
