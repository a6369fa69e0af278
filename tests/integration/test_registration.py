"""Phones that register with digest, and agents who are reached through their registration."""
from tests.phones.incoming import Answer

from .harness import ServerCase

AGENT_TONE, CALLER_TONE = 1400, 1000
NOT_REGISTERED_DELAY = 5.0   # Seconds until an agent without a registration is tried again.


class Registration(ServerCase):
    async def test_the_right_password_is_accepted(self):
        phone = await self.phone('1001', password='pw1001')
        self.assertEqual(await phone.register(), [401, 200])
        self.assertEqual([phone.contact in value for value in phone.registration.contacts], [True])

    async def test_a_wrong_password_and_an_unknown_user_are_refused(self):
        for user, password in (('1001', 'wrong'), ('9999', 'pw1001')):
            phone = await self.phone(user, password=password)
            statuses = await phone.register()
            self.assertEqual((statuses[0], statuses[-1] in (401, 403)), (401, True), statuses)

    async def test_a_registered_agent_is_called_at_its_contact(self):
        phone = await self.registered_agent()
        call = await self.call(await self.caller('6001', tone=CALLER_TONE))
        leg = await phone.incoming()
        await call.sound.hear(AGENT_TONE)
        await leg.sound.hear(CALLER_TONE)

    async def test_an_unregistered_agent_is_tried_again_after_five_seconds(self):
        phone = await self.registered_agent()
        self.assertEqual((await phone.unregister())[-1], 200)
        call = await self.call(await self.caller('6001', tone=CALLER_TONE))
        first = await self.esl.event('bridge-agent-fail')
        self.assertEqual(first['CC-Hangup-Cause'], 'USER_NOT_REGISTERED')
        self.assertEqual((await phone.register())[-1], 200)
        await call.sound.hear(AGENT_TONE, limit=NOT_REGISTERED_DELAY + 5)
        waited = phone.incoming_calls[0].when('INVITE received') - first.at
        self.assertGreaterEqual(waited, NOT_REGISTERED_DELAY - 0.3)
        self.assertEqual(len(self.esl.find('bridge-agent-fail')), 1)

    async def test_a_registration_survives_a_kill(self):
        phone = await self.registered_agent()
        await self.server.kill()
        await self.restart()
        call = await self.call(await self.caller('6001', tone=CALLER_TONE))
        await call.sound.hear(AGENT_TONE)
        self.assertEqual(len(phone.incoming_calls), 1)

    async def registered_agent(self):
        """Agent ann behind the registration of user 1001; returns the registered phone."""
        phone = await self.phone('1001', password='pw1001', tone=AGENT_TONE)
        phone.behave(Answer())
        self.assertEqual(await phone.register(), [401, 200])
        await self.agent('ann', contact='user/1001@default')
        return phone
