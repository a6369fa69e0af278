"""Phones calling each other directly, so that what they do at a server can be believed."""
import unittest

from tests.phones.call import Ending, State
from tests.phones.incoming import BUSY, REJECT, Answer, Ignore, KeepRinging, Refuse
from tests.phones.phone import Phone
from tests.phones.transactions import Timers

QUICK = Timers(t1=0.02, t2=0.16)


class PhoneToPhone(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        self.bob = await Phone('bob', None, tone=1400, timers=QUICK).open()
        self.ann = await Phone('ann', self.bob.layer.address, display='Ann Caller', tone=1000,
                               timers=QUICK).open()
        self.addAsyncCleanup(self.bob.close)
        self.addAsyncCleanup(self.ann.close)

    async def both(self):
        """A call and its other end."""
        call = await self.ann.call('bob')
        return call, await self.bob.incoming()

    async def test_both_hear_each_other_and_the_caller_hangs_up(self):
        call, other = await self.both()
        await call.answered()
        await call.sound.hear(1400)
        await other.sound.hear(1000)
        await other.happens('ACK received')
        self.assertEqual((other.caller_number, other.caller_name), ('ann', 'Ann Caller'))
        call.hang_up()
        self.assertEqual(await call.released(), 200)
        self.assertEqual((await call.ended(), await other.ended()), (Ending.SELF, Ending.PEER))

    async def test_the_called_hangs_up_after_a_while(self):
        self.bob.behave(Answer(ring=0.05, talk=0.1))
        call, other = await self.both()
        self.assertEqual((await call.ended(), await other.ended()), (Ending.PEER, Ending.SELF))
        self.assertGreaterEqual(call.when('200 received') - call.when('180 received'), 0.04)

    async def test_busy_reject_and_other_refusals_in_order(self):
        self.bob.behave(BUSY, REJECT, Refuse(503, ring=0.05))
        for status in (486, 603, 503):
            call = await self.ann.call('bob')
            self.assertEqual(await call.ended(), Ending.REFUSED)
            self.assertEqual(call.final_status, status)

    async def test_a_ringing_call_is_cancelled(self):
        self.bob.behave(KeepRinging())
        call, other = await self.both()
        await call.happens('180')
        call.hang_up()
        self.assertEqual((await call.ended(), await other.ended()),
                         (Ending.CANCELLED, Ending.CANCELLED))
        self.assertEqual(call.final_status, 487)

    async def test_a_hang_up_before_any_response_cancels_at_the_first_one(self):
        self.bob.behave(KeepRinging())
        call = await self.ann.call('bob')
        call.hang_up()
        self.assertIsNone(call.when('CANCEL sent'))
        self.assertEqual(await call.ended(), Ending.CANCELLED)

    async def test_a_silent_phone_makes_the_caller_give_up(self):
        self.bob.behave(Ignore())
        call = await self.ann.call('bob')
        self.assertEqual(await call.ended(), Ending.TIMED_OUT)

    async def test_hold_and_resume_are_seen_by_the_other_end(self):
        call, other = await self.both()
        await call.answered()
        await other.happens('ACK')
        self.assertEqual(await call.hold(), 200)
        self.assertEqual(await call.resume(), 200)
        self.assertEqual([audio.direction for audio in other.peer_audio],
                         ['sendrecv', 'sendonly', 'sendrecv'])

    async def test_a_request_with_an_old_number_is_refused(self):
        call, other = await self.both()
        await call.answered()
        call.dialog.local_cseq -= 5
        self.assertEqual(await call.hold(), 500)
        self.assertIs(other.state, State.TALKING)

    async def test_a_bye_that_nobody_answers_is_repeated_until_the_peer_is_back(self):
        call, other = await self.both()
        await call.answered()
        address = self.bob.layer.address
        self.bob.layer.close()
        await self.bob.layer.closed()
        call.hang_up()
        await self.bob.layer.open(*address)
        self.assertEqual(await call.released(), 200)
        self.assertEqual(await other.ended(), Ending.PEER)
        self.assertGreaterEqual(call.bye.sent, 2)

    async def test_a_bye_for_an_unknown_dialog_is_refused(self):
        call, other = await self.both()
        await call.answered()
        call.dialog.call_id = 'another'
        call.hang_up()
        self.assertEqual(await call.released(), 481)
        self.assertIs(other.state, State.TALKING)


if __name__ == '__main__':
    unittest.main()
