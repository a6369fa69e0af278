"""What goes over the wire of a test, and what tshark thinks of it."""
import json
import socket

from .process import Process

MARK_SECONDS, MARKS_MAX = 0.2, 150
READ_LIMIT = 120.0           # Seconds for tshark to read a capture on a busy machine.


class Capture:
    """Records the loopback traffic of a server's SIP port and of its ports for sound."""

    def __init__(self, folder, sip_port, rtp_ports):
        self._file, self._folder, self._sip_port = folder / 'capture.pcap', folder, sip_port
        sound = f'udp portrange {rtp_ports[0]}-{rtp_ports[1]}'
        # Packets to this port mark how far the recording is.
        self._mark = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._mark.bind(('127.0.0.1', 0))
        filtered = f'port {sip_port} or {sound} or udp port {self._mark_port}'
        self._process = Process(folder, 'tshark', '-i', 'lo', '-w', self._file, '-F', 'pcap',
                                '-P', '-l', '-f', filtered)

    @property
    def _mark_port(self):
        return self._mark.getsockname()[1]

    async def open(self):
        """Starts recording; what is sent from now on is in it."""
        await self._process.open()
        await self._reaches_now()
        return self

    async def close(self):
        """Ends the recording; what was sent so far is in it."""
        if self._mark.fileno() >= 0:
            await self._reaches_now()
            self._mark.close()
        await self._process.close()

    async def _reaches_now(self):
        seen = len(self._process.lines)
        for _ in range(MARKS_MAX):
            self._mark.sendto(b'', ('127.0.0.1', self._mark_port))
            try:
                await self._process.says(f' {self._mark_port} ', after=seen, limit=MARK_SECONDS)
                return
            except TimeoutError:
                continue
        raise TimeoutError(f'tshark records nothing:\n{self._process.tail()}')

    async def packets(self, display_filter):
        """The packets that pass, as dictionaries of their layers."""
        reader = Process(self._folder, 'tshark', '-r', self._file, '-T', 'json', '-Y',
                         display_filter, '-d', f'udp.port=={self._sip_port},sip', '-d',
                         f'tcp.port=={self._sip_port},sip', '--enable-heuristic', 'rtp_udp',
                         '--enable-heuristic', 'rtcp_udp')
        await reader.open()
        code = await reader.ended(READ_LIMIT)
        text = '\n'.join(line for line in reader.lines if not line.startswith('Running as'))
        if code != 0:
            raise ChildProcessError(f'tshark ended with {code}: {reader.tail()}')
        return [packet['_source']['layers'] for packet in json.loads(text or '[]')]
