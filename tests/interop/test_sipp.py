"""sipp as callers and as agents' phones."""
from tests.bench.sipp_load import SippLoad
from tests.integration.harness import ServerCase

CALLS_PER_SECOND, SECONDS, AGENTS = 10, 3, 20


class WithSipp(ServerCase):
    async def test_every_call_is_bridged_and_none_fails(self):
        load = SippLoad(self.server.sip, self.folder)
        self.addAsyncCleanup(load.close)
        await load.open()
        for number in range(AGENTS):
            await self.add_agent(f'a{number}@default', status='Available',
                                 contact=f'sofia/internal/a{number}@127.0.0.1:{load.agent_port}')
        outcome = await load.run(CALLS_PER_SECOND, SECONDS)
        self.assertEqual((outcome.calls, outcome.failed), (CALLS_PER_SECOND * SECONDS, 0))
        rows = await self.esl.rows('callcenter_config agent list')
        self.assertEqual(sum(int(row['calls_answered']) for row in rows), outcome.calls)
