"""A SIP socket whose datagrams carry the instant at which the kernel got them.

Callers and agents of a bench share one process, so the time at which Python reads a datagram says
more about the bench than about the server; the kernel's stamp does not.
"""
import asyncio
import socket
import struct
import time

from tests.phones.transactions import TransactionLayer

SO_TIMESTAMPNS = getattr(socket, 'SO_TIMESTAMPNS', 35)   # Linux; absent in Python 3.11.
LARGEST_DATAGRAM = 65536
ANCILLARY_SIZE = 128
_STAMP = struct.Struct('@qq')


class StampedLayer(TransactionLayer):
    """A transaction layer that notes when each first line came in and when each INVITE went out."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.arrivals = []           # (instant, first line); CLOCK_REALTIME seconds.
        self.departures = []

    async def open(self, host='127.0.0.1', port=0):
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK)
        self._socket.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
        self._socket.bind((host, port))
        self.address = self._socket.getsockname()
        asyncio.get_running_loop().add_reader(self._socket, self._read)

    def close(self):
        asyncio.get_running_loop().remove_reader(self._socket)
        super().close()
        self._socket.close()

    def send(self, message, destination):
        if self._socket.fileno() >= 0:
            self.departures.append((time.time(), message.start_line()))
            self._socket.sendto(message.to_bytes(), destination)

    def _read(self):
        while True:
            try:
                data, ancillary, _, source = self._socket.recvmsg(LARGEST_DATAGRAM, ANCILLARY_SIZE)
            except OSError:
                return
            line = data.partition(b'\r\n')[0].decode('utf-8', 'replace')
            self.arrivals.append((_stamp_of(ancillary), line))
            self.datagram_received(data, source)

    def arrival(self, beginning):
        """When the first message came whose first line begins so; None when none did."""
        return next((at for at, line in self.arrivals if line.startswith(beginning)), None)

    def departure(self, beginning):
        return next((at for at, line in self.departures if line.startswith(beginning)), None)


def _stamp_of(ancillary):
    for level, kind, data in ancillary:
        if level == socket.SOL_SOCKET and kind == SO_TIMESTAMPNS:
            seconds, nanoseconds = _STAMP.unpack_from(data)
            return seconds + nanoseconds / 1e9
    return time.time()
