"""Three times as many calls as the server takes: who is in stays in, and who comes is told soon."""
from tests.bench.overload import Overload
from tests.integration.configuration import QUEUE, Configuration
from tests.integration.harness import ServerCase

TAKEN_PER_SECOND, OFFERED_PER_SECOND, SECONDS = 10, 30, 8
TALKING = 5


class TooManyCalls(ServerCase):
    def configure(self):
        return Configuration(switch={'sessions-per-second': TAKEN_PER_SECOND},
                             queues={QUEUE: {'discard-abandoned-after': '1'}})

    async def test_refused_calls_are_told_so_and_all_others_go_on(self):
        overload = await Overload(self).open(TALKING, rate=TAKEN_PER_SECOND / 2)
        outcome = await overload.run(OFFERED_PER_SECOND, SECONDS)
        self.assertEqual(outcome.offered, outcome.served + outcome.refused)
        self.assertGreater(outcome.refused, 0)
        self.assertGreaterEqual(outcome.served, SECONDS)
        self.assertEqual(outcome.without_retry_after, 0)
        self.assertEqual(await overload.still_talking(), TALKING)
        self.assertTrue(await overload.serves_again())
