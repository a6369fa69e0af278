"""Keys that one party presses reach the other in the way its phone takes them."""
from tests.phones.incoming import Answer
from tests.phones.sdp import Speech

from .harness import ServerCase

CALLER_TONE, AGENT_TONE = 1000, 1400


class Keys(ServerCase):
    async def talk(self, agent_speech=Speech()):
        """A caller and agent ann, each hearing the other; returns both calls."""
        await self.agent('ann', Answer(), tone=AGENT_TONE, phone={'speech': agent_speech})
        call = await self.call(await self.caller('6001', tone=CALLER_TONE))
        leg = await self.agents['ann'].phone.incoming()
        await call.sound.hear(AGENT_TONE)
        await leg.sound.hear(CALLER_TONE)
        return call, leg

    async def test_keys_told_by_info_are_pressed_among_the_sound(self):
        call, leg = await self.talk()
        for key in '5#5':
            self.assertEqual(await call.tell_key(key), 200)
        await leg.sound.changes.until(lambda: leg.sound.keys() == '5#5', 10, 'keys 5#5')
        self.assertEqual(leg.told_keys, '')
        await leg.sound.hear(CALLER_TONE)

    async def test_a_phone_without_events_is_told_by_info(self):
        call, leg = await self.talk(Speech(digits_payload_type=0))
        call.sound.press('1*')
        await leg.changes.until(lambda: leg.told_keys == '1*', 10, 'keys 1*')
        self.assertEqual(await call.tell_key('9'), 200)
        await leg.changes.until(lambda: leg.told_keys == '1*9', 10, 'key 9')
        self.assertEqual(await leg.tell_key('7'), 200)
        await call.sound.changes.until(lambda: call.sound.keys() == '7', 10, 'key 7')
