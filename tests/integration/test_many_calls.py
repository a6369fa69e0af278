"""200 calls through 20 agents: none is lost, and the books balance."""
import asyncio

from tests.phones.call import Ending
from tests.phones.incoming import Answer
from tests.phones.pacing import evenly

from .configuration import QUEUE
from .harness import ServerCase

CALLS, AGENTS = 200, 20
CALLS_PER_SECOND = 8         # Light enough for a sanitizer build on two cores with the phones.
RING_SECONDS, TALK_SECONDS = 0.1, 1.0
ALL_ENDED_LIMIT = 120.0      # Seconds after the last call came; seldom more than two are needed.


def overlapping(calls):
    """The pairs of neighbouring calls at one phone that were alive at the same time."""
    spans = sorted((call.when('INVITE received'), call.when('ended')) for call in calls)
    return [(a, b) for a, b in zip(spans, spans[1:]) if b[0] < a[1]]


class ManyCalls(ServerCase):
    async def test_every_caller_is_served_exactly_once(self):
        for number in range(AGENTS):
            await self.agent(f'{1000 + number}', Answer(RING_SECONDS, TALK_SECONDS))
        calls = await self.dial_all()
        await asyncio.gather(*(call.ended(ALL_ENDED_LIMIT) for call in calls))
        await self.esl.event('agent-state-change', nth=CALLS, limit=ALL_ENDED_LIMIT,
                             CC_Agent_State='Waiting', since=self.begun)
        self.check_callers(calls)
        self.check_agents()
        self.check_events()
        await self.check_rows()

    async def dial_all(self):
        """One call from each of CALLS numbers, evenly."""
        self.begun = self.esl.mark()
        calls = []
        async for number in evenly(CALLS, CALLS_PER_SECOND):
            caller = await self.caller(f'{60000 + number}')
            calls.append(await caller.call('7000'))
        return calls

    def check_callers(self, calls):
        endings = {call.ending for call in calls}
        self.assertEqual(endings, {Ending.PEER}, [call for call in calls
                                                  if call.ending is not Ending.PEER])
        self.assertEqual({call.final_status for call in calls}, {200})

    def check_agents(self):
        legs = [agent.phone.incoming_calls for agent in self.agents.values()]
        self.assertEqual(sum(len(calls) for calls in legs), CALLS)
        for calls in legs:
            self.assertEqual(overlapping(calls), [])
            self.assertEqual({call.ending for call in calls}, {Ending.SELF})
        served = sorted(leg.caller_number for calls in legs for leg in calls)
        self.assertEqual(served, [f'{60000 + number}' for number in range(CALLS)])

    def check_events(self):
        events = self.esl.callcenter(self.begun)
        terminated = [event['CC-Member-UUID'] for event in events
                      if event.action == 'member-queue-end' and event['CC-Cause'] == 'Terminated']
        self.assertEqual((len(terminated), len(set(terminated))), (CALLS, CALLS))
        bridged = [event for event in events if event.action == 'bridge-agent-end']
        self.assertEqual([event['CC-Agent-Bridged'] for event in bridged], ['true'] * CALLS)
        counts = [event['CC-Count'] for event in events if event.action == 'members-count']
        self.assertEqual(counts[-1], '0')
        # Arrival by arrival: nobody who came later was offered before one who waits longer.
        joined = [event['CC-Member-UUID'] for event in events
                  if event.action == 'member-queue-start']
        offered = [event['CC-Member-UUID'] for event in events if event.action == 'agent-offering']
        self.assertEqual(offered, joined)

    async def check_rows(self):
        rows = await self.esl.rows('callcenter_config agent list')
        self.assertEqual({row['state'] for row in rows}, {'Waiting'})
        self.assertEqual(sum(int(row['calls_answered']) for row in rows), CALLS)
        count = await self.esl.api(f'callcenter_config queue count members {QUEUE}')
        self.assertEqual(count, '0\n')
