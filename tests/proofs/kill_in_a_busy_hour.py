#!/usr/bin/python3
"""Proves that `kill -9` with 300 callers costs them a moment of silence and nothing else.

Callers talk and wait; the server is killed at a random moment and started again, several times.
After each start: the line is as it was, agents are as they were, every port hears whom it heard
before, in the same RTP stream with numbers that go on, and the silence from the start of the
process to its first packet was short.

Everybody's sound carries whose it is: that tells pairs apart where a hundred tones could not.
"""
import argparse
import asyncio
import random
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench import probe as probes  # noqa: E402
from tests.bench.opened_lab import opened_lab  # noqa: E402
from tests.integration.configuration import Configuration  # noqa: E402
from tests.phones.incoming import Answer  # noqa: E402
from tests.phones.pacing import evenly, for_seconds  # noqa: E402

CALLS_PER_SECOND = 20
FILL_LIMIT = 120.0
RTP_PORTS = (16384, 32766)
SILENCE_LIMIT = 2.0          # Seconds from exec to the first packet, on every leg (issue 5).
HEAR_LIMIT = 15.0            # Then a leg is deaf, however slow the machine is.
KILL_WITHIN = 1.0            # Seconds in which the random moment lies.
STEP_MAX = 50                # One second of packets may be lost on the way; a new count is no step.
KEPT_COLUMNS = ('uuid', 'session_uuid', 'cid_number', 'joined_epoch', 'base_score', 'state')


def parse_options(arguments):
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--rounds', type=int, default=2, help='kills (default 2)')
    parser.add_argument('--talking', type=int, default=100, help='conversations (default 100)')
    parser.add_argument('--waiting', type=int, default=200, help='in the line (default 200)')
    parser.add_argument('--seed', type=int, default=random.randrange(1 << 32),
                        help='of the moments of the kills (default: a new one)')
    return parser.parse_args(arguments)


class BusyHour:
    """The callers, the agents, and what each of them hears."""

    def __init__(self, lab, probe, options):
        self.lab, self.probe, self.options = lab, probe, options
        self.moments = random.Random(options.seed)

    async def fill(self):
        """Everybody is in place when this returns."""
        agents = await self.lab.agent('agents', Answer())
        self.desk = agents.phone
        for number in range(1, self.options.talking):
            await self.lab.add_agent(f'a{number}@default', status='Available',
                                     contact=f'sofia/internal/a{number}@{self.desk.address}')
        callers = await self.lab.caller('6001')
        self.calls = []
        async for _ in evenly(self.options.talking + self.options.waiting, CALLS_PER_SECOND):
            self.calls.append(await callers.call('7000'))
        await asyncio.gather(*(call.answered(FILL_LIMIT) for call in self.calls))
        await self.desk.changes.until(
            lambda: len(self.desk.incoming_calls) == self.options.talking, FILL_LIMIT,
            'the last bridge')
        await asyncio.gather(*(leg.happens('ACK received', FILL_LIMIT)
                               for leg in self.desk.incoming_calls))
        await for_seconds(SILENCE_LIMIT)

    async def rows(self):
        """What must not change: the line in its order, and the agents."""
        members = [tuple(row[name] for name in KEPT_COLUMNS) for row in await self.lab.members()]
        return members, await self.lab.esl.rows('callcenter_config agent list')

    async def round(self):
        """One kill and one start. Returns: the longest silence in seconds."""
        before = await self.rows()
        speakers = self.speakers(await self.heard())
        await self.probe.report()
        await for_seconds(self.moments.uniform(0, KILL_WITHIN))
        await self.lab.server.kill()
        self.probe.mark()
        await self.lab.server.start()
        heard = await self.all_hear()
        self.lab.esl = await self.lab.connect()
        expect(await self.rows() == before, 'the line and the agents are as before')
        expect(self.speakers(heard) == speakers, 'everybody hears whom they heard before')
        for port in heard.values():
            expect(port['streams'] == 1, f'one stream: {port}')
            expect(port['backwards'] == 0 and port['largest_step'] <= STEP_MAX,
                   f'numbers that go on: {port}')
        # When the machine itself stood still, the probe did too, and could not send either.
        stood_still = (await self.probe.report())['longest_send_gap']
        longest = max(port['silence'] for port in heard.values())
        expect(longest <= SILENCE_LIMIT + stood_still, f'a silence of {longest:.2f} s '
               f'(the machine stood still for {stood_still:.2f} s)')
        return longest

    async def heard(self):
        """What everybody heard, by the port of their sound."""
        heard = await self.probe.heard()
        legs = [*self.calls, *self.desk.incoming_calls]
        return {leg.sound.port: heard[leg.sound.index] for leg in legs}

    async def all_hear(self):
        """What they heard, once there is none who has heard nothing since the mark."""
        async for _ in evenly(int(HEAR_LIMIT * 2), 2):
            heard = await self.heard()
            deaf = [port for port, facts in heard.items() if facts['silence'] < 0]
            if not deaf:
                return heard
        raise AssertionError(f'{len(deaf)} legs hear nothing {HEAR_LIMIT:g} s after the start')

    def speakers(self, heard):
        """Whom each port hears; whoever talks is heard by the one whom it hears."""
        speakers = {port: facts['speaker'] for port, facts in heard.items()}
        pairs = [(one, other) for one, other in speakers.items() if other]
        expect(len(pairs) == 2 * self.options.talking, f'{len(pairs)} legs hear somebody')
        expect(all(speakers[other] == one for one, other in pairs), 'pairs hear each other')
        return speakers

    async def first_in_line_is_served(self):
        """All goes on: an agent who becomes free gets whoever has waited longest."""
        talking = self.calls[0]
        first = self.calls[self.options.talking]
        talking.hang_up()
        expect(await talking.released() == 200, 'the BYE is answered')
        await self.desk.changes.until(
            lambda: len(self.desk.incoming_calls) == self.options.talking + 1, FILL_LIMIT,
            'the next offer')
        await self.desk.incoming_calls[-1].happens('ACK received')
        async for _ in evenly(int(HEAR_LIMIT * 2), 2):
            if (await self.heard())[first.sound.port]['speaker']:
                return
        raise AssertionError('the first in the line does not hear the agent')


def expect(holds, what):
    """What has to be true."""
    if not holds:
        raise AssertionError(f'not so: {what}')


async def main(options):
    print(f'{options.talking} conversations, {options.waiting} waiting, {options.rounds} kills, '
          f'--seed {options.seed}')
    sockets = 2 * options.talking + options.waiting
    # Who is freed in the end is called once more.
    probe = await probes.Probe().open(2 * sockets)
    try:
        async with opened_lab(Configuration(rtp_ports=RTP_PORTS)) as lab:
            lab.phone_type = probes.phone_type(probe)
            await lab.esl.command('noevents')
            hour = BusyHour(lab, probe, options)
            await hour.fill()
            for number in range(1, options.rounds + 1):
                longest = await hour.round()
                print(f'ok {number}: {sockets} legs hear again, the last {longest:.2f} s after '
                      'the start')
            await hour.first_in_line_is_served()
            print('ok: the next in the line is served')
    finally:
        await probe.close()
    print(f'{options.rounds + 1} passed, 0 failed')


if __name__ == '__main__':
    asyncio.run(main(parse_options(sys.argv[1:])))
