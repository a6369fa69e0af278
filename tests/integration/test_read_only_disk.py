"""A server that died starts again on a disk that is read-only by then: calls go on from the state
that is there, unprotected until the disk can be written again."""
import asyncio
import subprocess

from .small_disk import LIMIT, Words, small_disks_can_be_had
from .test_restart import Restart

# A process that holds the namespaces with the disk, so that they outlive the server; it says when
# the disk is there.
HOLDER = ('unshare', '--user', '--map-root-user', '--mount', 'sh', '-c',
          'mkdir -p "$0" && mount -t tmpfs tmpfs "$0" && echo there && exec cat')


class ReadOnlyDisk(Restart):
    async def open_lab(self, configuration=None, **settings):
        if not small_disks_can_be_had():
            self.skipTest('no mount namespaces here')
        self.launcher = Words(self.inside)
        await super().open_lab(configuration, **settings)

    holder = None

    def make_disk(self):
        self.holder = subprocess.Popen((*HOLDER, str(self.server.data)), text=True,
                                       stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.addCleanup(self.holder.communicate)
        self.assertEqual(self.holder.stdout.readline(), 'there\n')

    def inside(self):
        """The words that run a command where the disk is."""
        if self.holder is None:
            self.make_disk()
        return ('nsenter', '--target', str(self.holder.pid), '--user', '--mount',
                '--preserve-credentials')

    def remount(self, how):
        subprocess.run((*self.inside(), 'mount', '-o', f'remount,{how}', str(self.server.data)),
                       check=True, timeout=LIMIT)

    @staticmethod
    def kept(rows):
        """Without the newcomer, who has left."""
        return Restart.kept([row for row in rows if row['state'] != 'Abandoned'])

    async def test_everybody_goes_on_and_the_state_is_safe_again_once_it_can_be_written(self):
        await self.fill()
        await self.server.kill()
        self.remount('ro')
        await self.come_back()
        self.assertIn('UNPROTECTED: the disk of', self.server.tail(1000))
        newcomer = await self.call(await self.caller('6900'))
        newcomer.hang_up()
        self.assertEqual(await newcomer.released(), 200)

        self.remount('rw')
        await self.esl.event(Event_Subclass='ringmaster::protection', Protected='true', limit=LIMIT)
        self.assertEqual(self.server.tail(1000).count('UNPROTECTED'), 1)
        async with asyncio.timeout(LIMIT):
            while 'RTP ledger is written again' not in self.server.tail(1000):
                await self.esl.api('status')
        await self.server.kill()
        await self.come_back()
        await self.check_that_all_goes_on()
