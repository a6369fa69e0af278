"""Real databases for a server under test, each in a folder of its own."""
import os
import shutil
import signal
import sqlite3
import subprocess
import tempfile
from pathlib import Path

from .ports import free_port

BINARIES = Path('/usr/lib/postgresql/15/bin')
ODBC_DRIVER = Path('/usr/lib/x86_64-linux-gnu/odbc/psqlodbcw.so')
USER, PASSWORD, SOURCE = 'ringmaster', 'not-for-logs', 'ringtest'
LIMIT = 60.0                 # Seconds for a command on a busy machine.


class Postgres:
    """A PostgreSQL server on the loopback. It refuses to run as root, and then runs as postgres."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix='ringmaster-pg-'))
        self.port = free_port()
        self.process = None
        self.as_user = ()
        if os.geteuid() == 0:
            shutil.chown(self.folder, 'postgres', 'postgres')
            self.as_user = ('setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups')
        subprocess.run([*self.as_user, str(BINARIES / 'initdb'), '-D', str(self.data), '-U', USER,
                        '-A', 'trust', '--no-sync', '-E', 'UTF8', '--locale=C.UTF-8'],
                       cwd=self.folder, check=True, capture_output=True, timeout=LIMIT)

    @property
    def data(self):
        return self.folder / 'data'

    def start(self):
        """Starts it and waits until it takes connections."""
        self.process = subprocess.Popen(
            [*self.as_user, str(BINARIES / 'postgres'), '-D', str(self.data), '-h', '127.0.0.1',
             '-p', str(self.port), '-k', str(self.folder), '-c', 'fsync=off',
             '-c', 'logging_collector=off'],
            cwd=self.folder, stderr=subprocess.PIPE, text=True)
        for line in self.process.stderr:
            if 'ready to accept connections' in line:
                return
        raise ChildProcessError('PostgreSQL did not start')

    def stop(self):
        """Ends it at once; its clients lose their connections."""
        if self.process is None:
            return
        self.process.send_signal(signal.SIGINT)
        self.process.communicate(timeout=LIMIT)
        self.process = None

    def remove(self):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def url(self):
        return (f"pgsql://hostaddr=127.0.0.1 port={self.port} dbname=postgres user={USER} "
                f"password='{PASSWORD}'")

    def query(self, sql):
        """The rows as lists of texts."""
        printed = subprocess.run(
            [str(BINARIES / 'psql'), '-X', '-q', '-A', '-t', '-F', '\t', '-h', '127.0.0.1', '-p',
             str(self.port), '-U', USER, '-c', sql, 'postgres'],
            capture_output=True, text=True, check=True, timeout=LIMIT)
        return [line.split('\t') for line in printed.stdout.splitlines()]

    def odbc_variables(self):
        """The environment in which the data source SOURCE is this server."""
        (self.folder / 'odbcinst.ini').write_text(f'[pg]\nDriver={ODBC_DRIVER}\n')
        (self.folder / 'odbc.ini').write_text(
            f'[{SOURCE}]\nDriver=pg\nServername=127.0.0.1\nPort={self.port}\n'
            'Database=postgres\n')
        self.folder.chmod(0o755)
        return {'ODBCSYSINI': str(self.folder), 'ODBCINI': str(self.folder / 'odbc.ini')}


class Sqlite:
    """A SQLite file."""

    def __init__(self, path):
        self.path = Path(path)

    def query(self, sql):
        with sqlite3.connect(self.path, timeout=LIMIT) as database:
            rows = database.execute(sql).fetchall()
        database.close()
        return [['' if value is None else str(value) for value in row] for row in rows]


def tables_can_be_tested():
    """Whether the databases are installed."""
    return (BINARIES / 'initdb').is_file() and ODBC_DRIVER.is_file()
