#!/usr/bin/python3
"""Proves that hours of calls leave nothing behind and that the books are right.

20 calls per second come, some of them impatient; agents answer, refuse, let it ring, come and go;
the configuration is read again; event-socket clients come and go, some without reading. At the end:
no leg, member, agent, port or descriptor is left, memory has not grown since the warm-up, and what
the events count agrees with what the callers and agents counted themselves.
"""
import argparse
import asyncio
import os
import random
import sys
from collections import Counter
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.opened_lab import opened_lab  # noqa: E402
from tests.bench.usage import Usage  # noqa: E402
from tests.integration.configuration import QUEUE, Configuration  # noqa: E402
from tests.phones.call import Ending  # noqa: E402
from tests.phones.esl import EslClient  # noqa: E402
from tests.phones.incoming import BUSY, Answer, KeepRinging  # noqa: E402
from tests.phones.pacing import evenly, for_seconds  # noqa: E402

AGENTS = 80
RING_LIMIT = 2               # Seconds; then a phone has not answered.
WARM_UP_SHARE = 0.3          # Of the time; caches, pools and the journal have their size then.
GROWTH_MAX = 0.10            # Of the memory after the warm-up …
GROWTH_BYTES = 8 << 20       # … and what the allocator may keep beside it.
END_LIMIT = 60.0             # Seconds until the last call has ended.
IMPATIENT = 0.15             # Share of the callers who hang up unserved, if they can.
PATIENCE = (0.0, 1.5)        # Seconds of theirs.
RTP_PORTS = (16384, 32766)
KEPT_OPEN = 4                # Descriptors that the first call opens for good: call records.


def parse_options(arguments):
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--seconds', type=float, default=240, help='of calls (default 240)')
    parser.add_argument('--rate', type=float, default=20, help='calls per second (default 20)')
    parser.add_argument('--seed', type=int, default=random.randrange(1 << 32),
                        help='of what people do (default: a new one)')
    return parser.parse_args(arguments)


class Bookkeeper(EslClient):
    """Counts the events of the call centre, and keeps none."""

    def __init__(self, reader, writer):
        self.counts = Counter()
        super().__init__(reader, writer)

    def _take(self, pairs, body):
        super()._take(pairs, body)
        for event in self.events:
            self.counts[event.action] += 1
            if event.action == 'member-queue-end':
                self.counts[event['CC-Cause']] += 1
        self.events.clear()

    async def until_all_left(self, limit):
        """Waits until as many have left the queue as have joined it, and talk no more."""
        def balanced():
            count = self.counts
            return (count['member-queue-start'] == count['member-queue-end']
                    and count['bridge-agent-start'] == count['bridge-agent-end'])
        await self.until(balanced, limit, lambda: f'as many ends as beginnings: {self.counts}')


class Listener(EslClient):
    """A client that may stop reading."""

    def stop_reading(self):
        self._task.cancel()


class Soak:
    """The people of a long day."""

    def __init__(self, lab, options):
        self.lab, self.options = lab, options
        self.random = random.Random(options.seed)
        self.endings = Counter()     # Of the callers whom the queue has answered.
        self.unanswered = Counter()  # Of the others.
        self.talked = 0              # Conversations that the agent ended.

    async def open(self):
        """Agents who are there, and phones to call from."""
        desk = await self.lab.agent('a0', *self.behaviours(), ring_limit=RING_LIMIT)
        self.desk = desk.phone
        for number in range(1, AGENTS):
            await self.add_agent(number)
        self.callers = await self.lab.caller('6001')

    def behaviours(self):
        """What the desk's phone does, call after call; thousands of them, then it answers."""
        choice = self.random.choices(('answer', 'busy', 'ring'), (90, 6, 4), k=100_000)
        draw = self.random.uniform
        return [Answer(draw(0.05, 0.4), draw(0.3, 3.0)) if what == 'answer' else
                BUSY if what == 'busy' else KeepRinging() for what in choice]

    async def add_agent(self, number):
        await self.lab.add_agent(f'a{number}@default', busy_delay_time=1, no_answer_delay_time=1,
                                 contact=f'[leg_timeout={RING_LIMIT}]sofia/internal/a{number}'
                                         f'@{self.desk.address}',
                                 max_no_answer=0, status='Available')

    async def day(self):
        """All calls, and what goes on beside them."""
        seconds = self.options.seconds
        beside = [asyncio.create_task(each(seconds)) for each in
                  (self.agents_come_and_go, self.configuration_changes, self.clients_come_and_go)]
        calls = []
        async for _ in evenly(int(seconds * self.options.rate), self.options.rate):
            calls.append(asyncio.create_task(self.one_call()))
        await asyncio.gather(*beside)
        await asyncio.wait_for(asyncio.gather(*calls), END_LIMIT)
        for leg in list(self.desk.incoming_calls):
            await leg.ended(END_LIMIT)
            if leg.bye is not None:
                await leg.released(END_LIMIT)
        self.count_the_desk()

    async def one_call(self):
        call = await self.callers.call('7000')
        if self.random.random() < IMPATIENT:
            if await call.lasts(self.random.uniform(*PATIENCE)):
                call.hang_up()
        await call.ended(END_LIMIT)
        answered = call.final_status == 200
        (self.endings if answered else self.unanswered)[call.ending] += 1
        if call.bye is not None:
            await call.released(END_LIMIT)
        self.callers.forget(call)
        self.count_the_desk()

    def count_the_desk(self):
        """Forgets the desk's calls that are over."""
        for leg in list(self.desk.incoming_calls):
            if leg.is_alive or (leg.bye is not None and not leg.bye.over):
                continue
            if leg.ending is Ending.SELF and leg.final_status == 200:
                self.talked += 1
            self.desk.forget(leg)

    async def agents_come_and_go(self, seconds):
        """One takes a break, comes back, or is taken off the list and put on it again."""
        async for turn in evenly(int(seconds), 1):
            number = self.random.randrange(1, AGENTS)
            name = f'a{number}@default'
            if turn % 3 == 0:
                await self.lab.esl.must(f'callcenter_config agent del {name}')
                await self.add_agent(number)
            else:
                status = self.random.choice(('On Break', 'Available', 'Available'))
                await self.lab.esl.must(f"callcenter_config agent set status {name} '{status}'")

    async def configuration_changes(self, seconds):
        async for _ in evenly(int(seconds / 5), 0.2):
            await self.lab.esl.must('reloadxml')
            await self.lab.esl.must(f'callcenter_config queue reload {QUEUE}')

    async def clients_come_and_go(self, seconds):
        """Each listens to everything for a while; every other one never reads."""
        async for turn in evenly(int(seconds / 2), 0.5):
            client = await self.client(Listener)
            await client.subscribe()
            if turn % 2:
                client.stop_reading()
            await for_seconds(self.random.uniform(0, 1))
            await client.close()

    async def client(self, kind):
        return await kind.connect(self.lab.server.event_socket,
                                  self.lab.configuration.event_socket_password)


def expect(holds, what):
    """What has to be true; each is told."""
    if not holds:
        raise AssertionError(f'not so: {what}')
    print(f'ok: {what}')


async def nothing_is_left(lab):
    """Legs, members and agents, as the server lists them."""
    channels = await lab.esl.api('show channels count')
    expect(channels.split()[:1] == ['0'], f'no leg is left ({channels.strip()})')
    expect(await lab.members() == [], 'nobody is in the line')
    agents = await lab.esl.rows('callcenter_config agent list')
    states = Counter(row['state'] for row in agents)
    expect(set(states) == {'Waiting'}, f'all agents wait ({dict(states)})')


def check_the_books(counts, soak):
    callers, cancelled = soak.endings, soak.unanswered[Ending.CANCELLED]
    answered, joined = sum(callers.values()), counts['member-queue-start']
    served = counts['bridge-agent-start']
    # Who cancels while the answer is on its way has joined for a moment.
    expect(answered <= joined <= answered + cancelled,
           f'{answered} callers were answered, {joined} joined, {cancelled} cancelled')
    expect(counts['member-queue-end'] == joined, 'as many left')
    expect(counts['Terminated'] + counts['Cancel'] == joined, 'each in one way')
    expect(counts['Terminated'] == served, f'{served} were bridged, as many ended so')
    expect(counts['bridge-agent-end'] == served, 'and every conversation ended')
    # Where both hang up at the same time, each believes that it was the one.
    expect(callers[Ending.PEER] <= soak.talked <= served,
           f'agents ended {soak.talked} conversations, {callers[Ending.PEER]} callers saw an end')
    expect(served + counts['Cancel'] == joined, f"{counts['Cancel']} gave up")
    expect(set(soak.unanswered) <= {Ending.CANCELLED}, f'unanswered: {dict(soak.unanswered)}')


def descriptors(process_id):
    return len(os.listdir(f'/proc/{process_id}/fd'))


async def main(options):
    print(f'{options.rate:g} calls per second for {options.seconds:g} s, --seed {options.seed}')
    configuration = Configuration(rtp_ports=RTP_PORTS,
                                  queues={QUEUE: {'discard-abandoned-after': '1'}})
    async with opened_lab(configuration) as lab:
        process = lab.server.process_id
        soak = Soak(lab, options)
        await soak.open()
        await lab.esl.command('noevents')
        books = await soak.client(Bookkeeper)
        await books.subscribe('plain CUSTOM callcenter::info')
        before = descriptors(process)
        usage = Usage(process)
        day = asyncio.create_task(soak.day())
        await for_seconds(options.seconds * WARM_UP_SHARE)
        warm = usage.memory()
        await day
        grown = usage.memory() - warm
        await books.until_all_left(END_LIMIT)
        await nothing_is_left(lab)
        check_the_books(books.counts, soak)
        expect(descriptors(process) <= before + KEPT_OPEN,
               f'no descriptor or port is left ({before})')
        expect(grown <= warm * GROWTH_MAX + GROWTH_BYTES,
               f'{warm >> 20} MiB after the warm-up, {grown / (1 << 20):+.1f} MiB since')
    print('1 passed, 0 failed')


if __name__ == '__main__':
    asyncio.run(main(parse_options(sys.argv[1:])))
