#!/usr/bin/python3
"""Measures how old the tables in the database are, and how long many agents take to be in step.

A trigger in the database notes the time of each change; the change itself is noted before its
command is sent. Then the server starts again beside a table in which every row is wrong.
"""
import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench import figures  # noqa: E402
from tests.bench.opened_lab import opened_lab  # noqa: E402
from tests.integration.configuration import Configuration  # noqa: E402
from tests.integration.databases import Postgres, Sqlite  # noqa: E402
from tests.phones.pacing import evenly  # noqa: E402

RATE = 40.0                  # Changes per second, each with a commit of its own.
ROWS = 10_000                # Of the agents' table, for the second figure.
LIMIT = 120.0
UNIX_NOW = {'SQLite': "(julianday('now') - 2440587.5) * 86400.0",
            'PostgreSQL': 'extract(epoch FROM clock_timestamp())'}
NOTE_CHANGES = {
    'SQLite': ("CREATE TABLE seen (name TEXT, status TEXT, at REAL)",
               "CREATE TRIGGER note AFTER UPDATE ON agents BEGIN INSERT INTO seen VALUES "
               f"(NEW.name, NEW.status, {UNIX_NOW['SQLite']}); END"),
    'PostgreSQL': ("CREATE TABLE seen (name TEXT, status TEXT, at DOUBLE PRECISION)",
                   "CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                   f"INSERT INTO seen VALUES (NEW.name, NEW.status, {UNIX_NOW['PostgreSQL']}); "
                   "RETURN NEW; END $$",
                   "CREATE TRIGGER note AFTER UPDATE ON agents FOR EACH ROW "
                   "EXECUTE FUNCTION note()")}


def parse_options(arguments):
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--changes', type=int, default=500, help='how many (default 500)')
    parser.add_argument('--rows', type=int, default=ROWS, help=f'of agents (default {ROWS})')
    return parser.parse_args(arguments)


async def shows(database, sql, wanted):
    """Waits until the database answers so; returns the seconds."""
    began = time.monotonic()
    async with asyncio.timeout(LIMIT):
        while await asyncio.to_thread(database.query, sql) != [[wanted]]:
            pass
    return time.monotonic() - began


async def delays(lab, database, kind, count):
    """Seconds from before each command until the row was written."""
    await lab.esl.must('callcenter_config agent add watched callback')
    await shows(database, "SELECT COUNT(*) FROM agents WHERE name = 'watched'", '1')
    for statement in NOTE_CHANGES[kind]:
        database.query(statement)
    sent = []
    async for number in evenly(count, RATE):
        sent.append(time.time())
        await lab.esl.must(f'callcenter_config agent set contact watched user/{number}')
    await shows(database, "SELECT contact FROM agents WHERE name = 'watched'",
                f'user/{count - 1}')
    noted = [float(at) for [at] in database.query('SELECT at FROM seen ORDER BY at')]
    return [min(at for at in noted if at >= since) - since for since in sent]


async def seconds_to_mend(lab, database, rows):
    """Every row is wrong when the server starts."""
    for number in range(rows):
        await lab.esl.must(f'callcenter_config agent add agent-{number} callback')
    filled = await shows(database, "SELECT COUNT(*) FROM agents WHERE name LIKE 'agent-%'",
                         str(rows))
    await lab.server.stop()
    database.query("UPDATE agents SET status = 'wrong'")
    began = time.monotonic()
    await lab.restart()
    ready = time.monotonic() - began
    await shows(database, "SELECT COUNT(*) FROM agents WHERE status = 'wrong'", '0')
    return filled, ready, time.monotonic() - began


async def measure(kind, database, setting, options):
    async with opened_lab(Configuration(settings=setting)) as lab:
        print(figures.line(f'{kind}: from the command to its row',
                           await delays(lab, database, kind, options.changes)))
        behind, ready, mended = await seconds_to_mend(lab, database, options.rows)
        print(f'{kind}: {options.rows} agents added one by one, the last {behind:.2f} s after the '
              f'last reply in the table; all of them wrong: mended {mended:.2f} s after the start '
              f'(ready after {ready:.2f} s)')


async def main(options):
    with tempfile.TemporaryDirectory(prefix='ringmaster-') as folder:
        file = Path(folder) / 'tables.db'
        await measure('SQLite', Sqlite(file), {'dbname': str(file)}, options)
    postgres = Postgres()
    try:
        postgres.start()
        await measure('PostgreSQL', postgres, {'odbc-dsn': postgres.url}, options)
    finally:
        postgres.remove()


if __name__ == '__main__':
    asyncio.run(main(parse_options(sys.argv[1:])))
