"""A name server on the loopback that knows a few names: for tests of calls to host names."""
import asyncio
import struct

A, SRV, IN = 1, 33, 1
NO_SUCH_NAME = 3


class NameServer(asyncio.DatagramProtocol):
    """Answers SRV and A questions (RFC 1035 §4, RFC 2782) from two tables; all else: no such name.

    `hosts` maps a name to its address, `services` a name such as _sip._udp.example.test to
    (priority, weight, port, host) rows.
    """

    def __init__(self):
        self.hosts, self.services, self.asked = {}, {}, []
        self.transport = None

    async def open(self):
        """Binds a free port. Returns: itself."""
        await asyncio.get_running_loop().create_datagram_endpoint(
            lambda: self, local_addr=('127.0.0.1', 0))
        return self

    @property
    def address(self):
        """As --name-servers takes it."""
        host, port = self.transport.get_extra_info('sockname')
        return f'{host}:{port}'

    def connection_made(self, transport):
        self.transport = transport

    def close(self):
        self.transport.close()

    def datagram_received(self, data, sender):
        identifier, = struct.unpack_from('!H', data)
        name, end = _read_name(data, 12)
        kind, _ = struct.unpack_from('!HH', data, end)
        self.asked.append(name)
        answers = [_record(name, kind, body) for body in self._bodies(name.lower(), kind)]
        known = name.lower() in self.hosts or name.lower() in self.services
        flags = 0x8580 | (0 if known else NO_SUCH_NAME)
        head = struct.pack('!HHHHHH', identifier, flags, 1, len(answers), 0, 0)
        self.transport.sendto(head + data[12:end + 4] + b''.join(answers), sender)

    def _bodies(self, name, kind):
        if kind == A and name in self.hosts:
            yield bytes(int(part) for part in self.hosts[name].split('.'))
        if kind == SRV:
            for priority, weight, port, host in self.services.get(name, ()):
                yield struct.pack('!HHH', priority, weight, port) + _written(host)


def _read_name(data, at):
    """The name of a question, and where it ends."""
    labels = []
    while data[at]:
        labels.append(data[at + 1:at + 1 + data[at]].decode())
        at += 1 + data[at]
    return '.'.join(labels), at + 1


def _written(name):
    return b''.join(bytes([len(label)]) + label.encode() for label in name.split('.')) + b'\0'


def _record(name, kind, body):
    return _written(name) + struct.pack('!HHIH', kind, IN, 60, len(body)) + body
