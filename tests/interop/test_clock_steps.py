"""The host's clock jumps by hours, forth and back, while people wait and talk: nobody notices.

The server runs under libfaketime, which changes the wall clock and no other.
"""
import subprocess
import time

from tests.integration.configuration import MUSIC_TONE, QUEUE, Configuration
from tests.integration.harness import ServerCase
from tests.integration.small_disk import Words
from tests.phones.call import Ending
from tests.phones.incoming import Answer

FAKETIME = '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1'
HOURS = 3600
TONE = 1400


class ClockSteps(ServerCase):
    def configure(self):
        # Less than a step: whoever went by the wall clock would let everybody go.
        return Configuration(queues={QUEUE: {'max-wait-time': '1800'}})

    async def open_lab(self, configuration=None, **settings):
        self.launcher = Words(self.under_faketime)
        await super().open_lab(configuration, **settings)

    def under_faketime(self):
        if not self.clock.exists():
            self.step(0)
        return ('env', f'LD_PRELOAD={FAKETIME}', f'FAKETIME_TIMESTAMP_FILE={self.clock}',
                'FAKETIME_DONT_FAKE_MONOTONIC=1', 'FAKETIME_NO_CACHE=1')

    @property
    def clock(self):
        return self.folder / 'clock'

    def step(self, seconds):
        """From now on the clock differs so much from the real one."""
        self.clock.write_text(f'{seconds:+d}\n')

    def check_that_clocks_step(self):
        """Whoever is started as the server is sees the other clock."""
        seen = subprocess.run((*self.under_faketime(), 'date', '+%s'), capture_output=True,
                              text=True, check=True).stdout
        self.assertAlmostEqual(int(seen) - time.time(), 2 * HOURS, delta=HOURS)

    async def places(self):
        return [(row['uuid'], row['joined_epoch'], row['state']) for row in await self.members()]

    async def test_nobody_is_let_go_early_or_kept_too_long(self):
        await self.agent('ann', Answer(), tone=TONE, wrap_up_time=1)
        talking = await self.call(await self.caller('6001'))
        await talking.sound.hear(TONE)
        first = await self.call(await self.caller('6002'))
        await first.sound.hear(MUSIC_TONE)
        before = await self.places()

        for step in (2 * HOURS, -2 * HOURS):
            self.step(step)
            if step > 0:
                self.check_that_clocks_step()
            self.assertEqual(await self.places(), before)
            self.assertTrue(talking.is_alive and first.is_alive)
        # Two hours behind: a wrap-up by the wall clock would not end today.
        second = await self.call(await self.caller('6003'))
        await second.sound.hear(MUSIC_TONE)
        talking.hang_up()
        self.assertEqual(await talking.released(), 200)
        await first.sound.hear(TONE)

        # And over the death of the process, which sees another clock than the one before it.
        await self.server.kill()
        self.step(4 * HOURS)
        await self.restart()
        await second.sound.hear(MUSIC_TONE)
        self.assertEqual([row['cid_number'] for row in await self.members()
                          if row['state'] == 'Waiting'], ['6003'])
        first.hang_up()
        self.assertEqual(await first.released(), 200)
        await second.sound.hear(TONE)
        second.hang_up()
        self.assertEqual(await second.released(), 200)
        event = await self.esl.event('member-queue-end', CC_Member_CID_Number='6003')
        self.assertEqual(event['CC-Cause'], 'Terminated')
        self.assertEqual(second.ending, Ending.SELF)
