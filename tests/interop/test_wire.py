"""What the server sends, judged by Wireshark's dissectors."""
from tests.integration.harness import ServerCase
from tests.phones.incoming import BUSY, Answer

from .capture import Capture

# What tshark marks where a message does not follow its RFC. Severity 0x00800000 is an error.
FAULTS = '_ws.malformed or _ws.expert.severity >= 8388608'


class OnTheWire(ServerCase):
    async def test_no_message_and_no_packet_is_malformed(self):
        wire = Capture(self.folder, self.configuration.sip_port, self.configuration.rtp_ports)
        self.addAsyncCleanup(wire.close)
        await wire.open()
        await self.a_morning()
        await wire.close()
        for kind, least in (('sip', 20), ('sdp', 6), ('rtp', 100), ('rtcp', 1)):
            self.assertGreaterEqual(len(await wire.packets(kind)), least, kind)
        self.assertEqual(await wire.packets(f'({FAULTS})'), [])

    async def a_morning(self):
        """A bit of everything: registration, refusal, conversation, digits, hold, refused call."""
        ann = await self.agent('ann', BUSY, Answer(), tone=1400, busy_delay_time=1)
        desk = await self.phone('1001', password='pw1001')
        self.assertEqual(await desk.register(), [401, 200])
        self.assertEqual(await desk.options(), 200)
        call = await self.call(await self.caller('6001', tone=1000))
        leg = await ann.phone.incoming(2, limit=30)
        await leg.sound.hear(1000)
        self.assertEqual(await leg.hold(), 200)
        self.assertEqual(await leg.resume(), 200)
        await call.sound.hear(1400, frames=350, limit=30)  # Until RTCP has been sent too.
        leg.hang_up()
        await call.ended()
        nowhere = await (await self.caller('6002')).call('no-such-number')
        await nowhere.ended()
        self.assertEqual((await desk.unregister())[-1], 200)
