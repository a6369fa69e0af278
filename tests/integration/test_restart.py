"""A killed or stopped server comes back with everybody it had, in the same places."""
import asyncio
import time

from tests.phones import hearing
from tests.phones.call import Ending
from tests.phones.incoming import Answer, KeepRinging

from .configuration import MUSIC_TONE
from .harness import ServerCase

SOUND_LIMIT = 2.0            # Seconds from the ready line until everybody hears again.
AGENT_TONES = {'ann': 1400, 'bob': 1500, 'cat': 1600}
TALKING_TONES = (1000, 1050)
KEPT_COLUMNS = ('uuid', 'session_uuid', 'cid_number', 'joined_epoch', 'state')


class Restart(ServerCase):
    """Two pairs talk and some wait; the server goes and comes back."""

    async def fill(self, waiting=5):
        """Makes the pairs (caller, agent leg) and the line of waiting calls."""
        self.pairs, self.line = [], []
        for name, tone in zip(('ann', 'bob'), TALKING_TONES):
            await self.agent(name, Answer(), tone=AGENT_TONES[name])
            call = await self.call(await self.caller(f'60{tone}', tone=tone))
            leg = await self.agents[name].phone.incoming()
            await call.sound.hear(AGENT_TONES[name])
            await leg.sound.hear(tone)
            self.pairs.append((call, leg))
        for number in range(waiting):
            call = await self.call(await self.caller(f'{6101 + number}', tone=1100 + 50 * number))
            await call.sound.hear(MUSIC_TONE)
            self.line.append(call)
        await self.agent('cat', Answer(), tone=AGENT_TONES['cat'], status='Logged Out')
        self.before = self.kept(await self.members())
        self.assertEqual([row[2] for row in self.before if row[4] == 'Waiting'],
                         [call.phone.user for call in self.line])
        for call in self.all_calls():
            self.assertEqual(len(hearing.streams(call.sound.audio())), 1)

    @staticmethod
    def kept(rows):
        return [tuple(row[name] for name in KEPT_COLUMNS) for row in rows]

    def all_calls(self):
        return [*self.line, *(call for pair in self.pairs for call in pair)]

    async def come_back(self):
        """Starts the server and notes when it was ready."""
        await self.server.start()
        self.ready = time.monotonic()
        left = SOUND_LIMIT + self.ready
        expected = [(call, MUSIC_TONE) for call in self.line if call.is_alive]
        for call, leg in self.pairs:
            if call.is_alive and leg.is_alive:
                expected += [(call, leg.sound.tone), (leg, call.sound.tone)]
        await asyncio.gather(*(call.sound.hear(tone, since=self.ready,
                                               limit=left - time.monotonic())
                               for call, tone in expected))
        print(f'{self.id().rpartition(".")[2]}: all heard again '
              f'{time.monotonic() - self.ready:.2f} s after the ready line')
        self.esl = await self.connect()
        await self.esl.subscribe()

    def check_streams(self):
        """One port and one SSRC over both lives, and numbers that only go up."""
        for call in self.all_calls():
            packets = call.sound.audio()
            self.assertEqual(len(hearing.streams(packets)), 1, call)
            self.assertEqual(packets[0].port, call.peer_audio[0].port)
            self.assertEqual(len({audio.address for audio in call.peer_audio}), 1)
            self.assertEqual(hearing.misordered(packets), 0)

    async def check_that_all_goes_on(self):
        """The line as before; the next offer; and every dialog still ends on both sides."""
        self.assertEqual(self.kept(await self.members()), self.before)
        self.check_streams()
        await self.first_in_line_gets_cat()
        await self.caller_ends_the_first_conversation()
        await self.agent_ends_the_second_conversation()
        await self.last_in_line_leaves()

    async def first_in_line_gets_cat(self):
        await self.esl.must("callcenter_config agent set status cat@default 'Available'")
        await self.line[0].sound.hear(AGENT_TONES['cat'])
        leg = await self.agents['cat'].phone.incoming()
        await leg.sound.hear(self.line[0].sound.tone)
        self.line[0].hang_up()
        self.assertEqual(await leg.ended(), Ending.PEER)
        # Cat is free again and serves the second.
        await self.line[1].sound.hear(AGENT_TONES['cat'])

    async def caller_ends_the_first_conversation(self):
        call, leg = self.pairs[0]
        call.hang_up()
        self.assertEqual(await call.released(), 200)
        self.assertEqual(await leg.ended(), Ending.PEER)
        await self.line[2].sound.hear(AGENT_TONES['ann'])

    async def agent_ends_the_second_conversation(self):
        call, leg = self.pairs[1]
        leg.hang_up()
        self.assertEqual(await leg.released(), 200)
        self.assertEqual(await call.ended(), Ending.PEER)
        await self.line[3].sound.hear(AGENT_TONES['bob'])

    async def last_in_line_leaves(self):
        call = self.line[4]
        call.hang_up()
        self.assertEqual(await call.released(), 200)
        event = await self.esl.event('member-queue-end', CC_Member_CID_Number=call.phone.user)
        self.assertEqual(event['CC-Cancel-Reason'], 'BREAK_OUT')


class Killed(Restart):
    async def test_nobody_loses_a_place_a_conversation_or_a_dialog(self):
        await self.fill()
        await self.server.kill()
        await self.come_back()
        await self.check_that_all_goes_on()

    async def test_twice_in_a_row(self):
        await self.fill()
        for _ in range(2):
            await self.server.kill()
            await self.come_back()
        await self.check_that_all_goes_on()

    async def test_who_hung_up_meanwhile_is_gone_after_it(self):
        await self.fill(waiting=2)
        await self.server.kill()
        leaving_caller, left_leg = self.pairs[0]
        left_call, leaving_leg = self.pairs[1]
        leaving_waiter = self.line[0]
        for call in (leaving_caller, leaving_leg, leaving_waiter):
            call.hang_up()
        await self.come_back()
        for call in (leaving_caller, leaving_leg, leaving_waiter):
            self.assertEqual(await call.released(), 200)
            self.assertGreaterEqual(call.bye.sent, 2)
        self.assertEqual(await left_leg.ended(), Ending.PEER)
        self.assertEqual(await left_call.ended(), Ending.PEER)
        # Both agents are free again; whose caller's end was seen first serves the one who waits.
        await self.line[1].sound.hear(AGENT_TONES['ann'], AGENT_TONES['bob'])

    async def test_a_call_that_rang_at_an_agent_is_offered_again(self):
        ann = await self.agent('ann', KeepRinging(), tone=AGENT_TONES['ann'])
        call = await self.call(await self.caller('6001', tone=1000))
        ringing = await ann.phone.incoming()
        await ringing.happens('180')
        self.pairs, self.line = [], [call]
        await self.server.kill()
        await self.come_back()
        self.assertEqual(await ringing.ended(), Ending.CANCELLED)
        again = await ann.phone.incoming(2)
        await again.answer()
        await call.sound.hear(AGENT_TONES['ann'])
        await again.sound.hear(call.sound.tone)

    async def test_agents_keep_status_and_numbers(self):
        ann = await self.agent('ann', Answer(), tone=AGENT_TONES['ann'], wrap_up_time=1)
        await self.agent('bob', status='On Break')
        call = await self.call(await self.caller('6001', tone=1000))
        await call.sound.hear(AGENT_TONES['ann'])
        call.hang_up()
        await self.esl.event('member-queue-end')
        await self.esl.event('agent-state-change', CC_Agent=ann.name, CC_Agent_State='Waiting')
        before = await self.esl.rows('callcenter_config agent list')
        tiers = await self.esl.rows('callcenter_config tier list')
        await self.server.kill()
        await self.restart()
        self.assertEqual(await self.esl.rows('callcenter_config agent list'), before)
        self.assertEqual(await self.esl.rows('callcenter_config tier list'), tiers)


class Stopped(Restart):
    async def test_an_orderly_end_loses_nobody_either(self):
        await self.fill()
        self.assertEqual(await self.server.stop(), 0)
        self.assertTrue(all(call.is_alive for call in self.all_calls()))
        await self.come_back()
        await self.check_that_all_goes_on()
