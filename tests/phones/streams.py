"""SIP transactions over TCP: connections on demand, framed by Content-Length (RFC 3261, 18)."""
import asyncio
import re

from .transactions import TransactionLayer

CONTENT_LENGTH = re.compile(rb'^(?:content-length|l)\s*:\s*(\d+)', re.IGNORECASE | re.MULTILINE)
END_OF_HEAD = b'\r\n\r\n'


class Stream(asyncio.Protocol):
    """One connection; whole messages go to the layer."""

    def __init__(self, layer):
        self._layer, self._input, self._transport, self._peer = layer, b'', None, None

    def connection_made(self, transport):
        self._transport, self._peer = transport, transport.get_extra_info('peername')[:2]
        self._layer.streams[self._peer] = self

    def connection_lost(self, exc):
        if self._layer.streams.get(self._peer) is self:
            del self._layer.streams[self._peer]

    def data_received(self, data):
        self._input += data
        while True:
            self._input = self._input.lstrip(b'\r\n')   # Keep-alives between messages.
            head, found, rest = self._input.partition(END_OF_HEAD)
            length = CONTENT_LENGTH.search(head)
            size = int(length.group(1)) if length else 0
            if not found or len(rest) < size:
                return
            message, self._input = head + found + rest[:size], rest[size:]
            self._layer.datagram_received(message, self._peer)

    def write(self, data):
        self._transport.write(data)

    def close(self):
        self._transport.close()


class StreamLayer(TransactionLayer):
    """Transactions over TCP: on the connection that is there, else on a new one.

    The phone listens at its address too, as one does that is not behind a router.
    """

    is_reliable = True
    protocol = 'TCP'
    contact_parameters = ';transport=tcp'

    def __init__(self, *arguments, **settings):
        super().__init__(*arguments, **settings)
        self.streams = {}            # By the peer's address.
        self._listener, self._waiting, self._tasks = None, {}, set()

    async def open(self, host='127.0.0.1', port=0):
        loop = asyncio.get_running_loop()
        self._listener = await loop.create_server(lambda: Stream(self), host, port)
        self.address = self._listener.sockets[0].getsockname()[:2]

    def close(self):
        self.stop_transactions()
        for task in self._tasks:
            task.cancel()
        self.hang_up_streams()
        if self._listener is not None:
            self._listener.close()

    async def closed(self):
        """Waits until the socket is given back."""
        await self._listener.wait_closed()

    def hang_up_streams(self):
        """All connections go away, as when a router forgets them."""
        for stream in list(self.streams.values()):
            stream.close()

    def send(self, message, destination):
        """Sends one message once, as soon as there is a connection."""
        if destination in self.streams:
            self.streams[destination].write(message.to_bytes())
            return
        self._waiting.setdefault(destination, []).append(message.to_bytes())
        if len(self._waiting[destination]) == 1:
            task = asyncio.create_task(self._connect(destination))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _connect(self, destination):
        try:
            await asyncio.get_running_loop().create_connection(lambda: Stream(self), *destination)
        except OSError:
            pass                     # A server that is away may come back; there are time limits.
        for data in self._waiting.pop(destination, ()):
            if destination in self.streams:
                self.streams[destination].write(data)
