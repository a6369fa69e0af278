"""The tables in SQLite, PostgreSQL and over ODBC, each a real database; and call records."""
import asyncio
import json
import sqlite3
import subprocess
import tempfile
import unittest
from pathlib import Path

from tests.phones.incoming import BUSY, Answer

from .configuration import QUEUE, Configuration
from .databases import PASSWORD, SOURCE, USER, Postgres, Sqlite, tables_can_be_tested
from .harness import ServerCase

LIMIT = 60.0                 # Seconds; what is waited for comes within a second.

# As the original makes them (spec/01), with what another server has left.
LEFT_BEHIND = (
    "CREATE TABLE agents (name VARCHAR(255), system VARCHAR(255), uuid VARCHAR(255), "
    "type VARCHAR(255), contact VARCHAR(1024), status VARCHAR(255), state VARCHAR(255), "
    "max_no_answer INTEGER NOT NULL DEFAULT 0, wrap_up_time INTEGER NOT NULL DEFAULT 0, "
    "reject_delay_time INTEGER NOT NULL DEFAULT 0, busy_delay_time INTEGER NOT NULL DEFAULT 0, "
    "no_answer_delay_time INTEGER NOT NULL DEFAULT 0, "
    "last_bridge_start INTEGER NOT NULL DEFAULT 0, last_bridge_end INTEGER NOT NULL DEFAULT 0, "
    "last_offered_call INTEGER NOT NULL DEFAULT 0, "
    "last_status_change INTEGER NOT NULL DEFAULT 0, no_answer_count INTEGER NOT NULL DEFAULT 0, "
    "calls_answered INTEGER NOT NULL DEFAULT 0, talk_time INTEGER NOT NULL DEFAULT 0, "
    "ready_time INTEGER NOT NULL DEFAULT 0)",
    "INSERT INTO agents (name, system, uuid, type, contact, status, state, wrap_up_time, "
    "calls_answered, talk_time, last_bridge_end) VALUES ('bob@default', 'single_box', 'gone', "
    "'Callback', 'user/bob', 'On Break', 'In a queue call', 7, 12, 345, 1700000000)",
    "CREATE TABLE tiers (queue VARCHAR(255), agent VARCHAR(255), state VARCHAR(255), "
    "level INTEGER NOT NULL DEFAULT 1, position INTEGER NOT NULL DEFAULT 1)",
    f"INSERT INTO tiers VALUES ('{QUEUE}', 'bob@default', 'Offering', 2, 3)",
)
AGENT_COLUMNS = ('name, instance_id, uuid, type, contact, status, state, max_no_answer, '
                 'wrap_up_time, reject_delay_time, busy_delay_time, no_answer_delay_time, '
                 'last_bridge_start, last_bridge_end, last_offered_call, last_status_change, '
                 'no_answer_count, calls_answered, talk_time, ready_time, external_calls_count')


class TablesCase(ServerCase):
    """A server with a database."""

    settings = {'cc-instance-id': 'east'}

    def configure(self):
        return Configuration(settings=dict(self.settings))

    def query(self, sql):
        raise NotImplementedError

    def told(self, sql):
        """The rows, or what is wrong: a new database has no tables in its first moment."""
        try:
            return self.query(sql)
        except (sqlite3.OperationalError, subprocess.CalledProcessError) as problem:
            return problem

    async def shows(self, sql, *rows):
        """Waits until the database answers with these rows."""
        found = None
        try:
            async with asyncio.timeout(LIMIT):
                while (found := await asyncio.to_thread(self.told, sql)) != list(rows):
                    await self.esl.api('status')
        except TimeoutError:
            self.assertEqual(found, list(rows), sql)

    async def conversation(self, number='6001'):
        call = await self.call(await self.caller(number))
        leg = await self.agents['ann'].phone.incoming_from(number)
        await self.esl.event('bridge-agent-start', CC_Member_CID_Number=number)
        return call, leg

    async def abandoned_call(self, number):
        call = await self.call(await self.caller(number))
        call.hang_up()
        await self.esl.event('member-queue-end', CC_Member_CID_Number=number)


class Contract:
    """What holds on every database."""

    async def test_the_tables_are_taken_over_and_follow(self):
        [bob] = await self.esl.rows('callcenter_config agent list bob@default')
        self.assertEqual([bob[name] for name in ('status', 'state', 'wrap_up_time',
                                                 'calls_answered', 'talk_time', 'uuid',
                                                 'last_bridge_end')],
                         ['On Break', 'Waiting', '7', '12', '345', '', '1700000000'])
        await self.shows('SELECT queue, agent, state, level, position FROM tiers',
                         [QUEUE, 'bob@default', 'Ready', '2', '3'])

        await self.agent('ann', Answer())
        call, leg = await self.conversation()
        await self.shows('SELECT name, instance_id, status, state, calls_answered FROM agents '
                         'ORDER BY name',
                         ['ann@default', 'single_box', 'Available', 'In a queue call', '1'],
                         ['bob@default', 'single_box', 'On Break', 'Waiting', '12'])
        await self.shows('SELECT queue, instance_id, cid_number, state, serving_agent FROM members',
                         [QUEUE, 'east', '6001', 'Answered', 'ann@default'])
        row = await self.row(self.agents['ann'])
        await self.shows(f"SELECT {AGENT_COLUMNS} FROM agents WHERE name = 'ann@default'",
                         list(row.values()))

        leg.hang_up()
        await call.ended()
        await self.shows('SELECT COUNT(*) FROM members', ['0'])
        await self.shows(
            'SELECT c.queue, c.instance_id, c.cid_number, c.agent, c.cause, o.agent, o.outcome, '
            'c.left_ms - c.bridged_ms - c.talk_ms, c.bridged_ms - c.joined_ms - c.wait_ms, '
            'o.answered_ms - o.called_ms - o.ring_ms '
            'FROM calls c JOIN offers o ON o.call_uuid = c.uuid',
            [QUEUE, 'east', '6001', 'ann@default', 'answered', 'ann@default', 'bridged',
             '0', '0', '0'])

        odd = "O'Neil \\ \"x\" é\u2603"
        await self.esl.must('callcenter_config agent add odd callback')
        await self.esl.must("callcenter_config agent set contact odd 'O\\'Neil \\\\ \"x\" é\u2603'")
        await self.shows("SELECT contact FROM agents WHERE name = 'odd'", [odd])
        long = 'x' * 300
        await self.esl.must(f'callcenter_config agent add {long} callback')
        await self.esl.must('callcenter_config agent set wrap_up_time odd 99999999999')
        await self.shows("SELECT wrap_up_time FROM agents WHERE name = 'odd'", ['2147483647'])
        await self.shows("SELECT COUNT(*) FROM agents WHERE name LIKE 'xxx%'", ['1'])
        for name in ('bob@default', 'odd', long):
            await self.esl.must(f'callcenter_config agent del {name}')
        await self.shows('SELECT name FROM agents', ['ann@default'])
        await self.shows('SELECT agent FROM tiers', ['ann@default'])
        self.assertIn('tables: connected, 0 outages', await self.esl.api('doctor'))


class OnSqlite(Contract, TablesCase):
    def configure(self):
        folder = tempfile.TemporaryDirectory(prefix='ringmaster-')
        self.addCleanup(folder.cleanup)
        self.database = Sqlite(Path(folder.name) / 'a name.db')
        for sql in LEFT_BEHIND:
            self.query(sql)
        return Configuration(settings={**self.settings, 'dbname': str(self.database.path)})

    def query(self, sql):
        return self.database.query(sql)


@unittest.skipUnless(tables_can_be_tested(), 'PostgreSQL or its ODBC driver is not installed')
class PostgresCase(TablesCase):
    """One PostgreSQL for all tests of a class, with empty tables for each."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.postgres = Postgres()
        cls.addClassCleanup(cls.postgres.remove)
        cls.postgres.start()

    def query(self, sql):
        return self.postgres.query(sql)

    def configure(self):
        self.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public')
        self.query('; '.join(LEFT_BEHIND))
        return Configuration(settings={**self.settings, 'odbc-dsn': self.dsn()})

    def dsn(self):
        return self.postgres.url

    def check_that_no_password_is_told(self):
        self.assertNotIn(PASSWORD, self.server.log.read_text('utf-8', 'replace'))


class OnPostgresql(Contract, PostgresCase):
    async def test_a_crash_while_the_database_is_away_loses_no_record(self):
        await self.agent('ann', Answer(), wrap_up_time=0)
        call, leg = await self.conversation('6001')
        await asyncio.to_thread(self.postgres.stop)
        leg.hang_up()
        await call.ended()
        status = 'callcenter_config agent set status ann@default'
        await self.esl.must(f"{status} 'On Break'")
        await self.abandoned_call('6002')
        self.agents['ann'].phone.behave(BUSY, Answer())
        await self.esl.must(f'{status} Available')
        await self.esl.must('callcenter_config agent set busy_delay_time ann@default 0')
        call, leg = await self.conversation('6003')
        call.hang_up()
        await self.esl.event('member-queue-end', CC_Member_CID_Number='6003')
        await self.esl.must(f"{status} 'On Break'")
        await self.esl.must('callcenter_config agent add late callback')
        await self.esl.must('callcenter_config agent del bob@default')
        await self.server.kill()

        await self.restart()
        await self.abandoned_call('6004')
        self.assertIn('NOT CONNECTED', await self.esl.api('doctor'))
        await asyncio.to_thread(self.postgres.start)

        await self.shows('SELECT cid_number, cause, cancel_reason, agent FROM calls '
                         'ORDER BY joined_ms',
                         ['6001', 'answered', '', 'ann@default'],
                         ['6002', 'cancel', 'BREAK_OUT', ''],
                         ['6003', 'answered', '', 'ann@default'],
                         ['6004', 'cancel', 'BREAK_OUT', ''])
        await self.shows('SELECT outcome, hangup_cause FROM offers ORDER BY called_ms',
                         ['bridged', 'NORMAL_CLEARING'], ['not answered', 'USER_BUSY'],
                         ['bridged', 'NORMAL_CLEARING'])
        await self.shows('SELECT name FROM agents ORDER BY name', ['ann@default'], ['late'])
        lines = [json.loads(line) for path in sorted((self.server.data / 'records').iterdir())
                 for line in path.read_text().splitlines()]
        self.assertEqual(len({line['uuid'] for line in lines}), 7)
        log = self.server.log.read_text('utf-8', 'replace')
        self.assertEqual(log.count('cannot be used'), 2)  # One of each process.
        self.assertEqual(log.count('is back after'), 1)
        self.check_that_no_password_is_told()


class OverOdbc(Contract, PostgresCase):
    def dsn(self):
        return f'{SOURCE}:{USER}:{PASSWORD}'

    @property
    def launcher(self):
        return ('env', *(f'{name}={value}'
                         for name, value in self.postgres.odbc_variables().items()))


class Starts(TablesCase):
    """The settings, on a server that is started again."""

    def configure(self):
        return Configuration(
            settings={**self.settings, 'dbname': 'floor'},
            agents=[{'name': 'ann@default', 'type': 'callback', 'status': 'Available'}],
            tiers=[{'queue': QUEUE, 'agent': 'ann@default', 'level': 2}])

    def query(self, sql):
        return Sqlite(self.server.data / 'db' / 'floor.db').query(sql)

    async def test_rows_of_the_api_go_only_at_an_operators_start_that_truncates(self):
        await self.esl.must("callcenter_config agent set status ann@default 'On Break'")
        await self.add_agent('made', status='Available')
        names = 'SELECT name, status FROM agents ORDER BY name'
        both = ['ann@default', 'On Break'], ['made', 'Available']
        await self.shows(names, *both)

        await self.start_again(self.server.stop)
        await self.shows(names, *both)
        await self.start_again(self.server.kill, **{'truncate-agents-on-load': 'true',
                                                    'truncate-tiers-on-load': 'true'})
        await self.shows(names, *both)
        await self.start_again(self.server.stop)
        await self.shows(names, ['ann@default', 'Available'])
        await self.shows('SELECT agent, level FROM tiers', ['ann@default', '2'])

    async def test_the_tables_are_where_the_settings_say(self):
        """A name is a file of the data directory, an absolute path is itself; a DSN wins."""
        names = 'SELECT name FROM agents ORDER BY name'
        await self.shows(names, ['ann@default'])
        by_path, by_dsn = self.folder / 'by path.db', self.folder / 'by dsn.db'
        expected = [['ann@default']]
        for path, settings in ((by_path, {'dbname': str(by_path)}),
                               (by_dsn, {'odbc-dsn': f'sqlite://{by_dsn}'}),
                               (self.server.data / 'db/floor.db',
                                {'odbc-dsn': '', 'dbname': 'floor'})):
            await self.start_again(self.server.stop, **settings)
            expected.append([f'bob{len(expected)}'])
            await self.esl.must(f'callcenter_config agent add {expected[-1][0]} callback')
            self.query = Sqlite(path).query
            await self.shows(names, *expected)

    async def test_a_database_that_cannot_be_had_holds_up_nobody(self):
        await self.start_again(self.server.stop, **{
            'odbc-dsn': f"pgsql://hostaddr=127.0.0.1 port=1 user=x password='{PASSWORD}'"})
        await self.abandoned_call('6001')
        log = self.server.log.read_text('utf-8', 'replace')
        self.assertIn('odbc-dsn: the database pgsql://hostaddr=127.0.0.1 port=1', log)
        self.assertNotIn(PASSWORD, log)

        await self.start_again(self.server.stop, **{'odbc-dsn': ''})
        await self.shows('SELECT cid_number FROM calls', ['6001'])
