"""Kills at the awkward moments of a busy queue: everybody is still served."""
import asyncio

from tests.phones.call import Ending
from tests.phones.incoming import Answer

from .harness import ServerCase

CALLERS, AGENTS = 12, 4
RING_SECONDS, TALK_SECONDS = 0.2, 1.0
SERVED_LIMIT = 120.0         # Three rounds of conversations, three starts of the server.
# The events that call for a kill, in this order: an INVITE is on its way, an agent has answered
# and is not bridged yet, and a conversation has just ended.
MOMENTS = ('agent-offering', 'bridge-agent-start', 'bridge-agent-end')


class Churn(ServerCase):
    async def test_kills_in_the_middle_of_offers_answers_and_ends(self):
        calls = [await self.call(await self.caller(f'{6000 + number}'))
                 for number in range(CALLERS)]
        for number in range(AGENTS):
            await self.agent(f'{1000 + number}', Answer(RING_SECONDS, TALK_SECONDS), tone=1400)
        ends = asyncio.gather(*(call.ended(SERVED_LIMIT) for call in calls))
        for moment in MOMENTS:
            await self.moment_or_end(moment, ends)
            await self.server.kill()
            await self.restart()
        self.assertEqual(set(await ends), {Ending.PEER})
        legs = [leg for agent in self.agents.values() for leg in agent.phone.incoming_calls]
        talked = {leg.caller_number for leg in legs if leg.when('200 sent')}
        self.assertEqual(talked, {call.phone.user for call in calls})
        await self.all_rest()

    async def moment_or_end(self, moment, ends):
        """Waits for an event; on a very slow machine all may be served before it is seen."""
        seen = asyncio.create_task(self.esl.event(moment, limit=SERVED_LIMIT))
        await asyncio.wait({seen, ends}, return_when=asyncio.FIRST_COMPLETED)
        seen.cancel()

    async def all_rest(self):
        """Every agent waits, nobody is in the line, and no phone is left in a call."""
        for agent in self.agents.values():
            for leg in agent.phone.incoming_calls:
                if leg.when('200 sent'):
                    await leg.ended()
        for agent in self.agents.values():
            row = await self.row(agent)
            if row['state'] != 'Waiting':
                await self.esl.event('agent-state-change', CC_Agent=agent.name,
                                     CC_Agent_State='Waiting')
        rows = [row for row in await self.members() if row['state'] != 'Abandoned']
        self.assertEqual(rows, [])
