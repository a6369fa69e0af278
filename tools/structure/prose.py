"""What people read: opening comments, the share of comments in headers, titles and links."""

import ast
import re
from pathlib import PurePosixPath

from structure.limits import HEADER_COMMENT_PERCENT
from structure.report import Violation

_FENCE = re.compile(r'^(```|~~~).*?^\1', re.MULTILINE | re.DOTALL)
_LINK = re.compile(r'!?\[[^\]]*\]\(([^)\s]+)(?:\s+"[^"]*")?\)')
_HEADING = re.compile(r'^(#{1,6})\s+(.*?)\s*#*$', re.MULTILINE)


def check(tree):
    """All rules on prose."""
    return check_openings(tree) + check_comment_share(tree) + check_markdown(tree)


def check_openings(tree):
    """Every header, module and script begins by saying what it is."""
    found = []
    for file in tree.of('c++'):
        if file.is_header and not file.text.lstrip().startswith(('//', '/*')):
            found.append(Violation(file.path, 1, 'opening', 'a header begins with what it is'))
    for file in tree.of('python'):
        if file.lines and not _docstring(file):
            found.append(Violation(file.path, 1, 'opening', 'a module begins with a docstring'))
    for file in tree.of('bash'):
        if not any(line.startswith('# ') for line in file.lines[1:3]):
            found.append(Violation(file.path, 2, 'opening', 'a script begins with what it does'))
    return found


def _docstring(file):
    try:
        return ast.get_docstring(ast.parse(file.text))
    except SyntaxError:
        return 'unreadable: the size rules report it'


def comment_share(files):
    """(comment lines, lines that are not blank) over some C++ files."""
    comments = lines = 0
    for file in files:
        for text, code in zip(file.lines, file.code_lines):
            lines += bool(text.strip())
            comments += text.strip() != code.strip()
    return comments, lines


def check_comment_share(tree):
    """The headers of each folder of src/ together explain themselves."""
    found = []
    by_folder = {}
    for file in tree.of('c++', 'src/'):
        if file.is_header:
            by_folder.setdefault(file.folder, []).append(file)
    for folder, headers in sorted(by_folder.items()):
        comments, lines = comment_share(headers)
        if comments * 100 < lines * HEADER_COMMENT_PERCENT:
            found.append(Violation(
                f'src/{folder}', 0, 'comment-share',
                f'{100 * comments // max(lines, 1)} % of the header lines have a comment, '
                f'{HEADER_COMMENT_PERCENT} % wanted'))
    return found


def check_markdown(tree):
    """One title per page, and no dead links between the files of the checkout."""
    found = []
    for file in tree.of('markdown'):
        text = _FENCE.sub(lambda match: re.sub(r'[^\n]', ' ', match.group(0)), file.text)
        titles = [match for match in _HEADING.finditer(text) if match.group(1) == '#']
        if len(titles) != 1:
            line = file.line_of(titles[1].start()) if len(titles) > 1 else 1
            found.append(Violation(file.path, line, 'title', f'{len(titles)} titles, wanted one'))
        without_code = re.sub(r'`[^`\n]*`', lambda code: ' ' * len(code.group(0)), text)
        for match in _LINK.finditer(without_code):
            problem = _link_problem(file, match.group(1), tree)
            if problem:
                found.append(Violation(file.path, file.line_of(match.start()), 'link', problem))
    return found


def _link_problem(file, target, tree):
    if re.match(r'[a-z][a-z0-9+.-]*:', target):
        return ''
    name, _, anchor = target.partition('#')
    path = file.path if not name else _resolve(file.path, name)
    if path is None or not (path in tree.files or tree.exists(path)):
        return f'{target}: no such file'
    page = tree.files.get(path)
    if anchor and page is not None and page.language == 'markdown' and anchor not in anchors(page):
        return f'{target}: no such heading in {path}'
    return ''


def _resolve(base, name):
    """The path in the checkout that `name` means on page `base`; None when it leaves it."""
    parts = [] if name.startswith('/') else list(PurePosixPath(base).parent.parts)
    for part in name.strip('/').split('/'):
        if part == '..':
            if not parts:
                return None
            parts.pop()
        elif part != '.':
            parts.append(part)
    return '/'.join(parts)


def anchors(page):
    """The anchors of a page's headings, as the usual forges make them."""
    found = set()
    for match in _HEADING.finditer(_FENCE.sub('', page.text)):
        plain = re.sub(r'[`*]|\[([^\]]*)\]\([^)]*\)', r'\1', match.group(2)).lower()
        found.add(re.sub(r'[^\w\- ]', '', plain).replace(' ', '-'))
    return found
