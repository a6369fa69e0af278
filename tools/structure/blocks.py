"""Where functions and classes begin and end: enough of each language's grammar to measure them."""

import ast
import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Block:
    """A function or a class: its name as written, first and last line, number of parameters."""
    kind: str  # 'function' or 'class'
    name: str
    first: int
    last: int
    parameters: int = 0

    @property
    def length(self):
        return self.last - self.first + 1


_PREPROCESSOR = re.compile(r'^[ \t]*#(?:[^\n]*\\\n)*[^\n]*', re.MULTILINE)
_CLASS_HEAD = re.compile(
    r'^(?:template\s*<.*?>\s*)?(?:class|struct|union)\s+(?:\[\[.*?\]\]\s*)?([\w:<>, ]+)', re.DOTALL)
_SCOPE_HEAD = re.compile(r'^(?:inline\s+)?namespace\b|^extern\s*"')
_LABELS = re.compile(r'^(?:(?:public|private|protected)\s*:\s*)+')
_FUNCTION_NAME = re.compile(r'([\w:~]+|operator\s*(?:\(\)|[^\s\w(]+|\w+))\s*(?:<[^()]*>)?\s*\(')


def cpp_blocks(file):
    """Functions and classes of a C++ file; lambdas and local classes count to their function."""
    code = _PREPROCESSOR.sub(lambda match: re.sub(r'[^\n]', ' ', match.group(0)), file.code)
    found, scopes = [], []  # scopes: (kind, name, first line, parameters) of each open brace
    head_start = 0
    for match in re.finditer(r'[{};]', code):
        mark, at = match.group(0), match.start()
        if mark == ';':
            # A semicolon inside parentheses belongs to a for loop's head.
            if not _inside_parentheses(code, head_start, at):
                head_start = at + 1
        elif mark == '{':
            scopes.append(_classify(code, head_start, at, scopes, file))
            head_start = at + 1
        else:
            if scopes:
                kind, name, first, parameters = scopes.pop()
                if kind in ('function', 'class'):
                    found.append(Block(kind, name, first, file.line_of(at), parameters))
            head_start = at + 1
    return found


def _inside_parentheses(code, start, end):
    piece = code[start:end]
    return piece.count('(') > piece.count(')')


def _classify(code, start, brace, scopes, file):
    """What the brace at `brace` opens, judged by the text since the last statement ended."""
    raw = code[start:brace]
    head = raw.strip()
    skipped = len(raw) - len(raw.lstrip())
    labels = _LABELS.match(head)
    if labels:
        skipped += labels.end()
        head = head[labels.end():]
    line = file.line_of(start + skipped)
    if any(scope[0] in ('function', 'other') for scope in scopes):
        return ('inner', '', line, 0)
    if _SCOPE_HEAD.match(head):
        return ('scope', '', line, 0)
    if head.startswith(('enum', 'typedef enum')):
        return ('other', '', line, 0)
    class_head = _CLASS_HEAD.match(head)
    if class_head and '(' not in head.split('{')[0].split(':')[0]:
        return ('class', class_head.group(1).split(':')[0].strip(), line, 0)
    name = _FUNCTION_NAME.search(head)
    if name and not head.endswith('='):
        return ('function', name.group(1), line, _parameter_count(head[name.end() - 1:]))
    return ('other', '', line, 0)


def _parameter_count(text):
    """How many parameters the list has that opens with the first character of `text`."""
    depth, commas, seen = 0, 0, False
    for position, character in enumerate(text):
        if character in '([<{':
            depth += 1
        elif character in ')]}' or (character == '>' and text[position - 1] != '-'):
            depth -= 1
            if depth == 0:
                break
        elif depth == 1 and character == ',':
            commas += 1
        if depth >= 1 and position > 0 and not character.isspace():
            seen = True
    return commas + 1 if seen else 0


def python_blocks(file):
    """Functions and classes of a Python file. A function's inner functions are part of it."""
    found = []

    def visit(node, inside_function):
        for child in ast.iter_child_nodes(node):
            is_function = isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef))
            if is_function and not inside_function:
                arguments = child.args
                count = len(arguments.posonlyargs) + len(arguments.args)
                count -= bool(arguments.args) and arguments.args[0].arg in ('self', 'cls')
                found.append(Block('function', child.name, child.lineno, child.end_lineno, count))
            if isinstance(child, ast.ClassDef):
                found.append(Block('class', child.name, child.lineno, child.end_lineno))
            visit(child, inside_function or is_function)

    visit(ast.parse(file.text), False)
    return found


def bash_blocks(file):
    """Functions of a bash script, written as `name() {` … `}` at the start of a line."""
    found, name, first = [], None, 0
    for number, line in enumerate(file.code_lines, start=1):
        start = re.match(r'(?:function\s+)?([\w:-]+)\s*\(\)\s*\{', line)
        if start and name is None:
            if line.rstrip().endswith('}'):
                found.append(Block('function', start.group(1), number, number))
                continue
            name, first = start.group(1), number
        elif name is not None and line.startswith('}'):
            found.append(Block('function', name, first, number))
            name = None
    return found


def blocks_of(file):
    """The blocks of a file of any language; none for languages without."""
    readers = {'c++': cpp_blocks, 'python': python_blocks, 'bash': bash_blocks}
    reader = readers.get(file.language)
    return reader(file) if reader else []
