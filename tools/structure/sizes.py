"""Sizes: files, functions, classes, lines and parameter lists within the limits."""

from structure import limits
from structure.blocks import blocks_of
from structure.report import Violation

MEASURED = ('c++', 'python', 'bash')


def check(tree):
    """All rules on sizes."""
    found = []
    for language in MEASURED:
        for file in tree.of(language):
            found += _check_lines(file)
            found += _check_blocks(file)
    return found


def _check_lines(file):
    found = []
    count = len(file.lines)
    if count > limits.FILE_LINES:
        found.append(Violation(file.path, 0, 'file-size',
                               f'{count} lines, {limits.FILE_LINES} allowed: split it by idea'))
    for number, line in enumerate(file.lines, start=1):
        if len(line) > limits.LINE_COLUMNS:
            found.append(Violation(file.path, number, 'line-length',
                                   f'{len(line)} columns, {limits.LINE_COLUMNS} allowed'))
        if line != line.rstrip():
            found.append(Violation(file.path, number, 'blank-end', 'blanks at the end of the line'))
    return found


def _check_blocks(file):
    found = []
    try:
        blocks = blocks_of(file)
    except SyntaxError as problem:
        return [Violation(file.path, problem.lineno or 0, 'syntax', str(problem))]
    for block in blocks:
        if block.kind == 'function' and block.length > limits.FUNCTION_LINES:
            found.append(Violation(
                file.path, block.first, 'function-size',
                f'{block.name}: {block.length} lines, {limits.FUNCTION_LINES} allowed'))
        if block.kind == 'function' and block.parameters > limits.PARAMETERS:
            found.append(Violation(
                file.path, block.first, 'parameters',
                f'{block.name}: {block.parameters} parameters, {limits.PARAMETERS} allowed'))
        # A Python class holds its bodies, a C++ class its declarations: only the latter is limited.
        if block.kind == 'class' and file.language == 'c++' and block.length > limits.CLASS_LINES:
            found.append(Violation(
                file.path, block.first, 'class-size',
                f'{block.name}: {block.length} lines, {limits.CLASS_LINES} allowed'))
    return found
