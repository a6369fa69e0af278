#!/usr/bin/python3
"""Measures how long it takes from a caller's joining the queue until the agent's phone is invited.

Every call finds a free agent. Joining is told by the 200 OK that reaches the caller; both instants
are the kernel's, at sockets of one machine.
"""
import argparse
import asyncio
import resource
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench import figures  # noqa: E402
from tests.bench.opened_lab import opened_lab  # noqa: E402
from tests.bench.stamped import StampedLayer  # noqa: E402
from tests.phones.incoming import Answer  # noqa: E402
from tests.phones.pacing import evenly  # noqa: E402

TALK_SECONDS = 0.3
SPARE = 2.5                  # So many times the agents that are busy on average.
END_LIMIT = 30.0


def parse_options(arguments):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--rate', type=float, default=20.0, help='calls per second (default 20)')
    parser.add_argument('--calls', type=int, default=1200, help='how many calls (default 1200)')
    parser.add_argument('--smoke', action='store_true', help='only 200 calls, to see that it works')
    options = parser.parse_args(arguments)
    if options.smoke:
        options.calls = min(options.calls, 200)
    return options


async def measure(lab, options):
    """Makes the agents and the calls; returns the calls when all are over."""
    for number in range(round(options.rate * (TALK_SECONDS + 0.1) * SPARE) + 4):
        await lab.agent(f'a{number}', Answer(talk=TALK_SECONDS), phone={'layer_type': StampedLayer})
    calls = []
    async for number in evenly(options.calls, options.rate):
        caller = await lab.caller(f'{600000 + number}', layer_type=StampedLayer)
        calls.append(await caller.call('7000'))
    await asyncio.gather(*(call.ended(END_LIMIT) for call in calls), return_exceptions=True)
    return calls


def delays(lab, calls):
    """Per call: seconds from the 200 OK, and from the caller's INVITE, to the agent's INVITE."""
    offered = {}
    for agent in lab.agents.values():
        stamps = [at for at, line in agent.phone.layer.arrivals if line.startswith('INVITE ')]
        for leg, at in zip(agent.phone.incoming_calls, stamps):
            offered.setdefault(leg.caller_number, at)
    from_answer, from_invite = [], []
    for call in calls:
        at = offered.get(call.phone.user)
        answered = call.phone.layer.arrival('SIP/2.0 200')
        if at is not None and answered is not None:
            from_answer.append(at - answered)
            from_invite.append(at - call.phone.layer.departure('INVITE '))
    return from_answer, from_invite


async def main(options):
    # Each caller keeps its socket to the end, for the stamps.
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    async with opened_lab() as lab:
        calls = await measure(lab, options)
        from_answer, from_invite = delays(lab, calls)
        print(f'{options.calls} calls at {options.rate:g} per second, {len(lab.agents)} agents, '
              f'{lab.server.binary}')
        print(figures.line('200 OK at the caller to INVITE at the agent', from_answer))
        print(figures.line('INVITE of the caller to INVITE at the agent', from_invite))
        print(f'without an offer: {options.calls - len(from_answer)}, '
              f'not ended: {sum(call.is_alive for call in calls)}')


if __name__ == '__main__':
    asyncio.run(main(parse_options(sys.argv[1:])))
