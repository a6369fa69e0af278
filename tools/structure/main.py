"""The command: reads the tree, applies the rules, prints what they find."""

import argparse
import statistics
from pathlib import Path

from structure import bans, headers_alone, includes, prose, sizes, targets
from structure.report import excuse, read_permits
from structure.source_tree import read_tree

RULES = {'includes': includes.check, 'sizes': sizes.check, 'bans': bans.check,
         'prose': prose.check, 'targets': targets.check}
EXCEPTIONS = 'tools/structure/exceptions.txt'


def _options(arguments):
    parser = argparse.ArgumentParser(
        prog='tools/structure/run', description='Checks the shape of the source tree.')
    parser.add_argument('--root', default=Path(__file__).parents[2], type=Path,
                        help='the checkout (default: the one this tool stands in)')
    parser.add_argument('--skip-headers', action='store_true',
                        help='do not compile each header alone')
    parser.add_argument('--built', metavar='FILE', action='append', default=[],
                        help='a compile_commands.json: also report sources that none mentions')
    return parser.parse_args(arguments)


def measures(tree):
    """One line of figures that have aims instead of limits."""
    counts = sorted(len(file.lines) for file in tree.of('c++'))
    if not counts:
        return 'no C++ files'
    headers = [file for file in tree.of('c++', 'src/') if file.is_header]
    comments, lines = prose.comment_share(headers)
    return (f'{len(counts)} C++ files, median {int(statistics.median(counts))} lines, '
            f'p90 {counts[(len(counts) * 9) // 10]}, longest {counts[-1]}; '
            f'comments on {100 * comments // max(lines, 1)} % of the header lines')


def main(arguments=None):
    """Returns: the exit status, 1 when a rule is broken."""
    options = _options(arguments)
    tree = read_tree(options.root)
    permits, violations = [], []
    if EXCEPTIONS in tree.files:
        permits, violations = read_permits(tree.files[EXCEPTIONS].text)
    for rule in RULES.values():
        violations += rule(tree)
    if options.built:
        violations += targets.check_built(tree, options.built)
    if not options.skip_headers:
        violations += headers_alone.check(tree, headers_alone.cache_folder())
    left = excuse(violations, permits)
    for violation in sorted(left):
        print(violation)
    print(f'structure: {measures(tree)}')
    print(f'structure: {len(tree.files)} files, {len(permits)} exceptions, {len(left)} violations')
    return 1 if left else 0
