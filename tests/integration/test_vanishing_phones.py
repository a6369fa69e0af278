"""A phone that answers and vanishes: nothing is left behind."""
import os
from pathlib import Path

from tests.phones.call import Ending
from tests.phones.incoming import Answer

from .configuration import Configuration
from .harness import ServerCase

LIMIT = 60


def open_ports(process, ports):
    """The UDP ports of this range that the process has open."""
    links = {os.readlink(path) for path in Path(f'/proc/{process}/fd').iterdir()}
    found = []
    for line in Path('/proc/net/udp').read_text().splitlines()[1:]:
        fields = line.split()
        port = int(fields[1].rpartition(':')[2], 16)
        if f'socket:[{fields[9]}]' in links and ports[0] <= port <= ports[1]:
            found.append(port)
    return sorted(found)


class VanishingPhones(ServerCase):
    def configure(self):
        return Configuration(profile={'rtp-timeout-sec': 2})

    async def test_a_phone_that_answers_and_vanishes_frees_its_caller_and_its_agent(self):
        await self.agent('ann', Answer())
        call = await self.call(await self.caller('6001', tone=1000))
        leg = await self.agents['ann'].phone.incoming()
        await leg.happens('ACK received')
        self.agents['ann'].phone.layer.close()
        self.assertEqual(await call.ended(LIMIT), Ending.PEER)
        await self.esl.event(Event_Name='CHANNEL_HANGUP_COMPLETE', nth=2, limit=LIMIT)
        self.assertIn('0 total', await self.esl.api('show channels count'))
        self.assertEqual(await self.members(), [])
        self.assertEqual((await self.row(self.agents['ann']))['state'], 'Waiting')
        self.assertEqual(open_ports(self.server.process_id, self.configuration.rtp_ports), [])
