"""Linphone as the caller and as the agent's registered phone, over TCP."""
from tests.integration.configuration import EXTENSION, MUSIC_TONE
from tests.integration.harness import ServerCase
from tests.phones.incoming import Answer

from . import recording
from .linphone import Linphone

OUR_TONE, ITS_TONE = 1400, 1000


class WithLinphone(ServerCase):
    async def linphone(self, user, *account, **settings):
        phone = Linphone(self.folder / f'linphone-{user}', self.server.sip, user, *account,
                         tone=ITS_TONE, **settings)
        self.addAsyncCleanup(phone.close)
        return await phone.open()

    async def test_it_calls_the_queue_and_hears_music_then_the_agent(self):
        await self.agent('ann', Answer(ring=0.5), tone=OUR_TONE)
        caller = await self.linphone('6001')
        caller.command(f'call sip:{EXTENSION}@%s:%d;transport=tcp' % self.server.sip)
        leg = await self.agents['ann'].phone.incoming(limit=30)
        await leg.sound.hear(ITS_TONE, frames=50, limit=30)
        leg.hang_up()
        await caller.is_over()
        self.assertEqual(recording.tones(caller.heard()), [MUSIC_TONE, OUR_TONE])

    async def test_it_registers_and_is_the_phone_of_an_agent(self):
        phone = await self.linphone('1001', 'pw1001', register=True)
        await phone.registered()
        await self.add_agent('eve@default', contact='user/1001@default', status='Available')
        call = await self.call(await self.caller('6001', tone=OUR_TONE))
        await call.sound.hear(ITS_TONE, frames=50, limit=30)
        phone.command('terminate')
        await call.ended()
        await phone.is_over()
        self.assertEqual(recording.tones(phone.heard()), [OUR_TONE])
