"""Load by sipp: callers who hang up after a while, agents who answer at once."""
import asyncio
import csv
import shutil
from dataclasses import dataclass
from pathlib import Path

from tests.integration.ports import free_port

CALL_MILLISECONDS = 500      # From the 200 OK to the caller's BYE.
HOLD_MILLISECONDS = 3_600_000
FINISH_SECONDS = 45          # For the last calls: longer than a transaction may take.


def available():
    return shutil.which('sipp') is not None


@dataclass(frozen=True)
class Outcome:
    """What the callers of one step saw."""

    calls: int
    failed: int
    repeated: int                # Messages sent again: a sign of a server that is late.


class SippLoad:
    """One sipp as all agents, and one sipp per step as all callers."""

    def __init__(self, server, folder):
        self.agent_port = free_port()
        self._server, self._folder, self._agents = server, Path(folder), None
        self._holding = None

    async def open(self):
        self._agents = await self._sipp('agents', '-sn', 'uas', '-p', self.agent_port, '-mi',
                                        '127.0.0.1', '-i', '127.0.0.1')

    async def close(self):
        for process in (self._agents, self._holding):
            if process is not None and process.returncode is None:
                process.kill()
                await process.wait()

    async def hold(self, calls, rate):
        """So many callers who come at this rate and stay until the end."""
        host, port = self._server
        self._holding = await self._sipp(
            'waiting', '-sn', 'uac', '-s', '7000', '-r', rate, '-m', calls, '-l', calls, '-d',
            HOLD_MILLISECONDS, '-i', '127.0.0.1', '-p', free_port(), f'{host}:{port}')

    async def run(self, rate, seconds):
        """Calls at this rate for so long, and waits until all are over."""
        statistics = self._folder / f'callers-{rate}.csv'
        host, port = self._server
        process = await self._sipp(
            f'callers-{rate}', '-sn', 'uac', '-s', '7000', '-r', rate, '-m', round(rate * seconds),
            '-d', CALL_MILLISECONDS, '-i', '127.0.0.1', '-p', free_port(), '-trace_stat', '-stf',
            statistics, '-fd', '1', f'{host}:{port}')
        try:
            async with asyncio.timeout(seconds + FINISH_SECONDS):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()
        return outcome_of(statistics, round(rate * seconds))

    async def _sipp(self, name, *arguments):
        with (self._folder / f'{name}.log').open('wb') as log:
            return await asyncio.create_subprocess_exec(
                'sipp', '-nostdin', *(str(argument) for argument in arguments),
                cwd=self._folder, stdin=asyncio.subprocess.DEVNULL, stdout=log, stderr=log)


def outcome_of(statistics, expected):
    """The last row of sipp's statistics file. Calls that never ended are failures too."""
    with statistics.open() as file:
        last = list(csv.DictReader(file, delimiter=';'))[-1]
    good = int(last['SuccessfulCall(C)'])
    return Outcome(expected, expected - good, int(last['Retransmissions(C)']))
