#!/usr/bin/python3
"""Plays callers and agents against a running server. See --help."""
import argparse
import asyncio
import contextlib
import signal
import sys
import time
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from demo.agents import DemoAgent, RefusedRegistration, log_in_all, log_out_all  # noqa: E402
from demo.callers import DemoCaller  # noqa: E402
from demo.people import HIGHEST_AGENT_COUNT, Habits  # noqa: E402
from demo.report import Report  # noqa: E402
from tests.phones.changes import Changes  # noqa: E402
from tests.phones.esl import EslClient  # noqa: E402

STATUS_SECONDS = 5.0
EXIT_NO_SERVER = 2           # Nothing could begin: no event socket, or an agent was refused.


class Demo:
    """Everybody, and what happened so far."""

    def __init__(self, options):
        self.options = options
        self.habits = Habits(talk=options.talk)
        self.report = Report(options.seed, options.callers, options.agents)
        self.agents = [DemoAgent(number, self) for number in range(options.agents)]
        self.callers = [DemoCaller(number, self) for number in range(options.callers)]
        self.ending = False
        self._begun = time.monotonic()
        self._changes = Changes()

    def call_from(self, number):
        """The call that the caller with this number makes now; None when there is none."""
        return next((caller.current for caller in self.callers if caller.user == number), None)

    def end(self):
        """Makes `run` end everything."""
        self.ending = True
        self._changes.notify()

    async def pause(self, seconds):
        """Waits so long, or until the demo ends."""
        with contextlib.suppress(TimeoutError):
            await self._changes.until(lambda: self.ending, seconds, 'the end')

    async def run(self):
        """Logs the agents in, lets callers call, and ends after the given time or when told."""
        esl = await EslClient.connect(self.options.esl, self.options.esl_password)
        try:
            await log_in_all(self.agents, esl)
        finally:
            await esl.close()
        self._begun = time.monotonic()
        actors = [asyncio.create_task(actor) for actor in (
            *(caller.live() for caller in self.callers),
            *(agent.stay_registered() for agent in self.agents))]
        for task in actors:
            task.add_done_callback(self._note_failure)
        await self._watch()
        await self._close(actors)

    async def _watch(self):
        """Tells the state now and then until the demo ends."""
        deadline = self._begun + (self.options.seconds or float('inf'))
        while not self.ending and time.monotonic() < deadline:
            await self.pause(min(STATUS_SECONDS, deadline - time.monotonic()))
            if self.options.verbose:
                print(self.status(), flush=True)
        self.ending = True
        self.report.seconds = round(time.monotonic() - self._begun, 1)

    async def _close(self, actors):
        self.report.unfinished = sum(caller.is_waiting for caller in self.callers)
        for task in actors:
            task.cancel()
        await asyncio.gather(*actors, return_exceptions=True)
        with contextlib.suppress(OSError, EOFError, TimeoutError):
            esl = await EslClient.connect(self.options.esl, self.options.esl_password)
            await log_out_all(self.agents, esl)
            await esl.close()
        # Agents first: their hanging up writes the last bridges down.
        for people in (self.agents, self.callers):
            await asyncio.gather(*(person.phone.close() for person in people))

    def _note_failure(self, task):
        if not task.cancelled() and task.exception() is not None:
            self.report.errors.append(repr(task.exception()))

    def status(self):
        """One line for people."""
        talking = sum(agent.phone.conversation is not None for agent in self.agents)
        waiting = sum(caller.is_waiting for caller in self.callers) - talking
        report = self.report
        return (f'{time.monotonic() - self._begun:6.1f} s  waiting {max(waiting, 0)}  '
                f'talking {talking}  calls {report.calls}  bridges {len(report.bridges)}  '
                f'abandoned {report.abandoned}  errors {len(report.errors)}')


def address(text):
    """HOST:PORT of the command line."""
    host, _, port = text.rpartition(':')
    if not host or not port.isdigit():
        raise argparse.ArgumentTypeError(f'{text!r} is not HOST:PORT')
    return host, int(port)


def span(text):
    """LEAST-MOST seconds of the command line."""
    least, _, most = text.partition('-')
    try:
        return float(least), float(most)
    except ValueError:
        raise argparse.ArgumentTypeError(f'{text!r} is not LEAST-MOST') from None


def parse_options(arguments):
    parser = argparse.ArgumentParser(description=__doc__)
    add = parser.add_argument
    add('--sip', type=address, required=True, metavar='HOST:PORT', help="the server's SIP address")
    add('--esl', type=address, required=True, metavar='HOST:PORT', help='its event socket')
    add('--password', required=True, help='of the directory users')
    add('--esl-password', metavar='P', help='of the event socket (default: the same)')
    add('--callers', type=int, default=6, metavar='N')
    add('--agents', type=int, default=4, metavar='N')
    add('--seconds', type=float, default=0, metavar='S', help='end after so long (0: when told)')
    add('--report', metavar='FILE', help='write what happened as JSON at the end')
    add('--seed', type=int, default=1, help='the same seed makes the same people')
    add('--extension', default='7000', help='what callers dial (default 7000)')
    add('--domain', default='default', help='of users and agents (default "default")')
    add('--login', choices=('esl', 'dial'), default='esl', help='how agents become Available')
    add('--talk', type=span, default=(4.0, 9.0), metavar='LEAST-MOST', help='seconds of talking')
    add('--verbose', action='store_true', help='a line of figures every few seconds')
    options = parser.parse_args(arguments)
    if not 1 <= options.agents <= HIGHEST_AGENT_COUNT:
        parser.error(f'--agents is 1 to {HIGHEST_AGENT_COUNT}')
    options.esl_password = options.esl_password or options.password
    return options


async def play(options):
    """Runs one demo; returns the exit code."""
    demo = Demo(options)
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, demo.end)
    try:
        await demo.run()
    except (OSError, RefusedRegistration, ValueError) as problem:
        print(f'demo: {problem}', file=sys.stderr)
        return EXIT_NO_SERVER
    if options.report:
        demo.report.write(options.report)
    if options.verbose:
        print(demo.status())
        for error in demo.report.errors:
            print(f'error: {error}')
    return 0


if __name__ == '__main__':
    sys.exit(asyncio.run(play(parse_options(sys.argv[1:]))))
