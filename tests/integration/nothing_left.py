"""What has to be true when all calls are over: no leg, member, busy agent or port is left."""
import os
from pathlib import Path

from .harness import ServerCase

LIMIT = 90                   # Lost messages come again after seconds; nobody waits for time-outs.


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


class NothingLeftCase(ServerCase):
    async def all_channels_are_gone(self):
        """Waits until each channel that was made has told its end."""
        def uuids(name):
            return {event['Unique-ID'] for event in self.esl.find(Event_Name=name)}
        await self.esl.until(
            lambda: uuids('CHANNEL_CREATE') <= uuids('CHANNEL_HANGUP_COMPLETE'), LIMIT,
            lambda: f"ends of {uuids('CHANNEL_CREATE') - uuids('CHANNEL_HANGUP_COMPLETE')}")

    async def check_that_nothing_is_left(self):
        self.assertIn('0 total', await self.esl.api('show channels count'))
        waiting = [row for row in await self.members() if row['state'] != 'Abandoned']
        self.assertEqual(waiting, [])
        rows = await self.esl.rows('callcenter_config agent list')
        self.assertEqual({row['state'] for row in rows}, {'Waiting'})
        self.assertEqual(open_ports(self.server.process_id, self.configuration.rtp_ports), [])
