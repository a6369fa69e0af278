"""Phones that speak SIP over TCP."""
from tests.phones.call import Ending
from tests.phones.incoming import Answer
from tests.phones.streams import StreamLayer

from .harness import ServerCase

AGENT_TONE, CALLER_TONE = 1400, 1000


class Tcp(ServerCase):
    async def test_a_phone_over_tcp_registers_is_called_and_hangs_up(self):
        phone = await self.registered_agent()
        call = await self.call(await self.caller('6001', tone=CALLER_TONE))
        leg = await phone.incoming()
        await call.sound.hear(AGENT_TONE)
        await leg.sound.hear(CALLER_TONE)
        leg.hang_up()
        self.assertEqual(await call.ended(), Ending.PEER)

    async def test_a_call_comes_on_the_connection_that_registered(self):
        phone = await self.registered_agent()
        before = set(phone.layer.streams)
        await self.call(await self.caller('6001'))
        await phone.incoming()
        self.assertEqual(set(phone.layer.streams), before)

    async def test_a_phone_whose_connection_is_gone_is_called_at_its_contact(self):
        phone = await self.registered_agent()
        phone.layer.hang_up_streams()
        await self.call(await self.caller('6001'))
        await phone.incoming()

    async def test_a_caller_over_tcp_is_hung_up_on(self):
        await self.registered_agent()
        caller = await self.caller('6001', tone=CALLER_TONE, layer_type=StreamLayer)
        call = await self.call(caller)
        await call.sound.hear(AGENT_TONE)
        await self.esl.must('hupall')
        self.assertEqual(await call.ended(), Ending.PEER)

    async def test_registrations_show_how_phones_come(self):
        await self.registered_agent()
        rows = await self.esl.api('show registrations')
        self.assertIn(',tcp,', rows)

    async def registered_agent(self):
        """Agent ann behind the registration of user 1001; returns the registered phone."""
        phone = await self.phone('1001', password='pw1001', tone=AGENT_TONE,
                                 layer_type=StreamLayer)
        phone.behave(Answer())
        self.assertEqual(await phone.register(), [401, 200])
        await self.agent('ann', contact='user/1001@default')
        return phone
