"""A client of the event socket: commands with their replies, and events to wait for."""
import asyncio
import time
from urllib.parse import unquote

from .changes import Changes

CALLCENTER = 'callcenter::info'
LARGEST_LINE = 1 << 20


class EslClosed(ConnectionError):
    """The server closed the connection."""


class Headers:
    """Headers in order, found by their exact name."""

    def __init__(self, pairs):
        self.pairs = pairs
        self._first = {}
        for name, value in pairs:
            self._first.setdefault(name, value)

    def __getitem__(self, name):
        """The value, or nothing: the server does not send empty headers."""
        return self._first.get(name, '')

    def __contains__(self, name):
        return name in self._first

    @property
    def names(self):
        return [name for name, _ in self.pairs]


def parse_headers(text, decode=False):
    """The headers of a block of lines."""
    pairs = []
    for line in text.splitlines():
        name, colon, value = line.partition(':')
        if colon:
            value = value.removeprefix(' ')
            pairs.append((name, unquote(value) if decode else value))
    return pairs


class Event(Headers):
    """One event, with the instant of its arrival."""

    def __init__(self, body):
        head, _, self.body = body.partition('\n\n')
        super().__init__(parse_headers(head, decode=True))
        self.at = time.monotonic()

    @property
    def action(self):
        """CC-Action of a callcenter event, else nothing."""
        return self['CC-Action']

    def matches(self, wanted):
        """Whether all these headers have these values; underscores stand for hyphens."""
        return all(self[name if name in self else name.replace('_', '-')] == value
                   for name, value in wanted.items())

    def __repr__(self):
        shown = ('CC-Agent', 'CC-Agent-State', 'CC-Agent-Status', 'CC-Cause', 'CC-Hangup-Cause',
                 'CC-Count', 'CC-Member-CID-Number')
        details = [self[name] for name in shown if self[name]]
        return ' '.join([self.action or self['Event-Name'], *details])


class Reply(Headers):
    """The reply to a command."""

    def __init__(self, pairs, body):
        super().__init__(pairs)
        self.body = body

    @property
    def text(self):
        return self['Reply-Text']


class EslClient:
    """One connection. Commands are answered in the order of sending."""

    def __init__(self, reader, writer):
        self.events = []
        self.changes = Changes()
        self.closed = False
        self._reader, self._writer = reader, writer
        self._replies = asyncio.Queue()
        self._one_command = asyncio.Lock()
        self._task = asyncio.create_task(self._read())

    @classmethod
    async def connect(cls, address, password=None):
        """Connects and, with a password, authenticates; raises PermissionError when refused."""
        client = cls(*await asyncio.open_connection(*address, limit=LARGEST_LINE))
        greeting = await client.reply()
        if greeting['Content-Type'] != 'auth/request':
            raise EslClosed(f'greeted with {greeting.pairs}')
        if password is not None:
            answer = await client.command(f'auth {password}')
            if not answer.text.startswith('+OK'):
                await client.close()
                raise PermissionError(answer.text)
        return client

    async def close(self):
        self._task.cancel()
        self._writer.close()
        await asyncio.gather(self._task, self._writer.wait_closed(), return_exceptions=True)

    # Commands.

    def send(self, data):
        """Sends bytes as they are."""
        self._writer.write(data)

    async def reply(self, limit=10.0):
        """The next reply; raises EslClosed at the end of the connection."""
        async with asyncio.timeout(limit):
            reply = await self._replies.get()
        if reply is None:
            raise EslClosed('the event socket closed')
        return reply

    async def command(self, text, limit=10.0):
        """Sends a command and returns its reply."""
        async with self._one_command:
            self.send(f'{text}\n\n'.encode())
            return await self.reply(limit)

    async def api(self, text, limit=10.0):
        """Runs an API command; returns its output."""
        return (await self.command(f'api {text}', limit)).body

    async def must(self, text):
        """Runs an API command that has to say +OK."""
        output = await self.api(text)
        if not output.startswith('+OK'):
            raise ValueError(f'{text!r} said {output!r}')

    async def rows(self, text):
        """Runs an API command that lists; returns one dict per row, by column name."""
        lines = (await self.api(text)).splitlines()
        if not lines or lines[-1] != '+OK':
            raise ValueError(f'{text!r} said {lines!r}')
        if len(lines) == 1:
            return []
        names = lines[0].split('|')
        return [dict(zip(names, line.split('|'), strict=True)) for line in lines[1:-1]]

    async def subscribe(self, what='plain ALL'):
        reply = await self.command(f'event {what}')
        if not reply.text.startswith('+OK'):
            raise ValueError(f'event {what} said {reply.text!r}')

    # Events.

    def mark(self):
        """The place in `events` after all that came so far."""
        return len(self.events)

    def find(self, action=None, since=0, **wanted):
        """The events so far with this CC-Action and these headers (CC_Agent='…')."""
        if action is not None:
            wanted['CC-Action'] = action
        return [event for event in self.events[since:] if event.matches(wanted)]

    async def event(self, action=None, *, nth=1, since=0, limit=10.0, **wanted):
        """Waits for the nth such event."""
        def found():
            return self.find(action, since, **wanted)[nth - 1:nth]
        return (await self.changes.until(
            found, limit, lambda: f'{action} {wanted} number {nth} in {self.events[since:]}'))[0]

    async def until(self, condition, limit, what):
        """Waits until a condition on the events holds."""
        return await self.changes.until(condition, limit, what)

    def callcenter(self, since=0):
        """The callcenter::info events in order."""
        return [event for event in self.events[since:] if event['Event-Subclass'] == CALLCENTER]

    # Receiving.

    async def _read(self):
        try:
            while True:
                head = await self._reader.readuntil(b'\n\n')
                pairs = parse_headers(head.decode())
                size = int(dict(pairs).get('Content-Length', 0))
                body = (await self._reader.readexactly(size)).decode()
                self._take(pairs, body)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            self.closed = True
            self._replies.put_nowait(None)
            self.changes.notify()

    def _take(self, pairs, body):
        kind = dict(pairs).get('Content-Type', '')
        if kind == 'text/event-plain':
            self.events.append(Event(body))
            self.changes.notify()
        elif kind != 'text/disconnect-notice':
            self._replies.put_nowait(Reply(pairs, body))
