"""Signalling that is lost, repeated and late, five seconds of nothing, a dead name server: calls
are served, and nothing is left behind."""
import asyncio
import socket

from tests.phones.faulty import faulty_layers, silence
from tests.phones.incoming import Answer
from tests.phones.pacing import evenly, for_seconds

from .nothing_left import LIMIT, NothingLeftCase

SEED = 20261122
CALLS, AGENTS = 30, 6
CALLS_PER_SECOND = 5
RING_SECONDS, TALK_SECONDS = 0.1, 0.5
IMPATIENT = 5                # Each fifth caller hangs up as soon as he waits.
SILENT_SECONDS = 5


class LossyNetwork(NothingLeftCase):
    async def test_dozens_of_calls_leave_nothing_and_the_books_balance(self):
        layers = faulty_layers(SEED)
        for number in range(AGENTS):
            await self.agent(f'{1000 + number}', Answer(RING_SECONDS, TALK_SECONDS),
                             phone={'layer_type': layers}, max_no_answer=0)
        calls = await self.dial_all(layers)
        await asyncio.gather(*(call.ended(LIMIT) for call in calls))
        await self.all_channels_are_gone()
        await self.check_that_nothing_is_left()
        self.check_books(calls)
        await self.check_rows()

    async def dial_all(self, layers):
        calls, leaving = [], []
        async for number in evenly(CALLS, CALLS_PER_SECOND):
            caller = await self.caller(f'{60000 + number}', layer_type=layers)
            call = await caller.call('7000')
            calls.append(call)
            if number % IMPATIENT == 0:
                leaving.append(asyncio.create_task(self.hang_up_when_answered(call)))
        await asyncio.gather(*leaving)
        return calls

    @staticmethod
    async def hang_up_when_answered(call):
        await call.answered(LIMIT)
        call.hang_up()

    def check_books(self, calls):
        """Who was answered by the server was a member once, and each member left once."""
        events = self.esl.callcenter()
        joined = [event['CC-Member-CID-Number'] for event in events
                  if event.action == 'member-queue-start']
        left = [event['CC-Member-CID-Number'] for event in events
                if event.action == 'member-queue-end']
        self.assertEqual(sorted(joined), sorted(call.phone.user for call in calls))
        self.assertEqual(sorted(left), sorted(joined))
        served = {event['CC-Member-CID-Number'] for event in events
                  if event.action == 'bridge-agent-start'}
        patient = {call.phone.user for number, call in enumerate(calls) if number % IMPATIENT}
        self.assertLessEqual(patient, served)

    async def check_rows(self):
        rows = await self.esl.rows('callcenter_config agent list')
        bridged = [event for event in self.esl.callcenter() if event.action == 'bridge-agent-end']
        self.assertEqual(sum(int(row['calls_answered']) for row in rows), len(bridged))


class SilentNetwork(NothingLeftCase):
    async def test_five_seconds_without_a_packet_end_no_conversation(self):
        ann = await self.agent('ann', Answer(), tone=1400)
        caller = await self.caller('6001', tone=1000)
        call = await self.call(caller)
        leg = await ann.phone.incoming()
        await call.sound.hear(1400)
        async with silence(caller, ann.phone):
            await for_seconds(SILENT_SECONDS)
        await call.sound.hear(1400)
        await leg.sound.hear(1000)
        call.hang_up()
        self.assertEqual(await call.released(), 200)
        await self.all_channels_are_gone()
        await self.check_that_nothing_is_left()


class DeadNameServer(NothingLeftCase):
    async def asyncSetUp(self):
        # It takes every question and answers none.
        self.silent = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.addCleanup(self.silent.close)
        self.silent.bind(('127.0.0.1', 0))
        self.arguments = ('--name-servers', '127.0.0.1:{}'.format(self.silent.getsockname()[1]))
        await super().asyncSetUp()

    async def test_who_is_called_by_name_is_passed_over_and_all_else_goes_on(self):
        # Where all delays are 0 the first in the order is offered again (spec/09): so one is set.
        await self.agent('ann', contact='[leg_timeout=20]sofia/internal/ann@phones.test',
                         no_answer_delay_time=600)
        await self.agent('bob', Answer(), tone=1500)
        call = await self.call(await self.caller('6001', tone=1000))
        await self.esl.event('bridge-agent-fail', limit=LIMIT)
        await call.sound.hear(1500, limit=LIMIT)
        call.hang_up()
        await self.all_channels_are_gone()
        await self.check_that_nothing_is_left()
