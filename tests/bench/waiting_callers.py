#!/usr/bin/python3
"""Measures what callers cost who only wait and hear music: CPU and memory of the server.

sipp is all the callers. Nobody answers; the music goes to each of them every 20 ms.
"""
import argparse
import asyncio
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.opened_lab import opened_lab  # noqa: E402
from tests.bench.sipp_load import SippLoad  # noqa: E402
from tests.bench.usage import Usage  # noqa: E402
from tests.integration.configuration import QUEUE, Configuration  # noqa: E402
from tests.phones.pacing import for_seconds  # noqa: E402

CALLS_PER_SECOND = 50
RTP_PORTS = (16384, 32766)
ARRIVAL_LIMIT = 120.0


def parse_options(arguments):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--callers', type=int, default=1000, help='who wait (default 1000)')
    parser.add_argument('--seconds', type=float, default=20, help='measured (default 20)')
    parser.add_argument('--smoke', action='store_true', help='50 callers for 3 seconds')
    options = parser.parse_args(arguments)
    if options.smoke:
        options.callers, options.seconds = 50, 3
    return options


async def main(options):
    configuration = Configuration(rtp_ports=RTP_PORTS,
                                  queues={QUEUE: {'discard-abandoned-after': '1'}})
    async with opened_lab(configuration) as lab:
        load = SippLoad(lab.server.sip, lab.folder)
        try:
            before = Usage(lab.server.process_id).memory()
            await load.hold(options.callers, CALLS_PER_SECOND)
            await lab.esl.event('members-count', CC_Count=str(options.callers),
                                limit=ARRIVAL_LIMIT)
            waiting = Usage(lab.server.process_id)
            await for_seconds(options.seconds)
            share, memory = waiting.cpu_share(), waiting.memory() - before
        finally:
            await load.close()
    print(f'{options.callers} callers wait: {share * 100:.1f} % of a core, '
          f'{share / options.callers * 1e6:.0f} µs of CPU per caller and second, '
          f'{memory / options.callers / 1024:.1f} KiB each')


if __name__ == '__main__':
    asyncio.run(main(parse_options(sys.argv[1:])))
