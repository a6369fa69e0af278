"""Journals as SQL text: to be kept in the repository, and to be made again."""
import sqlite3
from pathlib import Path

FOLDER = Path(__file__).parent
PRAGMAS = ('application_id', 'user_version')


def save(database, path):
    """Writes a journal that no server has open as SQL."""
    with sqlite3.connect(database) as connection:
        lines = [f'PRAGMA {name} = {connection.execute(f"PRAGMA {name}").fetchone()[0]};'
                 for name in PRAGMAS]
        path.write_text('\n'.join([*lines, *connection.iterdump(), '']))


def restore(path, folder):
    """Makes the journal of a data directory from such a text. Returns: the directory."""
    with sqlite3.connect(folder / 'journal.db') as connection:
        connection.executescript(path.read_text())
    return folder
