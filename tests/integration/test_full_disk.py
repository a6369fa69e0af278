"""A disk that fills up: calls go on, the server says that it is unprotected, and recovers."""
import os
from pathlib import Path

from tests.phones.incoming import Answer

from .configuration import MUSIC_TONE
from .harness import ServerCase
from .small_disk import LIMIT, Words, small_disks_can_be_had

DISK_MIB = 48
RESERVE_MIB = 8
# The data directory is a small disk of its own, which only the server sees.
SMALL_DISK = ('unshare', '--user', '--map-root-user', '--mount', 'sh', '-c',
              'mkdir -p "$0" && mount -t tmpfs -o size={size}m tmpfs "$0" && exec "$@"')


class SmallDisk(ServerCase):
    async def open_lab(self, configuration=None, **settings):
        """Starts the server in a mount namespace with a disk of its own at its data directory."""
        if not small_disks_can_be_had():
            self.skipTest('no mount namespaces here')
        self.launcher = Words(self.disk_of_its_own)
        await super().open_lab(configuration, **settings)

    def disk_of_its_own(self):
        *words, script = SMALL_DISK
        return (*words, script.format(size=DISK_MIB), str(self.server.data))

    @property
    def disk(self):
        """The server's data directory as the server sees it."""
        return Path(f'/proc/{self.server.process_id}/root{self.server.data}')

    def free(self):
        facts = os.statvfs(self.disk)
        return facts.f_bavail * facts.f_frsize

    def fill(self, leave):
        """Writes a file that leaves so many bytes free."""
        with (self.disk / 'ballast').open('wb') as file:
            left = self.free() - leave
            while left > 0:
                left -= file.write(bytes(min(left, 1 << 20)))

    async def protection(self, is_there):
        event = await self.esl.event(Event_Subclass='ringmaster::protection',
                                     Protected='true' if is_there else 'false', limit=LIMIT)
        return event['Reason']

    async def check_that_calls_go_on(self, number):
        call = await self.call(await self.caller(number))
        await call.sound.hear(MUSIC_TONE)
        return call

    async def fills_up_and_empties(self, leave):
        """Returns: why the server said it was unprotected."""
        first = await self.check_that_calls_go_on('6001')
        self.fill(leave)
        # Something has to be written before a full disk is noticed.
        second = await self.check_that_calls_go_on('6002')
        reason = await self.protection(False)
        third = await self.check_that_calls_go_on('6003')
        self.assertEqual(self.server.tail(1000).count('UNPROTECTED'), 1)
        (self.disk / 'ballast').unlink()
        await self.protection(True)
        await self.agent('ann', Answer(), tone=1400)
        await first.sound.hear(1400)
        for call in (second, third):
            self.assertTrue(call.is_alive)
        return reason


class Reserve(SmallDisk):
    arguments = ('--disk-free-mib', str(RESERVE_MIB))

    async def test_the_journal_leaves_the_last_of_the_disk_to_others(self):
        reason = await self.fills_up_and_empties(leave=RESERVE_MIB << 19)
        self.assertIn('nearly full', reason)

    async def test_a_server_that_ends_uses_the_reserve_for_its_state(self):
        await self.check_that_calls_go_on('6001')
        self.fill(leave=RESERVE_MIB << 19)
        await self.protection(False)
        await self.check_that_calls_go_on('6002')
        # The disk is gone with the process, so what was saved is read while it still ends.
        self.assertEqual(await self.server.stop(), 0)
        self.assertNotIn('could not be saved', self.server.tail(1000))


class Full(SmallDisk):
    arguments = ('--disk-free-mib', '0')

    async def test_a_full_disk_stops_no_call(self):
        reason = await self.fills_up_and_empties(leave=0)
        self.assertIn('full', reason)
