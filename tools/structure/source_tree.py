"""The files of the checkout, read once, with comments and string contents told apart from code."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

# Never ours: build output, run-time data, caches, libraries. Names of folders at any depth.
IGNORED_FOLDERS = {'.git', 'build', '__pycache__', '.check', '.cache', 'node_modules'}
# Ignored at the top of the checkout only: where ./run keeps the server's state.
IGNORED_AT_TOP = {'data'}

LANGUAGE_OF_SUFFIX = {'.cc': 'c++', '.h': 'c++', '.py': 'python', '.sh': 'bash', '.md': 'markdown'}

# One alternation, tried in order at each place: whatever matches first swallows what it covers.
# A raw string ends at its own delimiter; a digit separator (1'000) is not a character literal.
_CPP_TOKEN = re.compile(
    r'''(?P<line_comment>//[^\n]*)
      | (?P<block_comment>/\*.*?\*/)
      | (?P<include>^[ \t]*\#[ \t]*include[^\n]*)
      | (?P<raw>R"(?P<delimiter>[^()\\\s]{0,16})\(.*?\)(?P=delimiter)")
      | (?P<string>"(?:\\.|[^"\\\n])*")
      | (?P<separator>(?<=[0-9a-fA-F])'(?=[0-9a-fA-F]))
      | (?P<character>'(?:\\.|[^'\\\n])*')''',
    re.VERBOSE | re.DOTALL | re.MULTILINE)

# In Python and bash only comments are blanked: strings there rarely hide what the bans look for.
_HASH_COMMENT = re.compile(r'''(?P<quoted>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')'''
                           r'''|(?P<comment>(?:(?<=\s)|^)\#[^\n]*)''', re.MULTILINE)


def _blank(text):
    """Spaces in place of every character but line breaks, so that positions stay the same."""
    return re.sub(r'[^\n]', ' ', text)


def strip_cpp(text):
    """C++ without comments, and with strings emptied; lines and columns stay where they were."""
    def replacement(match):
        found = match.group(0)
        kind = match.lastgroup if match.lastgroup != 'delimiter' else 'raw'
        if kind in ('include', 'separator'):
            return found
        if kind in ('line_comment', 'block_comment'):
            return _blank(found)
        return found[0] + _blank(found[1:-1]) + found[-1]
    return _CPP_TOKEN.sub(replacement, text)


def strip_hash_comments(text):
    """Python or bash with its # comments blanked."""
    return _HASH_COMMENT.sub(
        lambda match: match.group(0) if match.group('quoted') else _blank(match.group(0)), text)


@dataclass
class SourceFile:
    """One file. `path` is relative to the checkout, with slashes."""
    path: str
    text: str
    executable: bool = False

    @cached_property
    def lines(self):
        return self.text.splitlines()

    @cached_property
    def language(self):
        """c++, python, bash, markdown, or an empty text for what no rule reads."""
        suffix = Path(self.path).suffix
        if suffix in LANGUAGE_OF_SUFFIX:
            return LANGUAGE_OF_SUFFIX[suffix]
        first = self.lines[0] if self.lines else ''
        if first.startswith('#!'):
            return 'python' if 'python' in first else 'bash' if 'sh' in first else ''
        return ''

    @cached_property
    def code(self):
        """The text without comments; same line breaks."""
        if self.language == 'c++':
            return strip_cpp(self.text)
        if self.language in ('python', 'bash'):
            return strip_hash_comments(self.text)
        return self.text

    @cached_property
    def code_lines(self):
        return self.code.splitlines()

    @property
    def is_header(self):
        return self.path.endswith('.h')

    @property
    def is_test(self):
        """A test, or what only tests of its folder use."""
        name = Path(self.path).stem
        return (self.path.startswith('tests/') or '/testing/' in self.path
                or name.endswith(('_test', '_testing')) or name.startswith('test_'))

    @property
    def folder(self):
        """For src/<folder>/…: that folder. Otherwise the first part of the path."""
        parts = self.path.split('/')
        return parts[1] if parts[0] == 'src' and len(parts) > 2 else parts[0]

    def line_of(self, offset):
        """The number of the line that holds the character at `offset` of text or code."""
        return self.text.count('\n', 0, offset) + 1


@dataclass
class SourceTree:
    """All files that rules look at, by path."""
    root: Path
    files: dict = field(default_factory=dict)

    def of(self, language, under=''):
        """The files of one language below a folder, in order of path."""
        return [file for path, file in sorted(self.files.items())
                if file.language == language and path.startswith(under)]

    def exists(self, path):
        return (self.root / path).exists()


def _wanted(relative):
    parts = relative.parts
    return parts[0] not in IGNORED_AT_TOP and not IGNORED_FOLDERS.intersection(parts)


def read_tree(root):
    """Reads every text file of the checkout, committed or not."""
    tree = SourceTree(Path(root))
    for path in sorted(_walk(tree.root, tree.root)):
        relative = path.relative_to(tree.root).as_posix()
        try:
            text = path.read_text(encoding='utf-8')
        except UnicodeDecodeError:
            continue
        tree.files[relative] = SourceFile(relative, text, path.stat().st_mode & 0o100 != 0)
    return tree


def _walk(root, folder):
    for entry in folder.iterdir():
        if not _wanted(entry.relative_to(root)):
            continue
        if entry.is_symlink():
            continue
        if entry.is_dir():
            yield from _walk(root, entry)
        elif entry.is_file():
            yield entry


def tree_of(files, root='/nowhere'):
    """A tree out of a dict of path → text: what the rules' own tests use."""
    return SourceTree(Path(root), {path: SourceFile(path, text) for path, text in files.items()})
