#!/usr/bin/python3
"""Raises the calls per second step by step until the first call fails.

Each call joins the queue, is offered to an agent, is bridged, and is hung up by the caller. A step
fails when a call fails at the caller, or when a caller left without having been bridged.
"""
import argparse
import asyncio
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench import sipp_load  # noqa: E402
from tests.bench.opened_lab import opened_lab  # noqa: E402
from tests.bench.phone_load import PhoneLoad  # noqa: E402
from tests.bench.sipp_load import SippLoad  # noqa: E402
from tests.bench.usage import Usage  # noqa: E402
from tests.integration.configuration import QUEUE, Configuration  # noqa: E402

RATES = (10, 20, 40, 60, 80, 100, 130, 160, 200, 250, 300, 350, 400, 500, 600, 800, 1000)
SMOKE_RATES = (5, 10)
STEP_SECONDS, SMOKE_SECONDS = 10, 3
AGENTS_PER_RATE = 1.0        # Calls last half a second: twice the agents that are busy.
RTP_PORTS = (16384, 32766)


def parse_options(arguments):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--seconds', type=float, default=STEP_SECONDS, help='of each step')
    parser.add_argument('--most', type=int, default=RATES[-1], help='the last rate to try')
    parser.add_argument('--load', choices=('sipp', 'phones'), help='default: sipp if installed')
    parser.add_argument('--smoke', action='store_true', help='two small steps only')
    options = parser.parse_args(arguments)
    options.rates = SMOKE_RATES if options.smoke else [r for r in RATES if r <= options.most]
    options.seconds = SMOKE_SECONDS if options.smoke else options.seconds
    options.load = options.load or ('sipp' if sipp_load.available() else 'phones')
    return options


class Ramp:
    """The server, the load and what was counted so far."""

    def __init__(self, lab, load):
        self.lab, self.load, self.agents = lab, load, 0

    async def step(self, rate, seconds):
        """One rate. Returns: whether all calls were served."""
        await self._add_agents(round(rate * AGENTS_PER_RATE) + 5)
        before, usage = await self._answered(), Usage(self.lab.server.process_id)
        outcome = await self.load.run(rate, seconds)
        bridged = await self._answered() - before
        unserved = outcome.calls - bridged
        print(f'{rate:5d} per second: {outcome.calls} calls, {outcome.failed} failed, '
              f'{unserved} not bridged, {outcome.repeated} messages repeated, '
              f'{usage.cpu_used() / outcome.calls * 1000:.2f} ms of CPU per call', flush=True)
        return outcome.failed == 0 and unserved == 0

    async def _add_agents(self, wanted):
        for number in range(self.agents, wanted):
            await self.lab.add_agent(
                f'a{number}@default', status='Available',
                contact=f'sofia/internal/a{number}@127.0.0.1:{self.load.agent_port}')
        self.agents = max(self.agents, wanted)

    async def _answered(self):
        """How many calls the agents answered so far."""
        rows = await self.lab.esl.rows('callcenter_config agent list') if self.agents else []
        return sum(int(row['calls_answered']) for row in rows)


async def main(options):
    configuration = Configuration(rtp_ports=RTP_PORTS,
                                  queues={QUEUE: {'discard-abandoned-after': '1'}})
    async with opened_lab(configuration) as lab:
        await lab.esl.command('noevents')
        load = {'sipp': SippLoad, 'phones': PhoneLoad}[options.load](lab.server.sip, lab.folder)
        await load.open()
        try:
            print(f'load by {options.load}, {lab.server.binary}')
            best = await climb(Ramp(lab, load), options)
        finally:
            await load.close()
    print(f'highest rate without a failure: {best} calls per second')


async def climb(ramp, options):
    """Takes the rates one after the other; returns the last that all calls survived."""
    best = 0
    for rate in options.rates:
        if not await ramp.step(rate, options.seconds):
            break
        best = rate
    return best


if __name__ == '__main__':
    asyncio.run(main(parse_options(sys.argv[1:])))
