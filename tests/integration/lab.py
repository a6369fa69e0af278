"""A running server with its event-socket client and its phones, for tests and for benches."""
import asyncio
import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.phones.esl import EslClient
from tests.phones.phone import Phone

from .configuration import EXTENSION, QUEUE, Configuration
from .server import DEVELOPMENT_FIRST, Server

RING_LIMIT = 20              # Seconds of leg_timeout where nobody cares.


@dataclass
class Agent:
    """An agent of the queue and the phone on its desk."""

    name: str
    phone: Phone


class Lab:
    """One server in a temporary folder, and the people who use it."""

    folder = server = None       # Until the lab is open, so that one that fails to open closes too.
    phones = clients = ()
    phone_type = Phone
    launcher = ()                # Words before the server's command.
    arguments = ()               # And behind it.

    async def open_lab(self, configuration=None, binaries=DEVELOPMENT_FIRST):
        """Makes the folder, starts the server, and listens to all its events."""
        # unittest switches asyncio's debugging on, which is too slow for a crowd of phones.
        asyncio.get_running_loop().set_debug(False)
        self.configuration = configuration or Configuration()
        self.folder = Path(tempfile.mkdtemp(prefix='ringmaster-'))
        self.phones, self.clients, self.agents = [], [], {}
        self.server = Server(self.configuration.write(self.folder / 'conf'), self.folder / 'data',
                             self.folder / 'log', binaries)
        self.server.launcher = self.launcher
        self.server.arguments = self.arguments
        await self.restart()

    async def close_lab(self):
        """Ends everybody and the server, which must end well unless it was killed."""
        await asyncio.gather(*(phone.close() for phone in self.phones))
        await asyncio.gather(*(client.close() for client in self.clients))
        if self.server is None or not self.server.was_started:
            return
        if self.server.is_running:
            await self.server.stop()
        if not self.server.was_killed and self.server.exit_code != 0:
            raise ChildProcessError(f'the server ended with {self.server.exit_code}')

    def print_log(self):
        """Shows the end of the server's log, if there is a server."""
        if self.server is not None:
            print(f'\n--- the server said:\n{self.server.tail()}\n---', file=sys.stderr)

    def remove_folder(self):
        """Removes configuration, data and log, unless RINGMASTER_KEEP asks to keep them."""
        if self.folder is not None and not os.environ.get('RINGMASTER_KEEP'):
            shutil.rmtree(self.folder, ignore_errors=True)

    async def restart(self):
        """Starts the server on its data directory, with a new event-socket client."""
        await self.server.start()
        self.esl = await self.connect()
        await self.esl.subscribe()

    async def start_again(self, how, **settings):
        """Ends the server (`how` is its stop or kill) and starts it with other <settings>."""
        await how()
        self.configuration.settings.update(settings)
        self.configuration.write(self.server.configuration)
        await self.restart()

    async def connect(self):
        """Another event-socket connection, closed with the lab."""
        client = await EslClient.connect(self.server.event_socket,
                                         self.configuration.event_socket_password)
        self.clients.append(client)
        return client

    # People.

    async def phone(self, user, **settings):
        phone = await self.phone_type(user, self.server.sip, **settings).open()
        self.phones.append(phone)
        return phone

    async def caller(self, number='6001', **settings):
        """A phone outside; it belongs to nobody the server knows."""
        return await self.phone(number, display=f'Caller {number}', **settings)

    async def agent(self, name, *actions, contact=None, ring_limit=RING_LIMIT,
                    status='Available', phone=None, tone=None, **row):
        """An agent of QUEUE with a phone that behaves as told.

        `phone` are settings of the phone, `row` columns of the agent's row.

        Agents who are equal otherwise are offered calls in the order in which they were made here.
        """
        phone = await self.phone(name, tone=tone, **(phone or {}))
        if actions:
            phone.behave(*actions)
        contact = contact or f'[leg_timeout={ring_limit}]sofia/internal/{name}@{phone.address}'
        agent = self.agents[name] = Agent(f'{name}@default', phone)
        await self.add_agent(agent.name, contact=contact, **row, status=status)
        return agent

    async def add_agent(self, name, **row):
        """The row of an agent, behind all others of QUEUE; its columns are set in order."""
        self.rows = getattr(self, 'rows', 0) + 1
        await self.esl.must(f'callcenter_config agent add {name} callback')
        await self.esl.must(f'callcenter_config tier add {QUEUE} {name} 1 {self.rows}')
        for key, value in row.items():
            await self.esl.must(f"callcenter_config agent set {key} {name} '{value}'")

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
