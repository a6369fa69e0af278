"""One server process under test: started, killed, started again; its log is kept."""
import asyncio
import os
import re
import signal
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DEVELOPMENT_FIRST = ('build/dev/ringmaster', 'build/release/ringmaster')
RELEASE_FIRST = DEVELOPMENT_FIRST[::-1]
START_LIMIT = 30.0           # Seconds until the ready line; a sanitizer build on a busy machine.
STOP_LIMIT = 30.0
TAIL_LINES = 60


def binary(names=DEVELOPMENT_FIRST):
    """The server's path; raises FileNotFoundError, which says what to do."""
    named = os.environ.get('RINGMASTER_BINARY')
    candidates = [Path(named)] if named else [ROOT / name for name in names]
    for path in candidates:
        if path.is_file():
            return path
    raise FileNotFoundError(f'no server binary among {[str(path) for path in candidates]}: '
                            'build one, or name it in RINGMASTER_BINARY')


class Server:
    """`ringmaster serve` with one configuration and one data directory."""

    def __init__(self, configuration, data, log, binaries=DEVELOPMENT_FIRST):
        self.configuration, self.data, self.log = Path(configuration), Path(data), Path(log)
        self.variables = {}          # $${…} that win over what the configuration sets.
        self.binary = binary(binaries)
        self.launcher = ()           # Words before the command, of a program that runs it.
        self.arguments = ()          # More words behind it.
        self.addresses = {}          # What the ready line names: sip, event_socket, ….
        self.was_killed = False
        self._process, self._ready, self._reading = None, None, None

    @property
    def sip(self):
        return self.addresses['sip']

    @property
    def event_socket(self):
        return self.addresses['event_socket']

    @property
    def was_started(self):
        return self._process is not None

    @property
    def is_running(self):
        return self._process is not None and self._process.returncode is None

    @property
    def process_id(self):
        return self._process.pid

    @property
    def exit_code(self):
        return self._process.returncode

    async def start(self):
        """Starts the process and waits for its ready line."""
        command = [*self.launcher, str(self.binary), 'serve', '--conf', str(self.configuration),
                   '--data', str(self.data), *self.arguments]
        for name, value in self.variables.items():
            command += ['--set', f'{name}={value}']
        self._ready = asyncio.get_running_loop().create_future()
        self.was_killed = False
        with self.log.open('ab') as log:
            self._process = await asyncio.create_subprocess_exec(
                *command, stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE,
                stderr=log)
        self._reading = asyncio.create_task(self._read())
        try:
            async with asyncio.timeout(START_LIMIT):
                self.addresses = await self._ready
        except TimeoutError:
            raise TimeoutError(f'no ready line within {START_LIMIT} s\n{self.tail()}') from None

    async def stop(self):
        """Ends the process as an operator would. Returns: its exit code."""
        self._process.send_signal(signal.SIGTERM)
        return await self.gone()

    async def kill(self):
        """Ends the process at once, with nothing written any more."""
        self._process.kill()
        self.was_killed = True
        return await self.gone()

    async def gone(self):
        """Waits until the process has ended. Returns: its exit code."""
        try:
            async with asyncio.timeout(STOP_LIMIT):
                code = await self._process.wait()
                await self._reading
        except TimeoutError:
            self._process.kill()
            raise TimeoutError(f'still there {STOP_LIMIT} s after its end was asked') from None
        return code

    async def _read(self):
        async for line in self._process.stdout:
            with self.log.open('ab') as log:
                log.write(line)
            text = line.decode('utf-8', 'replace')
            if text.startswith('ready ') and not self._ready.done():
                self._ready.set_result(parse_ready(text))
        if not self._ready.done():
            self._ready.set_exception(ChildProcessError(
                f'the server ended before it was ready\n{self.tail()}'))

    def tail(self, lines=TAIL_LINES):
        """The last lines of the log."""
        text = self.log.read_text('utf-8', 'replace') if self.log.exists() else ''
        return '\n'.join(text.splitlines()[-lines:])


def parse_ready(line):
    """The addresses of a ready line: {'sip': ('127.0.0.1', 5060), …}."""
    found = re.findall(r'(\w+)=(\d+\.\d+\.\d+\.\d+):(\d+)', line)
    return {name: (host, int(port)) for name, host, port in found}
