#!/usr/bin/python3
"""Records floor.sql anew: a minute on a floor on which every rule has something to say.

Dan's phone is busy, ann talks, bob is on break, cat's level opens late; one caller is served at
once, one waits and is served, one gives up, one talks when the recording ends. Afterwards the
golden texts have to be made again too: tests/integration/test_golden_stories.py --write.
"""
import asyncio
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.histories import journal  # noqa: E402
from tests.integration.configuration import QUEUE, Configuration  # noqa: E402
from tests.integration.lab import Lab  # noqa: E402
from tests.phones.incoming import BUSY, Answer  # noqa: E402
from tests.phones.pacing import for_seconds  # noqa: E402

TIERS = {'tier-rules-apply': 'true', 'tier-rule-wait-second': '30',
         'tier-rule-wait-multiply-level': 'true', 'tier-rule-no-agent-no-wait': 'false'}


async def play(lab):
    """The minute."""
    await lab.agent('dan', BUSY, busy_delay_time=60)
    await lab.agent('ann', Answer(0.3), wrap_up_time=1)
    await lab.agent('bob', status='On Break')
    await lab.agent('cat', Answer(0.2))
    # Level 0 is open at once, level 1 after the tier rule's wait.
    for name in ('dan', 'ann', 'bob'):
        await lab.esl.must(f'callcenter_config tier set level {QUEUE} {name}@default 0')
    ann = lab.agents['ann'].phone
    served = await lab.call(await lab.caller('6001'))
    first_leg = await ann.incoming()
    await first_leg.happens('ACK received')
    waits = await lab.call(await lab.caller('6002'))
    await for_seconds(1)
    impatient = await lab.call(await lab.caller('6003'))
    await for_seconds(1.5)
    impatient.hang_up()
    await impatient.released()
    served.hang_up()
    await served.released()
    second_leg = await ann.incoming(2)
    await second_leg.happens('ACK received')
    await for_seconds(1)
    waits.hang_up()
    await waits.released()
    await lab.call(await lab.caller('6004'))
    third_leg = await ann.incoming(3)
    await third_leg.happens('ACK received')
    await for_seconds(1)


async def main():
    lab = Lab()
    try:
        await lab.open_lab(Configuration(queues={QUEUE: TIERS}))
        await play(lab)
        await lab.server.kill()
        journal.save(lab.server.data / 'journal.db', journal.FOLDER / 'floor.sql')
    finally:
        await lab.close_lab()
        lab.remove_folder()


if __name__ == '__main__':
    asyncio.run(main())
