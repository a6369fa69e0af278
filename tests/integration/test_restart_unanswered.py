"""Calls that nobody had answered when the server died."""
from tests.phones.call import Ending
from tests.phones.incoming import KeepRinging

from .harness import ServerCase

LIMIT = 30


class Unanswered(ServerCase):
    async def test_a_phone_stops_ringing_by_a_cancel_of_the_same_call(self):
        ringing = await self.ringing_phone()
        await self.server.kill()
        await self.restart()
        self.assertEqual(await ringing.ended(LIMIT), Ending.CANCELLED)
        invite, cancel = ringing.invite, ringing.cancel_request
        self.assertEqual(cancel.branch, invite.branch)
        self.assertEqual(cancel.uri, invite.uri)
        self.assertEqual(cancel.cseq, (invite.cseq[0], 'CANCEL'))
        for header in ('From', 'To', 'Call-ID'):
            self.assertEqual(cancel.get(header), invite.get(header), header)
        self.assertIn('cause=', cancel.get('Reason'))

    async def test_a_phone_that_answers_too_late_is_hung_up_on(self):
        ringing = await self.ringing_phone()
        ringing.ignores_cancel = True
        await self.server.kill()
        await self.restart()
        await ringing.happens('CANCEL received', LIMIT)
        await ringing.answer()
        await ringing.happens('ACK received', LIMIT)
        self.assertEqual(await ringing.ended(LIMIT), Ending.PEER)

    async def test_a_phone_that_answered_while_nobody_listened_is_hung_up_on(self):
        ringing = await self.ringing_phone()
        await self.server.kill()
        await ringing.answer()
        await self.restart()
        await ringing.happens('ACK received', LIMIT)
        self.assertEqual(await ringing.ended(LIMIT), Ending.PEER)

    async def test_the_caller_of_a_cancelled_phone_is_offered_again(self):
        ringing = await self.ringing_phone()
        await self.server.kill()
        await self.restart()
        await ringing.ended(LIMIT)
        again = await ringing.phone.incoming(2, LIMIT)
        await again.answer()
        await again.happens('ACK received', LIMIT)
        self.assertTrue(self.waiting.is_alive)

    async def test_a_caller_without_an_answer_is_told_to_come_again(self):
        caller = await self.caller('6002')
        call = await caller.call('ringing')
        await call.happens('180', LIMIT)
        await self.server.kill()
        await self.restart()
        self.assertEqual(await call.ended(LIMIT), Ending.REFUSED)
        self.assertEqual(call.final_status, 503)
        self.assertTrue(call.retry_after)
        rows = await self.esl.api('show channels count')
        self.assertIn('0 total', rows)

    async def ringing_phone(self):
        """Caller 6001 waits while ann's phone rings for him; returns the call at her phone."""
        ann = await self.agent('ann', KeepRinging())
        self.waiting = await self.call(await self.caller('6001', tone=1000))
        ringing = await ann.phone.incoming()
        await ringing.happens('180')
        # All that the server knows of it has reached its journal with what came after.
        await self.esl.event(Event_Name='CHANNEL_PROGRESS', limit=LIMIT)
        return ringing
