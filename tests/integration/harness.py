"""What every integration test stands on: a running server, an event-socket client, phones."""
import asyncio
import os
import shutil
import sys
import tempfile
import unittest
from dataclasses import dataclass
from pathlib import Path

from tests.phones.esl import EslClient
from tests.phones.phone import Phone

from .configuration import EXTENSION, QUEUE, Configuration
from .server import Server

RING_LIMIT = 20              # Seconds of leg_timeout where a test does not care.


@dataclass
class Agent:
    """An agent of the queue and the phone on its desk."""

    name: str
    phone: Phone


class ServerCase(unittest.IsolatedAsyncioTestCase):
    """Each test has its own server and directories, and shows the end of the log when it fails."""

    def configure(self):
        """The configuration of this test's server."""
        return Configuration()

    def run(self, result=None):
        before = _problems(result)
        outcome = super().run(result)
        folder = getattr(self, 'folder', None)
        if folder is not None:
            if result is not None and _problems(result) > before:
                print(f'\n--- the server of {self.id()} said:\n{self.server.tail()}\n---',
                      file=sys.stderr)
            if not os.environ.get('RINGMASTER_KEEP'):
                shutil.rmtree(folder, ignore_errors=True)
        return outcome

    async def asyncSetUp(self):
        # unittest switches asyncio's debugging on, which is too slow for a crowd of phones.
        asyncio.get_running_loop().set_debug(False)
        self.folder = Path(tempfile.mkdtemp(prefix='ringmaster-'))
        self.configuration = self.configure()
        self.phones = []
        self.agents = {}
        self.server = Server(self.configuration.write(self.folder / 'conf'), self.folder / 'data',
                             self.folder / 'log')
        self.addAsyncCleanup(self._end_server)
        await self.server.start()
        self.esl = await self.connect()
        await self.esl.subscribe()

    async def asyncTearDown(self):
        await asyncio.gather(*(phone.close() for phone in self.phones))

    async def _end_server(self):
        if self.server.is_running:
            await self.server.stop()
        if not self.server.was_killed:
            self.assertEqual(self.server.exit_code, 0, 'the exit code of the server')

    async def connect(self):
        """Another event-socket connection, closed with the test."""
        client = await EslClient.connect(self.server.event_socket,
                                         self.configuration.event_socket_password)
        self.addAsyncCleanup(client.close)
        return client

    async def restart(self):
        """Starts the ended server again on its data directory, with a new event-socket client."""
        await self.server.start()
        self.esl = await self.connect()
        await self.esl.subscribe()

    # People.

    async def phone(self, user, **settings):
        phone = await Phone(user, self.server.sip, **settings).open()
        self.phones.append(phone)
        return phone

    async def caller(self, number='6001', **settings):
        """A phone outside; it belongs to nobody the server knows."""
        return await self.phone(number, display=f'Caller {number}', **settings)

    async def agent(self, name, *actions, tone=None, contact=None, ring_limit=RING_LIMIT,
                    status='Available', **row):
        """An agent of QUEUE with a phone that behaves as told; `row` are columns of its row.

        Agents who are equal otherwise are offered calls in the order in which they were made here.
        """
        position = len(self.agents) + 1
        phone = await self.phone(name, tone=tone)
        if actions:
            phone.behave(*actions)
        full_name = f'{name}@default'
        contact = contact or f'[leg_timeout={ring_limit}]sofia/internal/{name}@{phone.address}'
        await self.esl.must(f'callcenter_config agent add {full_name} callback')
        await self.esl.must(f'callcenter_config tier add {QUEUE} {full_name} 1 {position}')
        for key, value in {'contact': contact, **row, 'status': status}.items():
            await self.esl.must(f"callcenter_config agent set {key} {full_name} '{value}'")
        agent = self.agents[name] = Agent(full_name, phone)
        return agent

    async def call(self, phone, extension=EXTENSION):
        """Dials the queue and waits until the server has answered."""
        call = await phone.call(extension)
        return await call.answered()

    # Facts.

    async def row(self, agent):
        """The agent's row."""
        rows = await self.esl.rows(f'callcenter_config agent list {agent.name}')
        return rows[0]

    async def members(self):
        """The rows of the queue's members, in the order of the line."""
        return await self.esl.rows(f'callcenter_config queue list members {QUEUE}')

    async def member_of(self, phone, **limits):
        """Waits for the member-queue-start event of a phone's call."""
        return await self.esl.event('member-queue-start', CC_Member_CID_Number=phone.user, **limits)


def _problems(result):
    return len(result.failures) + len(result.errors) if result is not None else 0
