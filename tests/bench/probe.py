"""Phones whose sound is made and measured by rtp_probe, a program that can speak for hundreds."""
import asyncio
import json

from tests.integration.server import ROOT
from tests.phones.phone import Phone

PROGRAM = ROOT / 'build' / 'bench' / 'rtp_probe'
REPORT_LIMIT = 60.0
LINE_BYTES = 1 << 22         # One of `heard`, for thousands of sockets.


class Probe:
    """The program, and its sockets by number."""

    async def open(self, count):
        """Starts it with so many sockets."""
        self._process = await asyncio.create_subprocess_exec(
            str(PROGRAM), str(count), stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE, limit=LINE_BYTES)
        self.ports = [int((await self._line()).split()[2]) for _ in range(count)]
        self._free = list(range(count))
        return self

    async def close(self):
        self._process.stdin.close()
        await self._process.wait()

    def new_sound(self):
        """A socket that no call has yet."""
        return ProbeSound(self, self._free.pop(0))

    def send(self, index, remote):
        """Speaks from this socket to this address from now on."""
        host, port = remote
        self._process.stdin.write(f'send {index} {host} {port}\n'.encode())

    def mark(self):
        """From now on the first packet of each socket is waited for."""
        self._process.stdin.write(b'mark\n')

    async def heard(self):
        """What each socket heard since it was opened, and how long after the mark."""
        self._process.stdin.write(b'heard\n')
        async with asyncio.timeout(REPORT_LIMIT):
            return json.loads(await self._line())

    async def report(self):
        """What arrived since the last report: seconds and counts."""
        self._process.stdin.write(b'report\n')
        async with asyncio.timeout(REPORT_LIMIT):
            return json.loads(await self._line())

    async def _line(self):
        return (await self._process.stdout.readline()).decode()


class ProbeSound:
    """Stands for tests.phones.rtp.Sound in a call."""

    def __init__(self, probe, index):
        self._probe, self.index = probe, index
        self.port = probe.ports[index]
        self.received = []

    async def open(self, _host):
        """Nothing: the socket is there."""

    def send_to(self, remote, _digits_payload_type=None):
        """Speaks to this address from now on."""
        self._probe.send(self.index, remote)

    def close(self):
        """Nothing: the socket belongs to the probe."""


def phone_type(probe):
    """The phones of a lab whose calls all sound through this probe."""
    class ProbePhone(Phone):
        def new_sound(self):
            return probe.new_sound()
    return ProbePhone
