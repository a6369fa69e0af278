#!/usr/bin/python3
"""Measures what happens when three times as many calls come as the server takes.

Some conversations stand before. Then calls come too fast: each is served or refused with 503 and
Retry-After; the time to the refusal is taken from the kernel's stamps. At the end the conversations
are looked after, and a last call shows that the server has recovered.
"""
import argparse
import asyncio
import sys
from dataclasses import dataclass, field
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench import figures  # noqa: E402
from tests.bench.opened_lab import opened_lab  # noqa: E402
from tests.bench.stamped import StampedLayer  # noqa: E402
from tests.integration.configuration import QUEUE, Configuration  # noqa: E402
from tests.phones.call import Ending  # noqa: E402
from tests.phones.incoming import Answer  # noqa: E402
from tests.phones.pacing import evenly  # noqa: E402

TONE, AGENT_TONE = 1000, 1400
TALK_SECONDS = 0.5           # Of the calls that come too fast, when they are served.
END_LIMIT = 60.0
REFUSED = 503


@dataclass
class Outcome:
    """What became of the calls that came too fast."""

    offered: int = 0
    served: int = 0
    refused: int = 0
    without_retry_after: int = 0
    refusal_seconds: list = field(default_factory=list)


class Overload:
    """Conversations that stand, and a crowd that dials."""

    def __init__(self, lab):
        self._lab, self._talking = lab, []

    async def open(self, conversations, *, rate):
        """Makes the conversations, so many per second."""
        await self._lab.agent('desk', Answer(), tone=AGENT_TONE)
        self._desk = self._lab.agents['desk'].phone
        for number in range(1, conversations):
            await self._add_agent(f'd{number}', self._desk)
        async for number in evenly(conversations, rate):
            caller = await self._lab.caller(f'5{number:03d}', tone=TONE)
            self._talking.append(await self._lab.call(caller))
        for call in self._talking:
            await call.sound.hear(AGENT_TONE, limit=END_LIMIT)
        self._crowd_desk = await self._lab.phone('crowd-desk')
        self._crowd_desk.behave(Answer(talk=TALK_SECONDS))
        return self

    async def run(self, rate, seconds):
        """Calls come at this rate for so long. Returns: what became of them, when all are over."""
        for number in range(round(rate * (TALK_SECONDS + 1)) + 4):
            await self._add_agent(f'c{number}', self._crowd_desk)
        calls = []
        async for number in evenly(round(rate * seconds), rate):
            caller = await self._lab.caller(f'{600000 + number}', layer_type=StampedLayer)
            calls.append(await caller.call('7000'))
        await asyncio.gather(*(call.ended(END_LIMIT) for call in calls), return_exceptions=True)
        outcome = Outcome(offered=len(calls))
        for call in calls:
            _count(call, outcome)
        return outcome

    async def still_talking(self):
        """How many of the conversations that stood before are heard both ways now."""
        heard = 0
        for call in self._talking:
            leg = await self._desk.incoming_from(call.phone.user)
            await call.sound.hear(AGENT_TONE)
            await leg.sound.hear(TONE)
            heard += call.is_alive and leg.is_alive
        return heard

    async def serves_again(self):
        """Whether a call that comes now is served."""
        call = await (await self._lab.caller('700000', tone=TONE)).call('7000')
        await call.answered(END_LIMIT)
        return await call.ended(END_LIMIT) is Ending.PEER

    async def _add_agent(self, name, phone):
        await self._lab.add_agent(f'{name}@default', status='Available',
                                  contact=f'sofia/internal/{name}@{phone.address}')


def _count(call, outcome):
    if call.ending is Ending.REFUSED and call.final_status == REFUSED:
        outcome.refused += 1
        outcome.without_retry_after += not call.retry_after
        layer = call.phone.layer
        outcome.refusal_seconds.append(layer.arrival(f'SIP/2.0 {REFUSED}') -
                                       layer.departure('INVITE '))
    elif call.ending is Ending.PEER:
        outcome.served += 1


def parse_options(arguments):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--taken', type=int, default=30, help='calls per second that are taken')
    parser.add_argument('--seconds', type=float, default=20, help='of too many calls (default 20)')
    parser.add_argument('--talking', type=int, default=20, help='conversations that stand')
    parser.add_argument('--smoke', action='store_true', help='5 seconds at 10 calls per second')
    options = parser.parse_args(arguments)
    if options.smoke:
        options.taken, options.seconds, options.talking = 10, 5, 5
    return options


async def main(options):
    configuration = Configuration(switch={'sessions-per-second': options.taken},
                                  queues={QUEUE: {'discard-abandoned-after': '1'}})
    async with opened_lab(configuration) as lab:
        overload = await Overload(lab).open(options.talking, rate=options.taken / 2)
        outcome = await overload.run(3 * options.taken, options.seconds)
        print(f'{outcome.offered} calls at {3 * options.taken} per second where {options.taken} '
              f'are taken: {outcome.served} served, {outcome.refused} refused, '
              f'{outcome.offered - outcome.served - outcome.refused} without an end')
        print(figures.line('INVITE to 503', outcome.refusal_seconds))
        print(f'of {options.talking} conversations {await overload.still_talking()} go on; '
              f'served again: {await overload.serves_again()}')


if __name__ == '__main__':
    asyncio.run(main(parse_options(sys.argv[1:])))
