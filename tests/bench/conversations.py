#!/usr/bin/python3
"""Measures the sound of many conversations at once: delay, gaps and loss, and the server's CPU.

Every packet carries when it left. The same packets are first sent without a server between, so that
what the machine itself costs is known.
"""
import argparse
import asyncio
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench import probe as probes  # noqa: E402
from tests.bench.opened_lab import opened_lab  # noqa: E402
from tests.bench.usage import Usage  # noqa: E402
from tests.integration.configuration import Configuration  # noqa: E402
from tests.phones.incoming import Answer  # noqa: E402
from tests.phones.pacing import evenly, for_seconds  # noqa: E402

CALLS_PER_SECOND = 20
SETTLE_SECONDS = 2           # After the last bridge, before measuring.
BRIDGE_LIMIT = 60
RTP_PORTS = (16384, 32766)


def parse_options(arguments):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--conversations', type=int, default=200, help='at once (default 200)')
    parser.add_argument('--seconds', type=float, default=30, help='measured (default 30)')
    parser.add_argument('--smoke', action='store_true', help='20 conversations for 3 seconds')
    options = parser.parse_args(arguments)
    if options.smoke:
        options.conversations, options.seconds = 20, 3
    return options


async def direct(options):
    """The report of as many pairs that talk without a server."""
    probe = await probes.Probe().open(2 * options.conversations)
    for index in range(0, 2 * options.conversations, 2):
        probe.send(index, ('127.0.0.1', probe.ports[index + 1]))
        probe.send(index + 1, ('127.0.0.1', probe.ports[index]))
    report = await measured(probe, options.seconds)
    await probe.close()
    return report


async def through_the_server(options):
    """The report of pairs in the queue's conversations, and the share of one core it took."""
    async with opened_lab(Configuration(rtp_ports=RTP_PORTS)) as lab:
        probe = await probes.Probe().open(2 * options.conversations)
        lab.phone_type = probes.phone_type(probe)
        await lab.esl.command('noevents')
        agents = await lab.agent('agents', Answer())
        for number in range(1, options.conversations):
            await lab.add_agent(f'a{number}@default', status='Available',
                                contact=f'sofia/internal/a{number}@{agents.phone.address}')
        callers = await lab.caller('6001')
        async for _ in evenly(options.conversations, CALLS_PER_SECOND):
            await callers.call('7000')
        await agents.phone.changes.until(
            lambda: len(agents.phone.incoming_calls) == options.conversations, BRIDGE_LIMIT,
            'the last bridge')
        await asyncio.gather(*(leg.happens('ACK received')
                               for leg in agents.phone.incoming_calls))
        usage = Usage(lab.server.process_id)
        report = await measured(probe, options.seconds)
        share = usage.cpu_share()
        await probe.close()
    return report, share


async def measured(probe, seconds):
    """The report of so many seconds, after the beginning has settled."""
    await for_seconds(SETTLE_SECONDS)
    await probe.report()
    await for_seconds(seconds)
    return await probe.report()


def show(name, report):
    print(f'{name}: {report["received"]} packets, {report["lost"]} lost; delay (ms) '
          f'p50 {report["delay_p50"] * 1000:.2f}  p99 {report["delay_p99"] * 1000:.2f}  '
          f'max {report["delay_max"] * 1000:.2f}; longest gap {report["longest_gap"] * 1000:.1f} '
          f'(at the sender {report["longest_send_gap"] * 1000:.1f}), '
          f'{report["gaps_over_40_ms"]} over 40 ms')


async def main(options):
    print(f'{options.conversations} conversations for {options.seconds:g} s')
    without = await direct(options)
    show('without a server', without)
    report, share = await through_the_server(options)
    show('through the server', report)
    added = (report['delay_p99'] - without['delay_p99']) * 1000
    print(f'added at p99: {added:.2f} ms; the server took {share * 100:.0f} % of a core')


if __name__ == '__main__':
    asyncio.run(main(parse_options(sys.argv[1:])))
