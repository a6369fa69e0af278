"""Peers who went away, or came back by another way, while the server was dead."""
from tests.phones.call import Ending
from tests.phones.incoming import Answer
from tests.phones.streams import StreamLayer

from .configuration import Configuration
from .harness import ServerCase

LIMIT = 60
AGENT_TONE, CALLER_TONE = 1400, 1000


class LostPeers(ServerCase):
    async def test_a_caller_who_forgot_his_call_is_found_by_a_question(self):
        call, leg = await self.conversation()
        await self.server.kill()
        call.abort()
        await self.restart()
        self.assertEqual(await leg.ended(LIMIT), Ending.PEER)
        await self.esl.event(Event_Name='CHANNEL_HANGUP', limit=LIMIT,
                             Hangup_Cause='RECOVERY_ON_TIMER_EXPIRE')
        # The agent is free for the next.
        again = await self.call(await self.caller('6002', tone=CALLER_TONE))
        await again.sound.hear(AGENT_TONE)

    async def test_an_agent_whose_phone_forgot_the_call_is_found_too(self):
        call, leg = await self.conversation()
        await self.server.kill()
        leg.abort()
        await self.restart()
        self.assertEqual(await call.ended(LIMIT), Ending.PEER)

    async def test_who_lives_is_asked_once_and_talks_on(self):
        call, leg = await self.conversation()
        await self.server.kill()
        await self.restart()
        await call.happens('OPTIONS received', LIMIT)
        await leg.happens('OPTIONS received', LIMIT)
        self.assertTrue(call.is_alive and leg.is_alive)
        call.hang_up()
        self.assertEqual(await call.released(LIMIT), 200)
        self.assertEqual(await leg.ended(LIMIT), Ending.PEER)

    async def test_phones_by_tcp_talk_on_and_are_hung_up_on(self):
        call, leg = await self.conversation(layer_type=StreamLayer)
        await self.server.kill()
        await self.restart()
        mark = call.sound.received[-1].at
        await call.sound.hear(AGENT_TONE, since=mark)
        await leg.sound.hear(CALLER_TONE, since=mark)
        await self.esl.must('hupall')
        self.assertEqual(await call.ended(LIMIT), Ending.PEER)
        self.assertEqual(await leg.ended(LIMIT), Ending.PEER)

    async def conversation(self, **phone):
        """Caller 6001 talks to ann; returns the call at both phones."""
        ann = await self.agent('ann', Answer(), tone=AGENT_TONE)
        call = await self.call(await self.caller('6001', tone=CALLER_TONE, **phone))
        leg = await ann.phone.incoming()
        await call.sound.hear(AGENT_TONE)
        await leg.sound.hear(CALLER_TONE)
        return call, leg


class SilentPeers(ServerCase):
    def configure(self):
        return Configuration(profile={'rtp-timeout-sec': 2})

    async def test_a_caller_whose_sound_never_comes_back_is_ended(self):
        call = await self.call(await self.caller('6001', tone=CALLER_TONE))
        await call.sound.hear(450)
        await self.server.kill()
        call.sound.pause()
        await self.restart()
        event = await self.esl.event(Event_Name='CHANNEL_HANGUP', limit=LIMIT)
        self.assertEqual(event['Hangup-Cause'], 'MEDIA_TIMEOUT')
        self.assertEqual(await call.ended(LIMIT), Ending.PEER)
