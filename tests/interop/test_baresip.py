"""baresip as the caller and as the agent's registered phone, over UDP."""
from tests.integration.configuration import EXTENSION, MUSIC_TONE
from tests.integration.harness import ServerCase
from tests.phones.incoming import Answer

from . import recording
from .baresip import Baresip

OUR_TONE, ITS_TONE = 1400, 1000


class WithBaresip(ServerCase):
    async def baresip(self, user, password='none', **settings):
        phone = Baresip(self.folder / f'baresip-{user}', self.server.sip, user, password,
                        tone=ITS_TONE, **settings)
        self.addAsyncCleanup(phone.close)
        return await phone.open()

    async def conversation(self):
        """It registers, becomes an agent's phone and gets a caller. Returns: it and the call."""
        phone = await self.baresip('1001', 'pw1001', interval=60)
        await phone.registered()
        await self.add_agent('eve@default', contact='user/1001@default', status='Available')
        return phone, await self.call(await self.caller('6001', tone=OUR_TONE))

    async def test_it_calls_the_queue_and_hears_music_then_the_agent(self):
        await self.agent('ann', Answer(ring=0.5), tone=OUR_TONE)
        caller = await self.baresip('6001')
        caller.command('dial', f'sip:{EXTENSION}@%s:%d' % self.server.sip)
        leg = await self.agents['ann'].phone.incoming()
        await leg.sound.hear(ITS_TONE, frames=50)
        leg.hang_up()
        await caller.happens('CALL_CLOSED')
        self.assertEqual(recording.tones(caller.heard()[0]), [MUSIC_TONE, OUR_TONE])

    async def test_it_registers_and_is_the_phone_of_an_agent(self):
        phone, call = await self.conversation()
        await call.sound.hear(ITS_TONE, frames=50)
        phone.command('hangup')
        await call.ended()
        await phone.happens('CALL_CLOSED')
        self.assertEqual(recording.tones(phone.heard()[0]), [OUR_TONE])

    async def test_it_holds_the_caller_and_takes_him_back(self):
        phone, call = await self.conversation()
        await call.sound.hear(ITS_TONE)
        phone.command('hold')
        await self.esl.event(Event_Name='CHANNEL_HOLD')
        phone.command('resume')
        await self.esl.event(Event_Name='CHANNEL_UNHOLD')
        await call.sound.hear(ITS_TONE, frames=50)
        call.hang_up()
        await phone.happens('CALL_CLOSED')
