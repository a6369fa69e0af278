"""Hundreds of broken SIP, RTP and event-socket messages; then the server still serves a call."""
import asyncio
import random

from tests.phones.incoming import Answer
from tests.phones.sip_message import new_branch, new_token

from .configuration import QUEUE, Configuration
from .harness import ServerCase

SEED = 20240607
MUTANTS = 300                # Of each kind. One run of this test is about a second of sending.
BATCH = 20                   # Then an OPTIONS must be answered, so that no buffer overflows.
OTHER_QUEUE = 'other@default'    # Where accepted mutants wait, so that they take no agent.
ENDLESS_BLOCKS = 1000        # Of 64 KiB: no command is that long.
CALLER_TONE, AGENT_TONE = 1000, 1400

METHODS = ('INVITE', 'REGISTER', 'BYE', 'CANCEL', 'OPTIONS', 'ACK', 'UPDATE', 'REFER', 'NOTIFY')
ODD_LINES = (
    b'Contact: <tel:+1234>', b'Contact: <foo:bar>', b'Contact: *', b'Contact: <sip:>',
    b'Contact: <sip:a@127.0.0.1:99999>', b'Contact: <sip:a@127.0.0.1;transport=sctp>',
    b'Record-Route: <urn:x>', b'Record-Route: <sip:[::1', b'Route: <sip:nowhere.invalid;lr>',
    b'Via: SIP/2.0/UDP', b'Via: SIP/2.0/UDP 127.0.0.1:0;branch=', b'CSeq: 4294967296 INVITE',
    b'CSeq: -1 BYE', b'CSeq: 1', b'Content-Length: 99999', b'Content-Length: -5',
    b'Max-Forwards: 0', b'From: <sip:\xff\xfe@x>;tag=', b'To: "unclosed <sip:a@b>', b'Call-ID:',
    b'Expires: -1', b'Authorization: Digest ,,,="', b'Require: 100rel, everything',
    b'Content-Type: x/' + b'y' * 3000, b'X: ' + b'z' * 8000,
    b'Subject: a\r\n b\r\n\tc', b'Replaces: x;from-tag=;to-tag=',
)
ODD_BODIES = (
    b'v=0\r\nm=audio 99999 RTP/AVP 0\r\nc=IN IP4 127.0.0.1\r\n', b'm=audio', b'\x00' * 500,
    b'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 300.1.1.1\r\nm=audio 9 RTP/AVP\r\n',
    b'v=0\r\no=- 1 1 IN IP6 ::1\r\ns=-\r\nt=0 0\r\nm=audio 0 RTP/AVP 0 0 0 0\r\na=rtpmap:\r\n', b'',
)
ODD_COMMANDS = (
    b'\n\n', b'api\n\n', b'api \n\n', b'bgapi\n\n', b'event\n\n', b'event plain CUSTOM\n\n',
    b'sendmsg\nContent-Length: -7\n\n', b'sendevent CUSTOM\nContent-Length: 99999999999\n\n',
    b'filter\n\n', b'auth\n\n', b'nixevent ALL\n\n', b'\xff\xfe\x00\n\n',
    b"api callcenter_config 'unclosed quote\n\n",
    b'api callcenter_config agent set status x ' + b'y' * 9000 + b'\n\n',
    b'api ' + b'callcenter_config agent list ' * 300 + b'\n\n', b'exit', b'A: b\n' * 500 + b'\n',
)


def sip_message(dice, host, port):
    """A plausible request with one or more faults."""
    method = dice.choice(METHODS)
    lines = [f'{method} sip:q-other@127.0.0.1 SIP/2.0'.encode(),
             f'Via: SIP/2.0/UDP {host}:{port};rport;branch={new_branch()}'.encode(),
             f'From: <sip:hostile@{host}>;tag={new_token()}'.encode(), b'To: <sip:q-other@default>',
             f'Call-ID: {new_token()}'.encode(), f'CSeq: 1 {method}'.encode(), b'Max-Forwards: 70',
             f'Contact: <sip:hostile@{host}:{port}>'.encode(), b'Content-Type: application/sdp']
    for _ in range(dice.randint(0, 2)):
        odd = dice.choice(ODD_LINES)
        name = odd.partition(b':')[0]
        lines = [line for line in lines if not line.startswith(name + b':')] + [odd]
    if dice.random() < 0.2:
        lines.pop(dice.randrange(1, len(lines)))
    if dice.random() < 0.2:
        lines.insert(dice.randrange(1, len(lines)), dice.choice(lines))
    data = b'\r\n'.join(lines) + b'\r\n\r\n' + dice.choice(ODD_BODIES)
    return damaged(dice, data)


def damaged(dice, data):
    """The bytes as they are, cut off, or with some of them changed."""
    kind = dice.random()
    if kind < 0.4 or not data:
        return data
    if kind < 0.6:
        return data[:dice.randrange(len(data))]
    changed = bytearray(data)
    for _ in range(dice.randint(1, 12)):
        changed[dice.randrange(len(changed))] = dice.randrange(256)
    return bytes(changed)


def rtp_packet(dice):
    """A packet that looks like RTP or RTCP, with lies in its lengths."""
    size = dice.choice((0, 1, 11, 12, 13, 16, 172, 1400))
    data = bytearray(dice.randbytes(size))
    if data and dice.random() < 0.8:
        data[0] = dice.choice((0x80, 0x8F, 0x90, 0xA0, 0xBF))
    if size > 1 and dice.random() < 0.5:
        data[1] = dice.choice((0, 101, 0x80, 127, 200, 201))
    return bytes(data)


class Hostile(ServerCase):
    def configure(self):
        return Configuration(queues={QUEUE: {}, OTHER_QUEUE: {}})

    async def asyncSetUp(self):
        await super().asyncSetUp()
        self.dice = random.Random(SEED)
        await self.agent('ann', Answer(), tone=AGENT_TONE)
        self.attacker = await self.phone('hostile')

    async def still_serves(self):
        """A caller is bridged to ann, and both hear each other."""
        caller = await self.caller('6001', tone=CALLER_TONE)
        call = await self.call(caller)
        leg = await self.agents['ann'].phone.incoming_from('6001')
        await call.sound.hear(AGENT_TONE)
        await leg.sound.hear(CALLER_TONE)
        return call, leg

    async def flood(self, destination, make):
        """Sends MUTANTS datagrams from a socket of its own, in batches."""
        loop = asyncio.get_running_loop()
        transport, _ = await loop.create_datagram_endpoint(asyncio.DatagramProtocol,
                                                           remote_addr=destination)
        for number in range(MUTANTS):
            transport.sendto(make(*transport.get_extra_info('sockname')[:2]))
            if number % BATCH == BATCH - 1:
                await self.answers_options()
        transport.close()

    async def answers_options(self):
        """The SIP side is alive and has worked off what came before."""
        self.assertIsNotNone(await self.attacker.options(), 'OPTIONS was not answered')

    async def test_broken_sip(self):
        await self.flood(self.server.sip, lambda host, port: sip_message(self.dice, host, port))
        await self.still_serves()

    async def test_broken_rtp_into_a_conversation(self):
        call, leg = await self.still_serves()
        for party in (call, leg):
            for offset in (0, 1):  # The RTP port, and the one where RTCP would be.
                host, port = party.peer_audio[0].address
                await self.flood((host, port + offset), lambda *_: rtp_packet(self.dice))
        # Neither the strangers' packets nor their address got into the conversation.
        await call.sound.hear(AGENT_TONE, frames=25)
        await leg.sound.hear(CALLER_TONE, frames=25)

    async def test_broken_event_socket_commands(self):
        for number in range(MUTANTS):
            _, writer = await asyncio.open_connection(*self.server.event_socket)
            if self.dice.random() < 0.7:
                writer.write(f'auth {self.configuration.event_socket_password}\n\n'.encode())
            for _ in range(self.dice.randint(1, 4)):
                writer.write(damaged(self.dice, self.dice.choice(ODD_COMMANDS)))
            writer.close()
            if number % BATCH == BATCH - 1:
                await self.esl.api('callcenter_config queue count')
        await self.still_serves()

    async def test_an_endless_line_is_not_collected_for_ever(self):
        reader, writer = await asyncio.open_connection(*self.server.event_socket)
        block = b'x' * 65536
        closed = asyncio.create_task(reader.read())
        try:
            for _ in range(ENDLESS_BLOCKS):
                writer.write(block)
                async with asyncio.timeout(10):
                    await writer.drain()
        except (ConnectionError, TimeoutError):
            pass
        await asyncio.wait({closed}, timeout=10)
        self.assertTrue(closed.done(), 'the connection is still open')
        writer.close()
        await self.still_serves()
