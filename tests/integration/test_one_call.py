"""One caller, one agent: what both hear, and who hangs up in which phase."""
from tests.phones import hearing
from tests.phones.call import Ending
from tests.phones.incoming import BUSY, REJECT, Answer, Ignore, KeepRinging

from .configuration import MUSIC_TONE, QUEUE
from .harness import ServerCase

CALLER_TONE, AGENT_TONE, OTHER_AGENT_TONE = 1000, 1400, 1500
RING_SECONDS = 0.5           # Long enough for the caller to be heard waiting.


def without_counts(events):
    """The callcenter events but members-count, as 'action value' texts."""
    values = ('CC-Agent-State', 'CC-Agent-Status', 'CC-Agent-Bridged', 'CC-Cause')
    return [' '.join([event.action, *(event[name] for name in values if event[name])])
            for event in events if event.action != 'members-count']


class OneCall(ServerCase):
    async def waiting_caller(self, number='6001'):
        """A caller who hears the music; returns the call."""
        caller = await self.caller(number, tone=CALLER_TONE)
        call = await self.call(caller)
        await call.sound.hear(MUSIC_TONE)
        return call

    async def conversation(self, *actions):
        """A caller and agent ann, each hearing the other; returns both calls."""
        await self.agent('ann', *(actions or (Answer(),)), tone=AGENT_TONE)
        call = await self.call(await self.caller('6001', tone=CALLER_TONE))
        leg = await self.agents['ann'].phone.incoming()
        await call.sound.hear(AGENT_TONE)
        await leg.sound.hear(CALLER_TONE)
        return call, leg

    async def served_again(self):
        """Checks that the next caller is bridged to ann."""
        phone = self.agents['ann'].phone
        phone.behave(Answer())
        call = await self.call(await self.caller('6999', tone=CALLER_TONE + 50))
        leg = await phone.incoming_from('6999')
        await call.sound.hear(AGENT_TONE)
        await leg.sound.hear(CALLER_TONE + 50)
        call.hang_up()
        self.assertEqual(await leg.ended(), Ending.PEER)

    async def ends_of(self, number='6001'):
        """The member-queue-end event of a caller, and that the queue is empty after it."""
        event = await self.esl.event('member-queue-end', CC_Member_CID_Number=number)
        await self.esl.event('members-count', CC_Count='0')
        return event


class Conversations(OneCall):
    async def test_music_before_and_each_other_after_in_one_stream(self):
        await self.agent('ann', KeepRinging(), tone=AGENT_TONE)
        call = await self.waiting_caller()
        leg = await self.agents['ann'].phone.incoming()
        await leg.answer()
        await call.sound.hear(AGENT_TONE)
        await leg.sound.hear(CALLER_TONE)
        # A second of it, so that a late change of stream would show.
        await call.sound.hear(AGENT_TONE, frames=50)
        self.assertEqual(call.sound.tones(), [(MUSIC_TONE,), (AGENT_TONE,)])
        self.assertEqual(leg.sound.tones(), [(CALLER_TONE,)])
        for party in (call, leg):
            packets = party.sound.audio()
            self.assertEqual({stream.port for stream in hearing.streams(packets)},
                             {party.peer_audio[0].port})
            self.assertEqual(len(hearing.streams(packets)), 1)
            self.assertEqual((hearing.lost(packets), hearing.misordered(packets)), (0, 0))
            self.assertEqual(hearing.timestamp_errors(packets), [])

    async def test_the_agent_sees_who_calls(self):
        _, leg = await self.conversation()
        self.assertEqual((leg.caller_number, leg.caller_name), ('6001', 'Caller 6001'))

    async def test_events_come_in_the_known_order(self):
        call, leg = await self.conversation()
        await self.esl.event('agent-state-change', CC_Agent_State='In a queue call')
        leg.hang_up()
        await call.ended()
        await self.esl.event('agent-state-change', CC_Agent_State='Waiting')
        begun = self.esl.events.index(await self.member_of(call.phone))
        events = self.esl.callcenter(begun)
        self.assertEqual(without_counts(events), [
            'member-queue-start', 'agent-state-change Receiving', 'agent-offering',
            'bridge-agent-start', 'agent-state-change In a queue call', 'bridge-agent-end true',
            'member-queue-end Terminated', 'agent-state-change Waiting'])
        counts = [event['CC-Count'] for event in events if event.action == 'members-count']
        self.assertEqual(counts, ['1', '0'])
        self.assertEqual({event['CC-Queue'] for event in events if 'CC-Queue' in event}, {QUEUE})
        self.assertEqual(len({event['CC-Member-UUID'] for event in events
                              if 'CC-Member-UUID' in event}), 1)

    async def test_the_caller_hangs_up(self):
        call, leg = await self.conversation()
        call.hang_up()
        self.assertEqual(await call.released(), 200)
        self.assertEqual(await leg.ended(), Ending.PEER)
        self.assertIn('cause=16', leg.reason)
        self.assertEqual((await self.ends_of())['CC-Cause'], 'Terminated')
        await self.served_again()

    async def test_the_agent_hangs_up(self):
        call, leg = await self.conversation()
        leg.hang_up()
        self.assertEqual(await leg.released(), 200)
        self.assertEqual(await call.ended(), Ending.PEER)
        self.assertEqual((await self.ends_of())['CC-Cause'], 'Terminated')
        row = await self.row(self.agents['ann'])
        self.assertEqual((row['state'], row['calls_answered']), ('Waiting', '1'))
        await self.served_again()

    async def test_the_agent_holds_and_resumes(self):
        call, leg = await self.conversation()
        self.assertEqual(await leg.hold(), 200)
        self.assertEqual(await leg.resume(), 200)
        await call.sound.hear(AGENT_TONE)
        await leg.sound.hear(CALLER_TONE)
        call.hang_up()
        self.assertEqual(await leg.ended(), Ending.PEER)


class Abandons(OneCall):
    async def test_while_nobody_rings(self):
        call = await self.waiting_caller()
        call.hang_up()
        self.assertEqual(await call.released(), 200)
        event = await self.ends_of()
        self.assertEqual((event['CC-Cause'], event['CC-Cancel-Reason']), ('Cancel', 'BREAK_OUT'))
        self.assertEqual([row['state'] for row in await self.members()], ['Abandoned'])

    async def test_while_the_agent_rings(self):
        await self.agent('ann', KeepRinging(), tone=AGENT_TONE)
        call = await self.waiting_caller()
        leg = await self.agents['ann'].phone.incoming()
        call.hang_up()
        self.assertEqual(await leg.ended(), Ending.CANCELLED)
        self.assertIn('ORIGINATOR_CANCEL', leg.reason)
        failed = await self.esl.event('bridge-agent-fail')
        self.assertEqual(failed['CC-Hangup-Cause'], 'ORIGINATOR_CANCEL')
        self.assertEqual((await self.ends_of())['CC-Cause'], 'Cancel')
        await self.served_again()

    async def test_before_the_server_answered(self):
        await self.agent('ann', KeepRinging(), tone=AGENT_TONE)
        caller = await self.caller('6001')
        call = await caller.call('7000')
        call.hang_up()
        # Cancelled, or hung up at once because the answer was quicker; it may have joined or not.
        self.assertIn(await call.ended(), (Ending.CANCELLED, Ending.SELF))
        await self.served_again()
        states = [row['state'] for row in await self.members() if row['cid_number'] == '6001']
        self.assertIn(states, ([], ['Abandoned']))
        for leg in self.agents['ann'].phone.incoming_calls:
            await leg.ended()


class FailedOffers(OneCall):
    async def falls_to_bob(self, *actions, **settings):
        """Ann fails the offer as told, bob gets the caller; returns ann's leg and her event."""
        await self.agent('ann', *actions, tone=AGENT_TONE, **settings)
        await self.agent('bob', Answer(ring=RING_SECONDS), tone=OTHER_AGENT_TONE)
        call = await self.waiting_caller()
        leg = await self.agents['ann'].phone.incoming()
        await call.sound.hear(OTHER_AGENT_TONE)
        failed = await self.esl.event('bridge-agent-fail')
        self.assertEqual(failed['CC-Agent'], self.agents['ann'].name)
        self.assertEqual(call.sound.tones(), [(MUSIC_TONE,), (OTHER_AGENT_TONE,)])
        return leg, failed

    async def test_a_busy_agent(self):
        leg, failed = await self.falls_to_bob(BUSY, busy_delay_time=60)
        self.assertEqual(failed['CC-Hangup-Cause'], 'USER_BUSY')
        row = await self.row(self.agents['ann'])
        self.assertEqual((row['state'], row['no_answer_count']), ('Waiting', '0'))
        self.assertGreater(int(row['ready_time']), int(row['last_offered_call']))
        self.assertEqual(leg.final_status, 486)

    async def test_a_rejecting_agent(self):
        leg, failed = await self.falls_to_bob(REJECT, reject_delay_time=60)
        self.assertEqual(failed['CC-Hangup-Cause'], 'CALL_REJECTED')
        self.assertEqual(leg.final_status, 603)

    async def test_an_agent_who_never_answers(self):
        leg, failed = await self.falls_to_bob(KeepRinging(), ring_limit=1, no_answer_delay_time=60)
        self.assertEqual(failed['CC-Hangup-Cause'], 'ALLOTTED_TIMEOUT')
        self.assertEqual(leg.ending, Ending.CANCELLED)
        self.assertIn('ALLOTTED_TIMEOUT', leg.reason)
        self.assertEqual((await self.row(self.agents['ann']))['no_answer_count'], '1')

    async def test_a_phone_that_sends_nothing(self):
        _, failed = await self.falls_to_bob(Ignore(), ring_limit=1, no_answer_delay_time=60)
        self.assertEqual(failed['CC-Hangup-Cause'], 'ALLOTTED_TIMEOUT')
        self.assertGreaterEqual((await self.row(self.agents['ann']))['no_answer_count'], '1')

    async def test_an_answer_that_crosses_the_cancel(self):
        await self.agent('ann', KeepRinging(), tone=AGENT_TONE, ring_limit=1,
                         no_answer_delay_time=60)
        await self.agent('bob', Answer(), tone=OTHER_AGENT_TONE)
        call = await self.waiting_caller()
        leg = await self.agents['ann'].phone.incoming()
        leg.ignores_cancel = True
        await leg.happens('CANCEL received')
        await leg.answer()
        # The late answer is acknowledged and hung up; it reaches nobody.
        self.assertEqual(await leg.ended(), Ending.PEER)
        self.assertIsNotNone(leg.when('ACK received'))
        await call.sound.hear(OTHER_AGENT_TONE)
        self.assertEqual(call.sound.tones(), [(MUSIC_TONE,), (OTHER_AGENT_TONE,)])

    async def test_an_agent_whose_delay_is_over_is_offered_again(self):
        await self.agent('ann', BUSY, Answer(), tone=AGENT_TONE, busy_delay_time=1)
        call = await self.waiting_caller()
        await call.sound.hear(AGENT_TONE)
        first, second = self.agents['ann'].phone.incoming_calls
        waited = second.when('INVITE received') - first.when('486 sent')
        self.assertGreaterEqual(waited, 0.95)
